/** 月值班表: from a sheet to the shifts of one month, with every fault named by its cell; nothing is half taken. */
import { type Day, dayOf, daysLater, holidayOn, startOfDay } from '../../calendar/calendar';
import { type Instant, MINUTE } from '../../instant';
import { calendarOf, type PersonId, type Roster, type Shift } from '../roster';
import { dayZh, type Entry, ROLE_ZH, readDays } from './days';
import { layoutOf, monthOf } from './layout';
import type { Sheet, SheetFault } from './sheet';

/** When shifts change where a sheet does not say; 08:30. */
export const CHANGE_AT = 8 * 60 + 30;

/** A month as it was read. */
export interface MonthRead {
  /** `2026-12`; null when it could not be told. */
  readonly month: string | null;
  /** One row a person and day; complete only when there are no faults. */
  readonly shifts: readonly Shift[];
  readonly faults: readonly SheetFault[];
}

const ROLES = ['duty_officer', 'duty_leader'] as const;

/** `now`: days whose shift has begun may stand as they were, never otherwise. Pure. */
export function readMonth(sheet: Sheet, roster: Roster, now: Instant, changeAt = CHANGE_AT): MonthRead {
  const layout = layoutOf(sheet);
  if (layout === null)
    return { month: null, shifts: [], faults: [{ ref: 'A1', code: 'no_header', zh: '没有找到表头：须有“日期”和“值班员”“带班领导”等列' }] };
  const month = monthOf(sheet, layout, dayOf(now));
  if (month === null)
    return { month: null, shifts: [], faults: [{ ref: 'A1', code: 'no_month', zh: '没有写明是哪年哪月，如：2026年12月值班表' }] };
  const { entries, refs, faults } = readDays(sheet, layout, month, roster);
  const shifts = shiftsOf(entries, changeAt);
  const all = [
    ...faults,
    ...missing(entries, refs, month, faults),
    ...twice(entries),
    ...single(entries, refs, roster),
    ...begun(entries, roster, now, changeAt),
  ];
  return { month, shifts, faults: all };
}

function shiftsOf(entries: readonly Entry[], changeAt: number): readonly Shift[] {
  return [...entries]
    .sort((a, b) => a.day.localeCompare(b.day) || ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
    .map(({ day, role, person }) => ({ person, role, ...spanOf(day, changeAt) }));
}

/** From the change of shifts on that day to the one on the next. */
export function spanOf(day: Day, changeAt: number): { readonly from: Instant; readonly until: Instant } {
  return { from: startOfDay(day) + changeAt * MINUTE, until: startOfDay(daysLater(day, 1)) + changeAt * MINUTE };
}

/** All days of a month. */
export function daysOf(month: string): readonly Day[] {
  const days: Day[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = daysLater(day, 1)) days.push(day);
  return days;
}

/** Days without a row, and rows without somebody for a role. A cell that could not be read has said so already. */
function missing(
  entries: readonly Entry[],
  refs: ReadonlyMap<Day, string>,
  month: string,
  read: readonly SheetFault[],
): readonly SheetFault[] {
  const last = [...refs.values()].at(-1) ?? 'A1';
  const unread = new Set(read.flatMap(({ code, ref }) => (code === 'unknown_person' ? [ref.replace(/^[A-Z]+/u, '')] : [])));
  return daysOf(month).flatMap((day): readonly SheetFault[] => {
    const ref = refs.get(day);
    if (ref === undefined) return [{ ref: last, code: 'gap', zh: `缺少${dayZh(day)}` }];
    if (unread.has(ref.replace(/^[A-Z]+/u, ''))) return [];
    return ROLES.flatMap((role) =>
      entries.some((entry) => entry.day === day && entry.role === role)
        ? []
        : [{ ref, code: 'gap', zh: `${dayZh(day)}没有${ROLE_ZH[role]}` }],
    );
  });
}

/** One person in two places of one day. */
function twice(entries: readonly Entry[]): readonly SheetFault[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry): readonly SheetFault[] => {
    const place = `${entry.day} ${entry.person}`;
    const before = first.get(place);
    if (before === undefined) first.set(place, entry);
    return before === undefined
      ? []
      : [{ ref: entry.ref, code: 'person_twice', zh: `${dayZh(entry.day)}同一人排了两处（另见 ${before.ref}）` }];
  });
}

/** Two officers and two leaders on days off around a holiday (procedure section 11). */
function single(entries: readonly Entry[], refs: ReadonlyMap<Day, string>, roster: Roster): readonly SheetFault[] {
  return [...refs].flatMap(([day, ref]) => {
    const holiday = holidayOn(calendarOf(roster), day);
    if (holiday === null) return [];
    return ROLES.flatMap((role): readonly SheetFault[] => {
      const there = new Set(entries.flatMap((entry) => (entry.day === day && entry.role === role ? [entry.person] : [])));
      return there.size !== 1
        ? []
        : [{ ref, code: 'holiday_single', zh: `${dayZh(day)}（${holiday.name}）只有一名${ROLE_ZH[role]}，应有两名` }];
    });
  });
}

/** What has begun cannot be planned otherwise any more; a swap or a stand-in changes the shift that runs. */
function begun(entries: readonly Entry[], { shifts }: Roster, now: Instant, changeAt: number): readonly SheetFault[] {
  const days = [...new Set(entries.map(({ day }) => day))].filter((day) => spanOf(day, changeAt).from <= now);
  return days.flatMap((day): readonly SheetFault[] => {
    const own = entries.filter((entry) => entry.day === day);
    const stood = peopleFrom(shifts, spanOf(day, changeAt).from);
    const other = ROLES.find((role) => !sameSet(peopleIn(own, role), stood(role)));
    if (other === undefined) return [];
    const ref = own.find(({ role }) => role === other)?.ref ?? own[0]?.ref ?? 'A1';
    return [{ ref, code: 'past_day', zh: `${dayZh(day)}的班已经开始或过去，不能再改；临时变动请用顶班` }];
  });
}

function peopleIn(entries: readonly Entry[], role: Shift['role']): readonly PersonId[] {
  return entries.flatMap((entry) => (entry.role === role ? [entry.person] : []));
}

function peopleFrom(shifts: readonly Shift[], at: Instant): (role: Shift['role']) => readonly PersonId[] {
  return (role) => shifts.flatMap((s) => (s.role === role && s.from <= at && (s.until === null || at < s.until) ? [s.person] : []));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
