/** `GET /api/v1/inbox`: what was heard and what became of it, above all the messages that were set aside; never their words. */
import { z } from 'zod';
import { iso } from './iso';
import type { ApiPorts } from './ports';
import { pageSize, rowId } from './query';
import { type Route, tokenRoute } from './route';
import { heardSchema, pageOf } from './schemas';

const pageSchema = z.strictObject({
  state: z.enum(['received', 'handled', 'stopped', 'dead']).default('dead'),
  limit: pageSize(200, 50),
  cursor: rowId.optional(),
});

export function inboxRoutes({ views }: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/inbox', id: 'listInbox', act: 'read_operation' },
      what: 'Messages as they were heard, the newest first, without their words; by default those set aside after repeated failures',
      query: pageSchema,
      answers: { 200: { what: 'One page; cursor is the id to go on from', schema: pageOf(heardSchema) } },
      handle: async ({ query: { state, limit, cursor } }) => {
        const rows = await views.inbox({ state, limit, before: cursor ?? null });
        const items = rows.map((row) => ({ ...row, receivedAt: iso(row.receivedAt) }));
        return { body: { items, cursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) } };
      },
    }),
  ];
}
