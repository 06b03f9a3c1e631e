/** `/api/v1/roster/…`: a month as a calendar, a month sheet looked at or taken, and where somebody is missing. */
import { z } from 'zod';
import { dayOf, daysLater } from '../../core/calendar/calendar';
import { rosterKeepers } from '../../core/duty/readers';
import { gapsIn } from '../../core/roster/gaps';
import { boundedSheet, SHEET_MOST, type Sheet, sheetOf } from '../../core/roster/month/sheet';
import { monthShown } from '../../core/roster/month/shown';
import { holders } from '../../core/roster/roster';
import { HttpFault } from '../errors';
import type { Who } from './callers';
import { monthShownSchema } from './dutySchemas';
import { iso } from './iso';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';

/** A month as cells has some twenty kilobytes. */
export const CELLS_CAP = 256 * 1024;
/** A workbook of one month with letterhead and pictures. */
const FILE_CAP = 2 * 1024 * 1024;

const cell = z.strictObject({
  ref: z.string().regex(/^[A-Z]{1,3}\d{1,7}$/),
  text: z.string().max(SHEET_MOST.letters),
  area: z.string().nullable(),
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
});
/** A month sheet as a call bears it. */
export const monthCells = {
  sheet: z
    .array(z.array(cell.nullable()).max(SHEET_MOST.columns))
    .max(SHEET_MOST.rows)
    .meta({ examples: [[[{ ref: 'A1', text: '日期', area: null, day: null }]]] }),
  changeAt: z
    .int()
    .min(0)
    .max(1439)
    .meta({ description: 'Minute of the day at which shifts change', examples: [510] }),
};
const monthSchema = z.strictObject({
  ...monthCells,
  confirmed: z.boolean().meta({ description: 'False only looks at it', examples: [false] }),
});
const doneSchema = z.looseObject({
  is: z.enum(['faults', 'preview', 'imported', 'unchanged']),
  month: z.string().nullable(),
  faults: z.array(z.looseObject({})),
  changes: z.array(z.looseObject({})),
});
const fileSchema = z.strictObject({ changeAt: z.coerce.number().int().min(0).max(1439).default(510) });
const fileShown = doneSchema.extend({ sheet: z.array(z.array(cell.nullable())) });
const shownSchema = z.strictObject({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .optional(),
});
const gapsSchema = z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(62) });
const gapsShown = z.strictObject({ items: z.array(z.looseObject({})), cursor: z.null() });

/** Changed by the office's own token and by whoever keeps the roster: other systems read who keeps duty, it is not theirs to change. */
export function rosterRoutes(ports: ApiPorts): readonly Route[] {
  return [shownMonth(ports), monthFile(ports), importedMonth(ports), gaps(ports)];
}

/** Throws HttpFault 403 `token_scope` to other systems, `not_authorised` to people who do not keep the roster. */
export function mayKeepRoster({ id, inPerson, caller }: Who): void {
  if (id === 'main') return;
  if (!inPerson || caller.is !== 'person')
    throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '值班表由本单位的 API_TOKEN 导入');
  if (!rosterKeepers(caller.roster).includes(caller.person))
    throw new HttpFault(403, 'not_authorised', '值班表由应急办或带班领导导入。', '请联系应急办');
}

function shownMonth({ directory, clock }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/roster/month', id: 'getRosterMonth', act: 'read_on_duty' },
    what: 'A month of the roster day by day, with holidays, days made up for and gaps; the month that runs where none is named',
    query: shownSchema,
    answers: { 200: { what: 'The month', schema: monthShownSchema } },
    handle: async ({ query }) => {
      const now = clock.now();
      const today = dayOf(now);
      const month = query.month ?? today.slice(0, 7);
      const roster = await directory.at(now);
      const { changeAt, days } = monthShown(roster, month);
      const able = { duty_officer: holders(roster, 'duty_officer'), duty_leader: holders(roster, 'duty_leader') };
      const shown = days.map((day) => ({
        ...day,
        kept: day.kept.map((k) => ({ ...k, from: iso(k.from), until: iso(k.until), begins: iso(k.begins) })),
      }));
      return { body: { month, today, changeAt, able, days: shown } };
    },
  });
}

/** Looked at only; what was read goes back with the faults, so that the clerk sees them in his own cells. */
function monthFile({ importMonth, readMonthFile, log }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/roster/files', id: 'readMonthFile', act: 'command' },
    what: 'Reads an xlsx, or a pasted text, as a month sheet and says what it would change; nothing is taken',
    query: fileSchema,
    raw: 'application/octet-stream',
    cap: FILE_CAP,
    answers: { 200: { what: 'What was found, each fault with its cell, and the cells', schema: fileShown } },
    refuses: { token_scope: 403, not_authorised: 403 },
    handle: async ({ raw, query: { changeAt } }, who) => {
      mayKeepRoster(who);
      const read = sheetIn(raw, readMonthFile);
      if (typeof read === 'string') {
        log.warn({ system: who.id, bytes: raw.length }, 'month sheet not read');
        return { body: { is: 'faults', month: null, changes: [], sheet: [], faults: [{ ref: '', code: 'no_workbook', zh: read }] } };
      }
      return { body: { ...(await importMonth({ sheet: read, changeAt, confirmed: false })), sheet: read } };
    },
  });
}

/** Every xlsx is a zip; anything else is taken as a text. A string says why there is no sheet. */
function sheetIn(bytes: Buffer, readMonthFile: ApiPorts['readMonthFile']): Sheet | string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return boundedSheet(sheetOf(bytes.toString('utf8')));
  const read = readMonthFile(bytes);
  return read.is === 'sheet' ? boundedSheet(read.sheet) : read.zh;
}

function importedMonth({ importMonth }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/roster/months', id: 'importMonth', act: 'command' },
    what: 'Reads a month sheet as cells; with a single fault nothing is taken, confirmed without faults it becomes the roster',
    body: monthSchema,
    cap: CELLS_CAP,
    answers: { 200: { what: 'What was found, each fault with its cell', schema: doneSchema } },
    refuses: { token_scope: 403, not_authorised: 403 },
    handle: async ({ body }, who) => {
      mayKeepRoster(who);
      return { body: await importMonth(who.person === null ? body : { ...body, by: who.person }) };
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
