/** The days of a month sheet and who is on duty on each, with everything that cannot be read. */
import { type Day, dayOf, startOfDay } from '../../calendar/calendar';
import { DAY } from '../../instant';
import type { PersonId, Roster, Shift } from '../roster';
import { type Layout, two } from './layout';
import { namesIn } from './names';
import type { Cell, Sheet, SheetFault } from './sheet';

/** One person in one place of one day, and the cell that says so. */
export interface Entry {
  readonly day: Day;
  readonly role: Shift['role'];
  readonly person: PersonId;
  readonly ref: string;
}

export interface DaysRead {
  readonly entries: readonly Entry[];
  /** Cell of each day that stands in the sheet. */
  readonly refs: ReadonlyMap<Day, string>;
  readonly faults: readonly SheetFault[];
}

interface Line {
  readonly day: Day;
  readonly ref: string;
  readonly cells: readonly (Cell | null)[];
}

/** Rows below the headings up to the first that has no day and is no part of a merged one. Pure. */
export function readDays(sheet: Sheet, layout: Layout, month: string, roster: Roster): DaysRead {
  const { lines, faults } = linesOf(sheet, layout, month);
  const refs = new Map<Day, string>();
  const wrong: SheetFault[] = [...faults];
  for (const { day, ref, cells } of lines) {
    const before = refs.get(day);
    const area = cells[layout.day]?.area ?? null;
    if (before !== undefined && (area === null || area !== before))
      wrong.push({ ref, code: 'day_twice', zh: `${dayZh(day)}写了两次，与 ${before} 重叠` });
    else refs.set(day, before ?? area ?? ref);
  }
  const read = lines.flatMap((line) => [
    ...layout.leaders.map((column) => entriesOf(line, column, 'duty_leader', roster)),
    ...layout.officers.map((column) => entriesOf(line, column, 'duty_officer', roster)),
  ]);
  const entries = once(read.flatMap((one) => one.entries));
  return { entries, refs, faults: [...wrong, ...once(read.flatMap((one) => one.faults)), ...weekdayFaults(lines, layout)] };
}

function linesOf(
  sheet: Sheet,
  { row, day: column }: Layout,
  month: string,
): { readonly lines: readonly Line[]; readonly faults: readonly SheetFault[] } {
  const lines: Line[] = [];
  const faults: SheetFault[] = [];
  for (const cells of sheet.slice(row + 1)) {
    const cell = cells[column] ?? null;
    if (cell === null) continue;
    if (/^(?:备注|说明|注|填表|制表|合计)/u.test(cell.text)) break;
    const day = dayIn(cell, month);
    if (day === null) faults.push({ ref: cell.ref, code: 'bad_date', zh: `“${cell.text}”读不出是哪一天` });
    else if (!day.startsWith(month)) faults.push({ ref: cell.ref, code: 'wrong_month', zh: `${dayZh(day)}不在 ${monthZh(month)}` });
    else lines.push({ day, ref: cell.ref, cells });
  }
  return { lines, faults };
}

/** A date of the workbook, a written one, or a mere number of the day. */
function dayIn({ text, day }: Cell, month: string): Day | null {
  if (day !== null) return day;
  const words = text.normalize('NFKC').replaceAll(/\s|\(.*?\)|星期.|周.$/gu, '');
  const parts =
    /^(?:(?<year>\d{4})[-/.年])?(?<month>\d{1,2})[-/.月](?<day>\d{1,2})[日号]?$/u.exec(words)?.groups ??
    /^(?<day>\d{1,2})[日号]?$/u.exec(words)?.groups;
  if (parts?.day === undefined) return null;
  const named = `${parts.year ?? month.slice(0, 4)}-${two(Number(parts.month ?? month.slice(5, 7)))}-${two(Number(parts.day))}`;
  const at = startOfDay(named);
  return Number.isNaN(at) || dayOf(at) !== named ? null : named;
}

function entriesOf({ day, cells }: Line, column: number, role: Shift['role'], roster: Roster): Pick<DaysRead, 'entries' | 'faults'> {
  const cell = cells[column] ?? null;
  if (cell === null) return { entries: [], faults: [] };
  const ref = cell.area ?? cell.ref;
  const names = namesIn(cell.text, [...roster.people.values()]);
  const able = (person: PersonId): boolean => roster.grants.some((grant) => grant.person === person && grant.role === role);
  return {
    entries: names.flatMap(({ person }) => (person === null ? [] : [{ day, role, person, ref }])),
    faults: names.flatMap(({ written, person, nearest }): readonly SheetFault[] => {
      if (person === null)
        return [{ ref, code: 'unknown_person', zh: `通讯录里没有“${written}”${nearest === null ? '' : `，是不是“${nearest}”`}` }];
      return able(person) ? [] : [{ ref, code: 'cannot_fill', zh: `“${written}”没有${ROLE_ZH[role]}资格，请先在通讯录登记` }];
    }),
  };
}

export const ROLE_ZH: Readonly<Record<Shift['role'], string>> = { duty_officer: '值班员', duty_leader: '带班领导' };

/** A written weekday that is not the day's. */
function weekdayFaults(lines: readonly Line[], { weekday }: Layout): readonly SheetFault[] {
  if (weekday === null) return [];
  return lines.flatMap(({ day, cells }): readonly SheetFault[] => {
    const cell = cells[weekday] ?? null;
    const written = cell === null ? null : (/[一二三四五六日天]/u.exec(cell.text)?.[0] ?? null);
    // The first day of 1970 was a Thursday.
    const right = '日一二三四五六'[(Math.round(Date.parse(`${day}T00:00:00Z`) / DAY) + 4) % 7] ?? '';
    if (cell === null || written === null || written.replace('天', '日') === right) return [];
    return [{ ref: cell.ref, code: 'wrong_weekday', zh: `${dayZh(day)}是星期${right}，不是星期${written}` }];
  });
}

/** Several rows of one merged cell say the same thing once. */
function once<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** 12月1日 */
export function dayZh(day: Day): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

export function monthZh(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;
}
