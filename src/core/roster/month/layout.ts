/** Where things stand in a month sheet: its month, the row of headings, the columns of days, leaders, officers and hours. */
import type { Cell, Sheet } from './sheet';

export interface Layout {
  /** Row of the headings. */
  readonly row: number;
  readonly day: number;
  readonly weekday: number | null;
  readonly leaders: readonly number[];
  readonly officers: readonly number[];
}

const DAY = /^(?:值班)?日期$|^日$/u;
const WEEKDAY = /^(?:星期|周几|周次|星期几)$/u;
const LEADER = /^(?:(?:值班)?带班(?:局?领导|人员|人)?|值班领导|带班.{0,6})$/u;
const OFFICER = /^(?:(?:主|副|正|一|二|第一|第二)?值班(?:员|人员|人|干部)?[一二12A-Za-z]?|[主副]班|值班(?:员|人员)[（(].{1,6}[）)])$/u;

/** The first row that has a day and somebody on duty; null when there is none. */
export function layoutOf(sheet: Sheet): Layout | null {
  for (const [row, cells] of sheet.entries()) {
    const heads = cells.map((cell) => (cell === null ? '' : cell.text.replaceAll(/\s+/gu, '')));
    const where = (form: RegExp): readonly number[] => heads.flatMap((head, column) => (form.test(head) ? [column] : []));
    const [day] = where(DAY);
    const leaders = where(LEADER);
    const officers = where(OFFICER).filter((column) => !leaders.includes(column) && column !== day);
    if (day !== undefined && leaders.length + officers.length > 0)
      return { row, day, weekday: where(WEEKDAY)[0] ?? null, leaders, officers };
  }
  return null;
}

/** The month named above the headings, `2026-12`; the year may be missing, then it is the coming month of that name. */
export function monthOf(sheet: Sheet, { row, day }: Layout, today: string): string | null {
  const above = sheet.slice(0, row).flatMap((cells) => cells.flatMap((cell) => cell?.text ?? []));
  for (const text of above) {
    const found = /(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月/u.exec(text.normalize('NFKC'));
    if (found !== null) return monthNamed(found[1], Number(found[2]), today);
  }
  const dated = sheet.slice(row + 1).flatMap((cells) => cells[day] ?? []);
  const months = dated.map((cell) => cell.day?.slice(0, 7) ?? fullMonth(cell));
  return months.find((month) => month !== null) ?? null;
}

function fullMonth({ text }: Cell): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})/u.exec(text.normalize('NFKC').replaceAll(/\s/gu, ''));
  return found === null ? null : `${found[1]}-${two(Number(found[2]))}`;
}

function monthNamed(year: string | undefined, month: number, today: string): string {
  const thisYear = Number(today.slice(0, 4));
  const passed = month < Number(today.slice(5, 7));
  return `${year ?? thisYear + (passed ? 1 : 0)}-${two(month)}`;
}

export function two(n: number): string {
  return String(n).padStart(2, '0');
}
