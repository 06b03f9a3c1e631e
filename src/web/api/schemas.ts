/** What the API answers, as schemas: the document is made from them and the contract test holds every answer against them. */
import { z } from 'zod';
import { paperSchema } from './paperSchemas';
import { moment } from './schemaMoment';
import { askSchema, recordSchema, workShape } from './workSchemas';

const momentOrNull = moment.nullable();
const number = z.int().min(1);
const text = z.string();
const textOrNull = text.nullable();

export const errorSchema = z.strictObject({
  error: z.strictObject({
    code: text.meta({ description: 'Stable; see docs/errors.md' }),
    message: text.meta({ description: 'One sentence for people' }),
    hint: text.meta({ description: 'What to do instead; may be empty' }),
    field: text.optional(),
    faults: z.array(z.strictObject({ field: text, message: text })).optional(),
  }),
});

/** One page of a list; `cursor` asks for the next one, null at the end. */
export const pageOf = (item: z.ZodType) => z.strictObject({ items: z.array(item), cursor: textOrNull });

export const incidentRowSchema = z.strictObject({
  n: number.meta({ description: 'Short number' }),
  mode: z.enum(['real', 'drill', 'test']),
  status: text,
  plan: textOrNull,
  category: textOrNull,
  level: z.int().nullable(),
  county: textOrNull,
  title: text,
  receivedAt: moment,
  activatedAt: momentOrNull,
  endedAt: momentOrNull,
  purgeAfter: momentOrNull.meta({ description: 'When its personal data are to be erased; null while nobody has decided' }),
});

export const deadlineSchema = z.strictObject({
  key: text,
  kind: text,
  owner: text,
  baseAt: moment,
  dueAt: moment,
  nextAt: momentOrNull,
  stage: z.int(),
  status: z.enum(['open', 'met', 'missed', 'void']),
  basis: text,
  why: text,
});

export const deliverySchema = z.strictObject({
  id: text,
  purpose: text,
  addressee: text,
  leg: z.enum(['page', 'show']),
  lane: z.int(),
  channel: text,
  state: z.enum(['queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'unknown', 'cancelled']),
  reason: textOrNull,
  at: moment,
  rung: z.int(),
  version: z.int().meta({ description: 'Of the event it is about; 0 for none' }),
});

/** A delivery as lists show it. */
export const listedDeliverySchema = deliverySchema.extend({
  n: number.nullable(),
  until: momentOrNull.meta({ description: 'While it is held' }),
  attempts: z.int(),
});

const ground = z.looseObject({ zh: text, clause: text });
const decided = z.strictObject({ at: moment, by: text, rank: z.int().nullable() });
const via = z.strictObject({ system: text, source: text, ref: textOrNull });

/** Where an incident was heard of: by a person or a system, its own number where it was joined. */
const sourceSchema = z.strictObject({ n: number, receivedAt: moment, reportedBy: textOrNull, via: via.nullable() });

const bound = z.number().nullable();
/** One measure with every value it had. */
const figureSchema = z.strictObject({
  measure: text,
  zh: text,
  unit: text,
  steps: z
    .array(z.strictObject({ at: moment, by: textOrNull, min: bound, max: bound, verified: z.boolean(), words: z.array(text) }))
    .meta({ description: 'Oldest first, the last one stands' }),
});

export const incidentSchema = incidentRowSchema.extend({
  id: text,
  version: z.int(),
  text: textOrNull.meta({ description: 'The report, telephone and identity numbers masked; null when destroyed' }),
  unverified: z.boolean(),
  readingChecked: z.strictObject({ at: moment, by: text }).nullable().meta({ description: 'Who compared the fields with the report' }),
  reportedBy: textOrNull,
  sources: z
    .array(sourceSchema)
    .meta({ description: 'All reports of the matter, joined ones too; receivedAt of the incident is the earliest' }),
  like: z.array(number).meta({ description: 'Incidents that may be the same matter' }),
  mergedInto: number.nullable(),
  absorbed: z.array(number),
  splitFrom: number.nullable(),
  splitOff: z.array(number),
  fields: z.record(text, z.unknown()),
  facts: z.array(z.unknown()),
  figures: z.array(figureSchema),
  plan: z.strictObject({ id: text, title: text, rulebook: text }),
  category: z.looseObject({ id: text }).nullable(),
  suggestion: z.strictObject({
    rank: z.int().nullable(),
    sign: textOrNull,
    categoryGround: ground.nullable(),
    grounds: z.array(ground),
  }),
  level: z.looseObject({ rank: z.int().nullable(), zh: text, status: text }).nullable(),
  levels: z.array(z.strictObject({ rank: z.int(), status: text, by: text, at: moment, reason: textOrNull })),
  activated: decided.nullable(),
  terminated: z.strictObject({ at: moment, by: text, open: z.array(text), reason: textOrNull }).nullable(),
  asks: z.array(askSchema),
  ...workShape,
  records: z.array(recordSchema),
  papers: z.array(paperSchema),
  deadlines: z.array(deadlineSchema),
  deliveries: z.array(deliverySchema),
});

export const eventSchema = z.strictObject({
  version: z.int(),
  type: text,
  v: z.int(),
  at: moment,
  actor: textOrNull,
  cause: z.strictObject({ kind: text, id: text }),
  body: z.looseObject({ type: text }),
  prevHash: text,
  hash: text,
});

export const heardSchema = z.strictObject({
  id: text,
  tenant: text,
  source: text,
  room: textOrNull,
  account: text,
  receivedAt: moment,
  state: z.enum(['received', 'handled', 'stopped', 'dead']),
  attempts: z.int(),
  outcome: textOrNull,
});

/** A report that was taken in. */
export const reportedSchema = z.strictObject({
  state: z.enum(['received', 'handled', 'dead']),
  n: number.nullable().meta({ description: 'Short number; null while it waits' }),
  repeated: z.boolean().meta({ description: 'The same key came before; nothing was changed again' }),
  location: text.meta({ description: 'The incident, or while it waits where to ask again' }),
});

const refusalSchema = z.strictObject({ code: text, message: text, hint: text, whom: z.array(text) });

/** What became of a command. */
export const commandedSchema = z.strictObject({
  state: z.enum(['received', 'handled', 'stopped', 'dead']),
  outcome: textOrNull.meta({ description: 'executed, confirm, refused:<code> ...; null while it waits' }),
  n: number.nullable(),
  version: z.int().nullable().meta({ description: 'Version the incident has after it' }),
  refusal: refusalSchema.nullable(),
  question: z
    .strictObject({
      effect: text,
      pages: z.array(text),
      open: z.array(text),
      code: text.meta({ description: 'Send it within five minutes with the verb 确认' }),
    })
    .nullable(),
  choice: z.array(number).meta({ description: 'Incidents it may mean; empty where it is clear' }),
  shown: z.unknown(),
  repeated: z.boolean(),
  location: text,
});

const seat = z.strictObject({ person: text, name: text, post: text, role: z.enum(['duty_officer', 'duty_leader']) });
export const onDutySchema = z.strictObject({
  at: moment,
  shift: z.int().nullable().meta({ description: 'Number of the shift that stands; null where none was opened' }),
  handedOver: z.boolean(),
  special: z.boolean(),
  seats: z.array(seat.extend({ signedInAt: momentOrNull })),
  until: momentOrNull,
  next: z.array(seat),
});

export const documentSchema = z.looseObject({ openapi: text, paths: z.record(text, z.unknown()) });
