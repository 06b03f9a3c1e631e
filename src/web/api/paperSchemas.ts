/** Schemas of papers: in the list, and one of them whole. Beside `schemas.ts` for its length. */
import { z } from 'zod';
import { CHAIN_ACTS } from '../../core/incident/papers/paper';
import { moment } from './schemaMoment';

const text = z.string();
const textOrNull = text.nullable();
const momentOrNull = moment.nullable();
const number = z.int().min(1);
const act = z.enum(CHAIN_ACTS);

const sending = z.strictObject({
  id: text,
  to: z.strictObject({ kind: z.enum(['person', 'party', 'county']), id: text }),
  line: textOrNull.meta({ description: 'government, superior, peer ...; null for nobody outside' }),
  as: z.enum(['main', 'copy']),
  way: text,
  sentAt: moment,
  by: text,
  receipt: z.strictObject({ receivedAt: moment, by: text, who: textOrNull }).nullable(),
});

const paperShape = {
  id: text,
  n: number.meta({ description: 'By which people name it: 签发 2', examples: [1] }),
  kind: text,
  kindZh: text,
  serial: number.meta({ description: 'Number within its kind' }),
  by: text,
  stage: z.enum(['returned', 'in_hand', 'signed', 'sent', 'void']),
  stageZh: text,
  path: textOrNull,
  number: textOrNull.meta({ description: 'Given by hand; empty where it has none, null before' }),
  version: number,
  corrects: number.nullable().meta({ description: 'Number of the paper it puts right' }),
  waitsFor: act.nullable(),
  owner: textOrNull.meta({ description: 'Who has it now' }),
  chain: z.strictObject({
    id: text,
    zh: text,
    steps: z.array(z.strictObject({ act, roles: z.array(text), by: textOrNull, at: momentOrNull, oral: textOrNull })),
  }),
  remarks: z.array(z.strictObject({ at: moment, by: text, back: z.boolean(), words: textOrNull })),
  sendings: z.array(sending),
  frozen: z.strictObject({ hash: text, file: textOrNull }).nullable().meta({ description: 'Fixed when the first copy went out' }),
};

/** One row of the list. */
export const paperSchema = z.strictObject(paperShape);

const part = z.looseObject({ text, from: z.looseObject({ is: text }) });
const line = z.array(part);
const recipient = z.strictObject({ id: text, kind: text, zh: text });

const printed = z.strictObject({
  form: text,
  masthead: text,
  number: textOrNull,
  signer: textOrNull,
  title: text,
  to: z.array(text),
  body: z.array(
    z.union([
      z.strictObject({ is: z.literal('heading'), level: z.int(), parts: line }),
      z.strictObject({ is: z.literal('paragraph'), parts: line }),
      z.strictObject({ is: z.literal('table'), columns: z.array(text), rows: z.array(z.array(line)) }),
    ]),
  ),
  organ: text,
  date: textOrNull,
  note: textOrNull,
  copies: z.array(text),
});

/** The text of a paper with where each piece comes from. */
export const contentSchema = z.strictObject({
  title: text,
  audience: z.enum(['upward', 'outward', 'internal', 'public']),
  to: z.array(recipient),
  copies: z.array(recipient),
  note: text,
  warnings: z.array(z.strictObject({ code: text, key: textOrNull, zh: text })),
  items: z.array(
    z.strictObject({
      ...{ key: text, heading: text, section: textOrNull, required: z.boolean() },
      text: text.meta({ description: 'All words of the element, a line each' }),
      lines: z.array(line).meta({ description: 'The same with where each piece comes from' }),
      table: z.looseObject({ columns: z.array(text) }).nullable(),
    }),
  ),
});

/** One row of the list across incidents: with the incident it belongs to. */
export const listedPaperSchema = z.strictObject({ ...paperShape, incident: number, title: text });

/** One paper with its text. */
export const wholePaperSchema = z.strictObject({
  ...paperShape,
  content: contentSchema.nullable().meta({ description: 'Null once its words were destroyed' }),
  printed: printed.nullable().meta({ description: 'As it will be laid out, each piece with where it comes from; null as above' }),
  versions: z.array(z.strictObject({ version: number, at: moment, by: text })),
  differences: z.array(z.strictObject({ key: text, heading: text, from: textOrNull, to: textOrNull })),
});
