/** `POST /api/v1/roster/months`: a month sheet as cells, looked at or taken; `GET /api/v1/roster/gaps`: where somebody is missing. */
import { z } from 'zod';
import { dayOf, daysLater } from '../../core/calendar/calendar';
import { gapsIn } from '../../core/roster/gaps';
import { HttpFault } from '../errors';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';

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
  sheet: z
    .array(z.array(cell.nullable()).max(100))
    .max(500)
    .meta({ examples: [[[{ ref: 'A1', text: '日期', area: null, day: null }]]] }),
  changeAt: z
    .int()
    .min(0)
    .max(1439)
    .meta({ description: 'Minute of the day at which shifts change', examples: [510] }),
  confirmed: z.boolean().meta({ description: 'False only looks at it', examples: [false] }),
});
const doneSchema = z.looseObject({
  is: z.enum(['faults', 'preview', 'imported', 'unchanged']),
  month: z.string().nullable(),
  faults: z.array(z.looseObject({})),
  changes: z.array(z.looseObject({})),
});
const gapsSchema = z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(62) });
const gapsShown = z.strictObject({ items: z.array(z.looseObject({})), cursor: z.null() });

/** For the office's own token: other systems read who keeps duty, the roster is not theirs to change. */
export function rosterRoutes(ports: ApiPorts): readonly Route[] {
  return [importedMonth(ports), gaps(ports)];
}

function importedMonth({ importMonth }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/roster/months', id: 'importMonth', act: 'command' },
    what: 'Reads a month sheet as cells; with a single fault nothing is taken, confirmed without faults it becomes the roster',
    body: monthSchema,
    cap: CAP,
    answers: { 200: { what: 'What was found, each fault with its cell', schema: doneSchema } },
    refuses: { token_scope: 403 },
    handle: async ({ body }, who) => {
      if (who.id !== 'main') throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '值班表由本单位的 API_TOKEN 导入');
      return { body: await importMonth(body) };
    },
  });
}

function gaps({ directory, clock }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/roster/gaps', id: 'listRosterGaps', act: 'read_on_duty' },
    what: 'Days ahead, from today on, on which somebody is missing',
    query: gapsSchema,
    answers: { 200: { what: 'The gaps', schema: gapsShown } },
    handle: async ({ query: { days } }) => {
      const now = clock.now();
      const today = dayOf(now);
      return { body: { items: gapsIn(await directory.at(now), today, daysLater(today, days - 1)), cursor: null } };
    },
  });
}
