/** `plan simulate`: what a plan would send to whom at which minute, by the very rules of the program on virtual time, when nobody answers. */
import type { Deadline } from '../deadlines/deadline';
import { deadlines } from '../deadlines/deadlines';
import { DECISION } from '../deadlines/work';
import type { Refusal } from '../incident/refusal';
import { type Instant, MINUTE, minuteOfDay, nextAtMinute } from '../instant';
import type { Rank, Rulebook } from '../plans/rulebook';
import type { Roster } from '../roster/roster';
import { digestLines } from './digest';
import { item, type Line } from './line';
import { linesOfEvent } from './lines';
import { act, type Play, stateOf } from './play';
import { begin, REPORTED_AT, type Story } from './story';
import { filled } from './vacancies';

export interface Question {
  readonly rules: Rulebook;
  readonly roster: Roster;
  readonly story: Story;
  /** Null in a level-free plan, and where the story ends before any grading. */
  readonly rank: Rank | null;
  readonly minutes: number;
  /** The report comes at the next 09:30 after this moment; the shifts of that day count. */
  readonly now: Instant;
}

export interface Simulated {
  readonly is: 'simulated';
  /** The roster with stand-bys in the vacant seats. */
  readonly roster: Roster;
  /** Titles of seats nobody fills. */
  readonly vacant: readonly string[];
  readonly receivedAt: Instant;
  /** Minute 0: the act after which nobody answers. */
  readonly from: Instant;
  readonly lines: readonly Line[];
}

/** Pure; the same question always gives the same lines, in order of time. Refuses what the program itself would refuse on the way. */
export function simulate({ rules, roster, story, rank, minutes, now }: Question): Simulated | Refusal {
  const seats = filled(rules, roster);
  const receivedAt = nextAtMinute([minuteOfDay(REPORTED_AT)], now) ?? now;
  const begun = begin({ rules, roster: seats.roster }, story, rank, receivedAt);
  if (begun.is === 'refusal') return begun;
  const from = begun.play.steps.at(-1)?.recorded.at ?? receivedAt;
  const until = from + minutes * MINUTE;
  const whole = silence(begun.play, story, until);
  const said = whole.steps
    .filter(({ recorded }) => recorded.at >= from)
    .flatMap((step) => linesOfEvent(rules, seats.roster, step))
    .filter((line) => isShown(story, line));
  const lines = [...said, ...(story === 'activated' ? digestLines(whole.scene, from, until) : []), ...neverStarted(whole, until)];
  return { is: 'simulated', ...seats, receivedAt, from, lines: lines.sort((a, b) => a.at - b.at) };
}

/** Every ring until the end, with nobody answering. */
function silence(begun: Play, story: Story, until: Instant): Play {
  for (let play = begun; ; ) {
    const waiting = deadlines(play.scene.rules, stateOf(play)).filter((row) => rings(story, row));
    const at = Math.min(...waiting.map((row) => row.nextAt ?? Number.POSITIVE_INFINITY));
    if (at > until) return play;
    const keys = waiting.filter((row) => row.nextAt === at).map((row) => row.key);
    const rung = act(play, at, { person: null, room: null }, { type: 'RingDeadlines', keys });
    if (rung.is === 'refusal' || rung.play === play) throw new Error(`nothing rang for ${keys.join(', ')}`);
    play = rung.play;
  }
}

/** The story of the decision is told of that alone. */
function rings(story: Story, { kind }: Deadline): boolean {
  return story !== 'unanswered_decision' || kind === DECISION;
}

function isShown(story: Story, { items }: Line): boolean {
  return story !== 'unanswered_decision' || items.some(({ about }) => about === DECISION);
}

/** The decision on activation, where its time has not begun. */
function neverStarted(play: Play, until: Instant): readonly Line[] {
  const { rules } = play.scene;
  const known = rules.profile.steps.some(({ id }) => id === DECISION);
  if (!known || deadlines(rules, stateOf(play)).some(({ kind }) => kind === DECISION)) return [];
  return [{ at: until, channel: null, room: null, people: [], items: [item('not_started', DECISION)], skipped: false }];
}
