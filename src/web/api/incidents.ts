/** `GET /api/v1/incidents`, `/:n`, `/:n/events`: read-only, for a bearer of the API token. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import type { Rulebook } from '../../core/plans/rulebook';
import { viewedIncident } from '../../handlers/incident';
import type { Views } from '../../ports/views';
import { HttpFault } from '../errors';
import { presentEvent, presentIncident, presentRow, type SeenView, textsWanted } from './present';
import { checked } from './query';

/** Numbers are four-byte integers in the database. */
const LARGEST_NUMBER = 2 ** 31 - 1;

const pageSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(1).max(LARGEST_NUMBER).optional(),
});
const eventsSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.coerce.number().int().min(0).max(LARGEST_NUMBER).default(0),
});

export function incidentRoutes(views: Views, rulebookOf: (hash: string) => Promise<Rulebook>, guard: Middleware): Router {
  const router = new Router({ prefix: '/api/v1/incidents' });
  router.use(guard);
  router.get('/', async (ctx) => {
    const { limit, cursor } = checked(pageSchema, ctx.query);
    const rows = await views.incidents({ limit, before: cursor ?? null });
    ctx.body = { items: rows.map(presentRow), cursor: rows.length < limit ? null : String(rows.at(-1)?.n ?? '') };
  });
  router.get('/:n', async (ctx) => {
    const view = (await seen(views, numberOf(ctx))) ?? missing();
    ctx.body = presentIncident(view, await rulebookOf(view.rulebook), await views.texts(textsWanted(view)));
  });
  router.get('/:n/events', async (ctx) => {
    const { limit, cursor } = checked(eventsSchema, ctx.query);
    const events = (await views.events(numberOf(ctx), cursor, limit)) ?? missing();
    ctx.body = { items: events.map(presentEvent), cursor: events.length < limit ? null : String(events.at(-1)?.version ?? '') };
  });
  return router;
}

async function seen(views: Views, n: number): Promise<SeenView | null> {
  const view = await views.incident(n);
  const state = view === null ? null : await viewedIncident(views, view);
  return view === null || state === null ? null : { ...view, state };
}

function numberOf(ctx: Context): number {
  const n = Number((ctx.params as Record<string, string>).n);
  if (!Number.isInteger(n) || n < 1 || n > LARGEST_NUMBER) throw new HttpFault(404, 'no_incident', '没有这起事件。');
  return n;
}

function missing(): never {
  throw new HttpFault(404, 'no_incident', '没有这起事件。');
}
