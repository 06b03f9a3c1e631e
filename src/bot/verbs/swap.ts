/** 换班 as it is typed: which shift, with whom, against which; and which of several swaps an answer means. */
import type { Swap } from '../../core/duty/events';
import { type DutyState, waiting } from '../../core/duty/state';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { Instant } from '../../core/instant';
import type { PersonId, Roster, Shift } from '../../core/roster/roster';
import { type Day, dateOf, dayAt, startOf } from '../arguments/day';
import { numberAt } from '../arguments/number';
import { personAt } from '../arguments/person';
import { worded } from './row';
import type { DutyBuild, DutyBuilt, DutySaid } from './standing';

const USAGE = '换班〔日期〕〔@对方〕〔理由〕';

/** Refuses `which_day`, `due_passed`, `not_your_shift`, `which_person`. A second day behind the name is the one taken in return. */
export function proposeSwap(said: DutySaid): DutyBuilt | Refusal {
  const { roster, heardAt, person } = said.turn;
  const mine = dayAt(said.rest, heardAt);
  if (mine === null) return refuse('which_day', '没有读出是哪一天的班。', `${USAGE}，如：换班 11月25日 @姓名 家中有事`);
  if (mine.date < dateOf(heardAt)) return refuse('due_passed', '所写的日期已经过去。', hintFor(roster, person, heardAt));
  if (shiftOn(roster, person, mine) === undefined)
    return refuse('not_your_shift', '值班表上您没有这一班。', hintFor(roster, person, heardAt));
  const other = personAt(roster, mine.rest, USAGE);
  if (other.is === 'refusal') return other;
  const theirs = dayAt(other.rest, heardAt);
  return worded(said, 'reason', theirs?.rest ?? other.rest, (reason) => ({
    type: 'ProposeSwap',
    mine: beginOn(roster, person, mine),
    other: other.person,
    theirs: theirs === null ? null : beginOn(roster, other.person, theirs),
    reason,
  }));
}

/** When this person's shift of that day begins; without one the day itself, so that the core can say that there is none. */
function beginOn(roster: Roster, person: PersonId | null, day: Day): Instant {
  return shiftOn(roster, person, day)?.from ?? startOf(day.date) ?? 0;
}

function shiftOn({ shifts }: Roster, person: PersonId | null, { date }: Day): Shift | undefined {
  return shifts.find((shift) => shift.person === person && dateOf(shift.from) === date);
}

/** With the days on which this person is on duty next. */
function hintFor({ shifts }: Roster, person: PersonId | null, now: Instant): string {
  const days = shifts.filter((shift) => shift.person === person && shift.from > now).map(({ from }) => dateOf(from));
  return days.length === 0 ? USAGE : `您接下来的班：${days.slice(0, 3).join('、')}。${USAGE}`;
}

/** Consent and approval are one word: at which stage it is, the swap knows. */
export function answerSwap(agrees: boolean): DutyBuild {
  return (said) => {
    const asked = waiting(said.state).flatMap((ask) => (ask.person === said.turn.person ? (ask.swap ?? []) : []));
    const meant = oneOf(said.state, said.rest, (swap) => asked.includes(swap.id));
    if (meant.is === 'refusal') return meant;
    return worded(said, 'reason', meant.rest, (reason) => ({ type: 'AnswerSwap', id: meant.id, agrees, reason }));
  };
}

export function withdrawSwap(said: DutySaid): DutyBuilt | Refusal {
  const meant = oneOf(said.state, said.rest, (swap) => swap.proposer === said.turn.person);
  if (meant.is === 'refusal') return meant;
  return { is: 'built', command: { type: 'WithdrawSwap', id: meant.id }, texts: [] };
}

/** The one whose number in order of proposal is typed, else the only likely one, else the only one there is. Refuses `which_number`. */
function oneOf(
  { swaps }: DutyState,
  rest: string,
  likely: (swap: Swap) => boolean,
): { readonly is: 'one'; readonly id: string; readonly rest: string } | Refusal {
  const running = Object.values(swaps).filter(({ stage }) => stage === 'asked' || stage === 'consented');
  const numbered = numberAt(running, rest);
  if (numbered !== null) return { is: 'one', id: numbered.found.id, rest: numbered.rest };
  const near = running.filter(likely);
  const [only, another] = near.length > 0 ? near : running;
  if (another !== undefined) return refuse('which_number', `有 ${running.length} 项换班等答复，请写明编号。`, '同意换班 1');
  return { is: 'one', id: only?.id ?? '', rest };
}
