/** `POST /api/v1/reports`: hotlines, complaint platforms and opinion monitors report what they hear; a report is an incident like any other. */
import { z } from 'zod';
import { accountFor } from '../../bot/machines';
import type { Machine } from '../../ports/machines';
import type { CallRow } from '../../ports/views';
import { HttpFault } from '../errors';
import { callBefore, taken } from './calls';
import { keyOf } from './mount';
import type { ApiPorts } from './ports';
import { type Given, type Route, signedRoute } from './route';
import { reportedSchema } from './schemas';

/** Longer ones are files, not messages. */
const LONGEST = 8_000;

const reportSchema = z.strictObject({
  text: z
    .string()
    .max(LONGEST)
    .refine((text) => text.trim().length >= 2, 'at least two characters')
    .meta({
      description: 'What happened, in the words it was heard',
      examples: ['今早8点半，湖滨区建设路丰和超市，六十多人因预付卡退费聚集'],
    }),
  source: z
    .string()
    .max(32)
    .optional()
    .meta({ description: 'One of the channels the office has named for this system; the first where missing' }),
  ref: z
    .string()
    .regex(/^[\w./-]{1,64}$/, 'letters, digits and _ . / - only')
    .optional()
    .meta({ description: 'The number of the matter in the reporting system' }),
  occurredAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When it happened, where it is known better than the text says' }),
});

const FAULTS = {
  no_call: 404,
  key_reused: 409,
  replayed: 409,
  invalid: 422,
  secrecy_stopped: 422,
  not_handled: 500,
  not_stored: 503,
  overloaded: 503,
};

export function reportRoutes(ports: ApiPorts): readonly Route[] {
  return [
    signedRoute({
      ...{ method: 'post', path: '/api/v1/reports', id: 'postReport', idempotent: true, refuses: FAULTS },
      what: 'Reports a matter; the duty room hears of it as of any report. The same key with the same body again changes nothing',
      body: reportSchema,
      answers: {
        201: { what: 'An incident was opened', schema: reportedSchema },
        200: { what: 'It had been reported under this key before', schema: reportedSchema },
        202: { what: 'Stored and not yet handled; ask at location', schema: reportedSchema },
      },
      handle: async ({ ctx, body, raw }, { machine }) => {
        const source = sourceOf(machine, body.source);
        const key = keyOf(ctx);
        const { row, repeated } = await taken(ports, {
          ...{ source: nameOf(machine), key, talk: nameOf(machine), account: accountFor(machine.id, null), words: body.text, content: raw },
          about: {
            report: {
              ...{ system: machine.id, source, ref: body.ref ?? null },
              occurredAt: body.occurredAt === undefined ? null : Date.parse(body.occurredAt),
            },
          },
        });
        return answerOf(row, key, repeated);
      },
    }),
    signedRoute({
      ...{
        method: 'get',
        path: '/api/v1/reports/:key',
        id: 'getReport',
        idempotent: false,
        refuses: FAULTS,
        examples: { key: 'contract-1' },
      },
      what: 'What became of a report of this system; signed over timestamp and the path with its query',
      answers: { 200: { what: 'How it stands', schema: reportedSchema } },
      handle: async ({ params }, { machine }) => {
        const key = params.key ?? '';
        const given = answerOf(await callBefore(ports, nameOf(machine), key), key, true);
        return { body: given.body };
      },
    }),
  ];
}

function sourceOf({ sources }: Machine, asked: string | undefined): string {
  const source = asked ?? sources[0] ?? '';
  if (sources.includes(source)) return source;
  const message = `one of: ${sources.join('、')}`;
  throw new HttpFault(422, 'invalid', '内容不符合要求。', '来源应是本单位为这个系统登记的名称', 'source', [{ field: 'source', message }]);
}

function nameOf({ id }: Machine): string {
  return `report:${id}`;
}

function answerOf({ state, n }: CallRow, key: string, repeated: boolean): Given {
  const location = n === null ? `/api/v1/reports/${encodeURIComponent(key)}` : `/api/v1/incidents/${n}`;
  const status = state === 'received' ? 202 : repeated ? 200 : 201;
  return { status, location, body: { state, n, repeated, location } };
}
