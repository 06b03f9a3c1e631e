/** Holiday calendars: a file a year in `calendars/` of the config folder, checked at start, every fault with file and line. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Calendar, type CalendarYear, dayOf, isWeekend, startOfDay } from '../core/calendar/calendar';
import { type ConfigFault, type Faulty, readYaml } from './yamlFile';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => isDay(text), '没有这一天');

const yearSchema = z.strictObject({
  year: z.int().min(2000).max(2100),
  status: z.enum(['final', 'provisional']),
  source: z.string().min(1),
  holidays: z.array(z.strictObject({ name: z.string().min(1), days: z.tuple([day, day]), statutory: z.array(day).min(1) })).min(1),
  workdays: z.array(day),
});

type YearFile = z.infer<typeof yearSchema>;

/** All years of the folder; none where the folder is missing. All faults of all files at once. */
export function readCalendars(configDir: string): { readonly is: 'ok'; readonly calendar: Calendar } | Faulty {
  const dir = join(configDir, 'calendars');
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.yaml')) : [];
  const read = names.sort().map((name) => readYear(join(dir, name), name));
  const faults = read.flatMap((one) => (one.is === 'faults' ? one.faults : []));
  if (faults.length > 0) return { is: 'faults', faults };
  return { is: 'ok', calendar: new Map(read.flatMap((one) => (one.is === 'ok' ? [[one.year.year, one.year] as const] : []))) };
}

function readYear(file: string, name: string): { readonly is: 'ok'; readonly year: CalendarYear } | Faulty {
  const read = readYaml(file, yearSchema);
  if (read.is === 'faults') return read;
  const faults = wrongIn(read.value, name).map(({ path, code, zh }) => ({ file, line: read.lineOf(path), code, zh }));
  if (faults.length > 0) return { is: 'faults', faults };
  const { holidays, ...rest } = read.value;
  return {
    is: 'ok',
    year: { ...rest, holidays: holidays.map(({ name: zh, days: [from, until], statutory }) => ({ name: zh, from, until, statutory })) },
  };
}

type Wrong = Pick<ConfigFault, 'code' | 'zh'> & { readonly path: readonly PropertyKey[] };

/** What the shape alone cannot show. */
function wrongIn({ year, holidays, workdays }: YearFile, name: string): readonly Wrong[] {
  const off = holidays.flatMap(({ days: [from, until] }) => ({ from, until }));
  const within = (text: string): boolean => off.some(({ from, until }) => from <= text && text <= until);
  return [
    ...(name === `${year}.yaml` ? [] : [wrong(['year'], 'wrong_year', `文件名与年份 ${year} 不符`)]),
    ...holidays.flatMap((holiday, i) => wrongHoliday(year, holiday, i, off.slice(0, i))),
    ...workdays.flatMap((text, i) => [
      ...(near(text, year) ? [] : [wrong(['workdays', i], 'wrong_year', `${text} 不在 ${year} 年`)]),
      ...(isWeekend(text) ? [] : [wrong(['workdays', i], 'not_a_weekend', `${text} 不是周末，不会是补班`)]),
      ...(within(text) ? [wrong(['workdays', i], 'both', `${text} 既放假又补班`)] : []),
      ...(workdays.indexOf(text) < i ? [wrong(['workdays', i], 'twice', `${text} 写了两次`)] : []),
    ]),
  ];
}

function wrongHoliday(
  year: number,
  { name, days: [from, until], statutory }: YearFile['holidays'][number],
  i: number,
  before: readonly { readonly from: string; readonly until: string }[],
): readonly Wrong[] {
  const path = ['holidays', i, 'days'];
  return [
    ...([from, until].every((text) => near(text, year)) ? [] : [wrong(path, 'wrong_year', `${name}不在 ${year} 年`)]),
    ...(from <= until ? [] : [wrong(path, 'order', `${name}的最后一天在第一天之前`)]),
    ...(before.some((other) => other.from <= until && from <= other.until) ? [wrong(path, 'overlap', `${name}与前面的节日重叠`)] : []),
    ...statutory.flatMap((text, j) =>
      from <= text && text <= until ? [] : [wrong(['holidays', i, 'statutory', j], 'outside', `${text} 不在${name}的放假日内`)],
    ),
  ];
}

/** In the year, or in the last week of the one before, which may belong to New Year's Day. */
function near(text: string, year: number): boolean {
  return text.startsWith(`${year}-`) || (text >= `${year - 1}-12-25` && text < `${year}`);
}

function wrong(path: readonly PropertyKey[], code: string, zh: string): Wrong {
  return { path, code, zh: `${path.join('.')}：${zh}` };
}

function isDay(text: string): boolean {
  const at = startOfDay(text);
  return !Number.isNaN(at) && dayOf(at) === text;
}
