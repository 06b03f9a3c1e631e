/** `GET /api/v1/deliveries`: what was owed to whom, and where each message stands; "accepted" is never called delivered, nor that read. */
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { z } from 'zod';
import type { DeliveryRowView, Views } from '../../ports/views';
import { iso } from './present';
import { checked, rowId } from './query';

const STATES = ['queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'unknown', 'cancelled'] as const;

const pageSchema = z.strictObject({
  state: z.enum(STATES).optional(),
  incident: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  person: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: rowId.optional(),
});

/** Newest first, for a bearer of the API token; `cursor` is the id of the last row of the page before. */
export function deliveryRoutes(views: Views, guard: Middleware): Router {
  const router = new Router({ prefix: '/api/v1/deliveries' });
  router.use(guard);
  router.get('/', async (ctx) => {
    const { state, incident, person, limit, cursor } = checked(pageSchema, ctx.query);
    const rows = await views.deliveries({
      state: state ?? null,
      n: incident ?? null,
      person: person ?? null,
      limit,
      before: cursor ?? null,
    });
    ctx.body = { items: rows.map(presentDelivery), cursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  });
  return router;
}

/** `reason` says why it is held, refused (the platform's code), unknown or cancelled; for what arrived, how. */
function presentDelivery({ n, at, until, ...row }: DeliveryRowView) {
  return { incident: n, ...row, at: iso(at), until: until === null ? null : iso(until) };
}
