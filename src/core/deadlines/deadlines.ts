/** Every obligation of an incident with its moment, as a pure function of rules and state. */
import type { AskState, IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { LadderAction } from '../plans/profileSchema';
import type { Rulebook } from '../plans/rulebook';
import { askBehind, askRungs, owedAnswer } from './asks';
import type { Deadline } from './deadline';
import { type Course, courseOf } from './due';
import { paperRows } from './papers';
import { recordRows } from './records';
import { type Ending, endingOf, rowOf } from './status';
import { type Rungs, ringAt, SILENT, type Terms, termsOf } from './terms';
import { answersFor, DECISION_STAND_IN, taskRows, workRows } from './work';

export { askKey } from './asks';

/** What was reckoned last, so that the next state of the same incident only reckons what its command touched. */
interface Reckoned {
  readonly rules: Rulebook;
  readonly state: IncidentState;
  readonly asks: readonly AskState[];
  /** One for each ask, in the same order; null where the profile times none. */
  readonly answers: readonly (Deadline | null)[];
  readonly work: readonly Deadline[];
  readonly tasks: readonly Deadline[];
  readonly records: readonly Deadline[];
  readonly papers: readonly Deadline[];
  readonly rows: readonly Deadline[];
}

/** The last two, since one command asks before and after it; a weak map of all states would cost more than it saves. */
let last: readonly [Reckoned | null, Reckoned | null] = [null, null];

/**
 * All deadlines of the incident, open or closed (starts: decisions.md section 2; numbers: the profile and the pack). Of what comes back only
 * what is over and the next one. Pure; the same state always gives the same rows. A row once given open is given until it is closed.
 */
export function deadlines(rules: Rulebook, state: IncidentState): readonly Deadline[] {
  const [newest, older] = last;
  if (newest?.state === state && newest.rules === rules) return newest.rows;
  if (older?.state === state && older.rules === rules) return older.rows;
  const same = newest !== null && newest.rules === rules && untouched(newest.state, state) ? newest : null;
  const course = courseOf(termsOf(rules), state);
  const ending = endingOf(state);
  const asks = Object.values(state.asks);
  const work = same?.work ?? workRows(course, ending);
  const tasks = same !== null && !acceptsTask(same.asks, asks, state) ? same.tasks : taskRows(course, ending);
  const records = same?.records ?? recordRows(course, ending);
  const papers = same?.papers ?? paperRows(course, ending);
  /** Rows of all others hang on no other ask. */
  const represented = new Set(asks.flatMap((ask) => ask.standInFor ?? []));
  const stands = (ask: AskState): boolean => ask.standInFor === null && state.reopened.length === 0 && !represented.has(ask.person);
  const answers = asks.map(
    (ask, i) => (same !== null && same.asks[i] === ask && stands(ask) ? same.answers[i] : null) ?? answerRow(course, ending, ask),
  );
  const rows = [...work, ...tasks, ...records, ...papers];
  for (const answer of answers) if (answer !== null) rows.push(answer);
  last = [{ rules, state, asks, answers, work, tasks, records, papers, rows }, newest];
  return rows;
}

function answerRow(course: Course, ending: Ending | null, ask: AskState): Deadline | null {
  const owed = owedAnswer(course, ask);
  return owed === null ? null : rowOf(course.state, ending, owed);
}

/** Everything but the asks that any deadline is reckoned from. */
const GROUNDS = [
  'status',
  'receivedAt',
  'fields',
  'suggestion',
  'sensitive',
  'sensitiveAt',
  'assessed',
  'levels',
  'responseLevels',
  'activated',
  'deciders',
  'approvals',
  'tasks',
  'directives',
  'records',
  'papers',
  'met',
  'rings',
  'terminated',
  'reopened',
  'left',
] as const satisfies readonly (keyof IncidentState)[];

function untouched(before: IncidentState, after: IncidentState): boolean {
  for (const ground of GROUNDS) if (before[ground] !== after[ground]) return false;
  return true;
}

/** Has a call been answered, or taken back, on which the clock of a task hangs? */
function acceptsTask(before: readonly AskState[], asks: readonly AskState[], { tasks }: IncidentState): boolean {
  const changed = asks.filter((ask, i) => before[i] !== ask);
  return changed.length > 0 && Object.values(tasks).some((task) => changed.some((ask) => answersFor(ask, task)));
}

export interface RingHeard {
  readonly stage: number;
  /** Share of the term elapsed, in percent. */
  readonly percent: number;
  readonly actions: readonly LadderAction[];
}

/**
 * What is to be heard of an open deadline at `now`; null when nothing. Rings slept through (the program was down) are heard as one:
 * counted and named by the gravest, with the actions of all, each once, so that nobody's stand-in is forgotten.
 */
export function ringHeard(rules: Rulebook, state: IncidentState, deadline: Deadline, now: Instant): RingHeard | null {
  return heardOf(deadline, now, () => rungsOf(termsOf(rules), state, deadline));
}

/** The same for a deadline of any stream, by its own rungs. */
export function heardOf(deadline: Deadline, now: Instant, rungsFor: () => Rungs): RingHeard | null {
  if (deadline.status !== 'open' || deadline.nextAt === null || deadline.nextAt > now) return null;
  const rungs = rungsFor();
  let stage = deadline.stage;
  for (let at = deadline.nextAt as Instant | null; at !== null && at <= now; at = ringAt(rungs, stage, deadline.baseAt, deadline.dueAt))
    stage += 1;
  const actions = rungs.actions.slice(deadline.stage, stage).flat();
  return { stage, percent: rungs.shares[stage - 1] ?? 100, actions: [...new Set(actions)] };
}

function rungsOf(terms: Terms, state: IncidentState, deadline: Deadline): Rungs {
  const ask = askBehind(state, deadline);
  const step = terms.byId.get(deadline.kind);
  if (step === undefined) return terms.clock;
  if (ask !== null) return step.rungs === terms.ask ? askRungs(terms, state, ask) : step.rungs;
  return deadline.key === DECISION_STAND_IN ? terms.standIn : (step.rungs ?? SILENT);
}
