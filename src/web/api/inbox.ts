/** `GET /api/v1/inbox`: what was heard and what became of it, above all the messages that were set aside; never their words. */
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { z } from 'zod';
import type { HeardRow, Views } from '../../ports/views';
import { iso } from './iso';
import { checked, rowId } from './query';

const pageSchema = z.strictObject({
  state: z.enum(['received', 'handled', 'stopped', 'dead']).default('dead'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: rowId.optional(),
});

/** Newest first, for a bearer of the API token; `cursor` is the id of the last row of the page before. */
export function inboxRoutes(views: Views, guard: Middleware): Router {
  const router = new Router({ prefix: '/api/v1/inbox' });
  router.use(guard);
  router.get('/', async (ctx) => {
    const { state, limit, cursor } = checked(pageSchema, ctx.query);
    const rows = await views.inbox({ state, limit, before: cursor ?? null });
    ctx.body = { items: rows.map(presentHeard), cursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  });
  return router;
}

function presentHeard(row: HeardRow) {
  return { ...row, receivedAt: iso(row.receivedAt) };
}
