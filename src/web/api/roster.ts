/** `POST /api/v1/roster/months`: a month sheet as cells, looked at or taken; `GET /api/v1/roster/gaps`: where somebody is missing. */
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { z } from 'zod';
import { dayOf, daysLater } from '../../core/calendar/calendar';
import { gapsIn } from '../../core/roster/gaps';
import type { Roster } from '../../core/roster/roster';
import type { MonthImport, MonthSheet } from '../../handlers/rosterMonth';
import { readBody } from '../body';
import { HttpFault } from '../errors';
import { checked } from './query';

/** A month as cells has some twenty kilobytes. */
const CAP = 256 * 1024;

const cell = z.strictObject({
  ref: z.string().regex(/^[A-Z]{1,3}\d{1,7}$/),
  text: z.string().max(500),
  area: z.string().nullable(),
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
});
const monthSchema = z.strictObject({
  sheet: z.array(z.array(cell.nullable()).max(100)).max(500),
  changeAt: z.int().min(0).max(1439),
  confirmed: z.boolean(),
});
const gapsSchema = z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(62) });

export interface RosterPorts {
  readonly now: () => number;
  readonly roster: () => Promise<Roster>;
  readonly importMonth: (month: MonthSheet) => Promise<MonthImport>;
}

/** For a bearer of the API token; a sheet with faults is 422 with all of them, nothing of it taken. */
export function rosterRoutes({ now, roster, importMonth }: RosterPorts, guard: Middleware): Router {
  const router = new Router({ prefix: '/api/v1/roster' });
  router.use(guard);
  router.post('/months', async (ctx) => {
    const body = await readBody(ctx.req, CAP);
    if (body === null) throw new HttpFault(413, 'too_large', '值班表过大。', '只放一个月的表');
    const read = monthSchema.safeParse(jsonOf(body));
    if (!read.success) throw new HttpFault(422, 'bad_sheet', '值班表的格式不正确。', '请用 fenghuo roster import 读取');
    const done = await importMonth(read.data);
    ctx.status = done.is === 'faults' ? 422 : 200;
    ctx.body = done;
  });
  router.get('/gaps', async (ctx) => {
    const { days } = checked(gapsSchema, ctx.query);
    const today = dayOf(now());
    ctx.body = { items: gapsIn(await roster(), today, daysLater(today, days - 1)), cursor: null };
  });
  return router;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
