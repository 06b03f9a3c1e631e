/** What a message of the duty room is made from, and the small pieces its composers share. */
import type { Deadline } from '../../../deadlines/deadline';
import { countyOf, deadlines } from '../../../duty/deadlines';
import type { Obligation, Seat, Swap } from '../../../duty/events';
import { type DutyState, seated } from '../../../duty/state';
import { dutyZh } from '../../../duty/times';
import type { Instant } from '../../../instant';
import type { PersonId } from '../../../roster/roster';
import { type Line, type Message, open, type Part, summary } from '../../message';
import { clockText, people, person, type View } from '../view';

/** One incident under way, as the leaders' digest shows it. */
export interface UnderWay {
  readonly n: number;
  readonly county: string | null;
  readonly level: string | null;
  /** Its response has ended since the digest before. */
  readonly ended: boolean;
  /** Open obligations, and how many of them are past their moment. */
  readonly owed: number;
  readonly late: number;
  /** What is due first; null when nothing is owed. */
  readonly next: { readonly zh: string; readonly dueAt: Instant } | null;
  /** The last act of a person, by the type of its event; null when only clocks have rung of late. */
  readonly last: { readonly did: string; readonly at: Instant } | null;
  /** Who is told at once of what becomes of it, and needs no digest for it. */
  readonly told: readonly PersonId[];
}

/** As the view of an incident, with the shift in its place; `underWay` is looked up for digests alone. */
export type DutyView = Omit<View, 'state'> & { readonly state: DutyState; readonly underWay: readonly UnderWay[] };

/** A message of this shift. It bears no short code: `#3` is always an incident. */
export function message({ state }: Pick<DutyView, 'state'>, heading: string, lines: readonly Line[], more: Partial<Message> = {}): Message {
  return { ref: null, heading: `第${state.n}班 ${heading}`, lines, mentions: [], buttons: [], ...more };
}

/** Officers and leaders, one line each; an empty seat is said. */
export function seatLines(view: Pick<View, 'roster'>, seats: readonly Seat[]): readonly Line[] {
  const named = (role: Seat['role']): readonly Part[] => {
    const found = seated(seats, role);
    return found.length === 0 ? [{ is: 'text', text: '未排班' }] : people(view, found);
  };
  return [open('值班员：', ...named('duty_officer')), open('带班领导：', ...named('duty_leader'))];
}

/** Until when a shift lasts. */
export function untilText(until: Instant | null, now: Instant): string {
  return until === null ? '值班表没有写明换班时间' : `至 ${clockText(until, now)}`;
}

/** Both shifts of a swap with their people. */
export function swapLines(view: Omit<View, 'state'>, { proposer, other, mine, theirs }: Swap): readonly Line[] {
  return [
    open('提出人：', person(view, proposer), '，对方：', person(view, other)),
    open(`${clockText(mine)} 的班由对方值${theirs === null ? '' : `，${clockText(theirs)} 的班由提出人值`}`),
  ];
}

/** Names of counties, as people write them. */
export function countyNames({ roster }: Pick<View, 'roster'>, ids: readonly string[]): string {
  return ids.map((id) => roster.counties.find((county) => county.id === id)?.names[0] ?? id).join('、');
}

/** What the duty room itself still owes, by the keys of a sheet. */
export function ownLines(view: DutyView, keys: readonly string[]): readonly Line[] {
  if (keys.length === 0) return [];
  const rows = deadlines(view.rules, view.state).filter((row) => keys.includes(row.key));
  return rows.map((row) => open(`值班室未办：${owedZh(view, row)}，${clockText(row.dueAt, view.now)} 前`));
}

/** Name of a duty of the shift, with the county it is owed by. */
export function owedZh(view: DutyView, row: Pick<Deadline, 'key' | 'kind'>): string {
  const county = countyOf(row);
  return `${dutyZh(view.rules, row.kind)}${county === null ? '' : `（${countyNames(view, [county])}）`}`;
}

/** So many lines are still read at a glance; the rest is counted. */
const MOST = 20;

/** What is owed in incidents: number, step, moment, who owes it. */
export function obligationLines(view: Omit<View, 'state'>, obligations: readonly Obligation[]): readonly Line[] {
  if (obligations.length === 0) return [open('事件未办事项：无')];
  const shown = obligations.slice(0, MOST).map(({ n, kind, people: owing, dueAt }) => {
    const late = view.now >= dueAt;
    return summary(
      `#${n} ${stepZh(view, kind)}：${late ? '已逾期，应于 ' : ''}${clockText(dueAt, view.now)}${late ? '' : ' 前'}，`,
      ...people(view, owing),
    );
  });
  const rest = obligations.length - shown.length;
  return [
    open(`事件未办事项 ${obligations.length} 项，均有责任人：`),
    ...shown,
    ...(rest > 0 ? [open(`另有 ${rest} 项，见各事件待办`)] : []),
  ];
}

/** Name of a step of the profile; a task bears its own. */
function stepZh({ rules }: Pick<View, 'rules'>, kind: string): string {
  return rules.profile.steps.find((step) => step.id === kind)?.zh ?? '任务';
}
