/** Lives of incidents at random: any command by anybody at any later moment, under three plans, with stretches in which people know what they do. */
import { join } from 'node:path';
import fc from 'fast-check';
import { findPack } from '../../../src/config/planFiles';
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { Envelope, IncidentCommand } from '../../../src/core/incident/commands';
import { decide } from '../../../src/core/incident/decide';
import type { Decision, Scene } from '../../../src/core/incident/decide/scene';
import type { IncidentEvent, Recorded } from '../../../src/core/incident/events';
import { evolve } from '../../../src/core/incident/evolve';
import { POSSIBLE } from '../../../src/core/incident/lifecycle';
import { stepWaited } from '../../../src/core/incident/papers/chain';
import { papersInOrder } from '../../../src/core/incident/papers/find';
import type { Paper } from '../../../src/core/incident/papers/paper';
import { type IncidentState, openAsks } from '../../../src/core/incident/state';
import { DAY, HOUR, type Instant, MINUTE } from '../../../src/core/instant';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { activate, CONFIG, clock, NETWORK, propose, ROSTER, RULES, ring, rosterWith, setLevel, terminate, words } from '../builders';
import { idsOf, nth, often } from './draws';
import { missingLines, REPORTED, type Seen, WANTED, type Want } from './wanted';

/** Both shipped plans, with levels and without, and one that is made for tests. */
export const SCENES: readonly Scene[] = [
  { rules: RULES, roster: ROSTER },
  { rules: NETWORK, roster: ROSTER },
  {
    rules: thirdPlan(),
    roster: rosterWith({
      grants: [
        { person: 'net1', role: 'chief_coordinator', scope: 'wholesale-supply' },
        { person: 'net2', role: 'vice_coordinator', scope: 'wholesale-supply' },
        { person: 'cons1', role: 'group_leader', scope: 'haulage' },
        { person: 'cons2', role: 'group_leader', scope: 'price_patrol' },
      ],
    }),
  },
];

function thirdPlan(): Rulebook {
  const found = findPack(join(__dirname, '../../fixtures/plan-packs/wholesale-supply'), CONFIG);
  if (found.is === 'faults') throw new Error(JSON.stringify(found.faults));
  return { hash: '', pack: found.pack, profile: found.profile };
}

/** Somebody by name, or one of those who may: the so manyth. */
type Who = { readonly person: string | null } | { readonly able: number };

export interface Step {
  readonly who: Who;
  readonly room: string | null;
  /** The first one that the incident has come to is said; the very first where he will not listen. */
  readonly wants: readonly { readonly type: IncidentCommand['type']; readonly want: Want }[];
  readonly stubborn: boolean;
  readonly later: number;
}

const PEOPLE = [...ROSTER.people.keys(), null];
const who: fc.Arbitrary<Who> = fc.oneof(
  { weight: 5, arbitrary: nth.map((able) => ({ able })) },
  { weight: 1, arbitrary: fc.constantFrom(...PEOPLE).map((person) => ({ person })) },
);
const room = fc.constantFrom('duty', 'hq', 'network', 'county-hubin', null, null);

/** How often each is tried; once where nothing is said. */
const WEIGHTS: Readonly<Partial<Record<IncidentCommand['type'], number>>> = {
  ...{ Acknowledge: 8, RingDeadlines: 8, CannotCome: 3, SetLevel: 5, ActivateResponse: 6, ProposeAssessment: 3 },
  ...{ CompleteTask: 6, ReturnTask: 6, GiveTask: 4, MeetObligation: 4, ChangeLevel: 3, ChangeResponseLevel: 3 },
  ...{
    CheckTask: 8,
    OpenRecord: 6,
    EnterRecord: 8,
    ReceiveDirective: 3,
    AnswerDirective: 3,
    RecordOralApproval: 3,
    ConfirmOralApproval: 3,
    NameStandIn: 6,
    EndStandIn: 10,
  },
  ...{
    FlagSensitivity: 4,
    ...{ WidenExposure: 2, AssessRetention: 10, RecordPurge: 10, RevealWords: 4 },
    ReopenIncident: 6,
    TransferIncident: 2,
    RecordReceipt: 6,
    ReturnTransfer: 6,
    LiftWarning: 4,
    RefuseTermination: 10,
    ProposeTermination: 4,
    WithdrawAcknowledgement: 6,
  },
};
const wanted = fc.oneof(
  ...Object.entries<fc.Arbitrary<Want>>(WANTED).map(([name, arbitrary]) => {
    const type = name as IncidentCommand['type'];
    return { weight: WEIGHTS[type] ?? 1, arbitrary: arbitrary.map((want) => ({ type, want })) };
  }),
);
/** Usually minutes; sometimes hours, seldom days, as when the program was down. Two acts are never at the same moment. */
const later = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 12 * MINUTE }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 * DAY }) },
);

/** One act at random. */
const STEP: fc.Arbitrary<Step> = fc.record({
  who,
  room,
  wants: fc.array(wanted, { minLength: 3, maxLength: 3 }),
  stubborn: often.map((is) => !is),
  later,
});

/** By somebody who may, in a room of the house, a few minutes later. */
const knowing = (type: IncidentCommand['type'], want: Want): Step => ({
  ...{ who: { able: 0 }, room: 'duty', wants: [{ type, want }] },
  ...{ stubborn: false, later: 3 * MINUTE },
});
const graded = (rank: number): Step => knowing('SetLevel', ({ rules }) => setLevel(rules.pack.levels[rank]?.rank ?? rank));
const trigger = ({ rules }: Seen): string | null => rules.pack.activation.triggers[0]?.id ?? null;
const assessed = knowing('ProposeAssessment', (seen) => propose(seen.rules.pack.levels[0]?.rank ?? null, trigger(seen)));
const started = knowing('ActivateResponse', activate);
const byWord = knowing('RecordOralApproval', ({ at }) => ({
  ...{ type: 'RecordOralApproval', act: { type: 'ActivateResponse', confirmed: false }, who: 'director' },
  ...{ approvedAt: at, words: words('approval'), heardBy: ['duty1'] },
}));
const inWriting = knowing('ConfirmOralApproval', ({ state }) => ({
  ...{ type: 'ConfirmOralApproval', id: Object.keys(state.approvals)[0] ?? 'none' },
  text: null,
}));
const ended = knowing('TerminateResponse', ({ rules }) => ({ ...terminate(), grounds: idsOf(rules.pack.termination.criteria) }));
/** After the end, what is owed is done one after the other until the record is closed. */
const closing = Array.from({ length: 10 }, () => knowing('MeetObligation', nextToClose));

function nextToClose({ rules, state, at }: Seen): IncidentCommand {
  const text = words('closing');
  const met = (key: string): IncidentCommand => ({
    ...{ type: 'MeetObligation', key, lines: missingLines(rules, state, key) },
    ...{ doneAt: at, text, lateReason: text },
  });
  const works = rules.pack.after_action.filter((work) => work.blocks_archive);
  const ofReview = works.filter(({ papers }) => papers.includes('after_action_review'));
  const now = state.status === 'reviewing' ? ofReview : works.filter((work) => !ofReview.includes(work));
  const owed = new Set(now.flatMap((work) => work.deadlines));
  const row = deadlines(rules, state).find((d) => owed.has(d.key) && d.status === 'open');
  if (row !== undefined) return met(row.key);
  const tasks = Object.values(state.tasks).filter((t) => t.doneAt === null);
  const task = tasks.find(
    (t) => now.some((work) => work.id === t.template) || (t.template === null && t.givenAt >= (state.terminated?.at ?? 0)),
  );
  if (task !== undefined) return { type: 'CompleteTask', task: task.id, text, evidence: ['photo'] };
  return state.status === 'reviewing' ? { type: 'ArchiveIncident' } : { type: 'StartReview' };
}

/** A paper from its draft to its receipt, and one that is given up. */
const draft = knowing('DraftPaper', () => {
  const none = { path: null, unfit: null, corrects: null, about: null, serial: null };
  return { type: 'DraftPaper', kind: 'first_report', content: words('paper'), ...none };
});
const onPaper = (type: IncidentCommand['type'], make: (paper: Paper, seen: Seen) => IncidentCommand): Step =>
  knowing(type, (seen) => {
    const paper = papersInOrder(seen.state).at(-1);
    return paper === undefined ? { type: 'CheckReading' } : make(paper, seen);
  });
const passed = onPaper('PassPaper', (paper, { rules, state }) => {
  const step = stepWaited(rules, state, paper);
  return step === 'review' || step === 'text_check'
    ? { type: 'PassPaper', paper: paper.id, act: step, text: null }
    : { type: 'SignPaper', paper: paper.id, text: null, unfit: null, confirmed: true };
});
const numbered = onPaper('NumberPaper', ({ id }) => ({ type: 'NumberPaper', paper: id, number: '三市监〔2026〕12号' }));
const sent = onPaper('SendPaper', ({ id }, { rules, at }) => {
  const to = { kind: 'party' as const, id: rules.pack.parties[0]?.id ?? 'none' };
  const how = { as: 'main' as const, way: 'fax' as const, sentAt: at, frozen: { hash: 'h', file: null }, unfit: null, confirmed: true };
  return { type: 'SendPaper', paper: id, to, ...how };
});
const receipted = onPaper('RecordPaperReceipt', ({ id, sendings }, { at }) => {
  return { type: 'RecordPaperReceipt', paper: id, to: sendings[0]?.to ?? null, who: words('whom'), receivedAt: at };
});
const back = onPaper('SendBackPaper', ({ id }) => ({ type: 'SendBackPaper', paper: id, reason: words('why') }));
const again = onPaper('RevisePaper', ({ id }) => {
  return { type: 'RevisePaper', paper: id, content: words('paper-again'), changed: true, unfit: null };
});
const remarked = onPaper('CommentPaper', ({ id }) => ({ type: 'CommentPaper', paper: id, text: words('remark') }));
const givenUp = onPaper('VoidPaper', ({ id }) => ({ type: 'VoidPaper', paper: id, reason: words('why'), confirmed: true }));

const some = (maxLength: number) => fc.array(STEP, { maxLength });
const beginning = fc.constantFrom<readonly Step[]>(
  [],
  [graded(2), started],
  [graded(0), started],
  [graded(3), started],
  [graded(1), byWord, inWriting],
  [assessed, started],
  [draft, passed, passed, passed, numbered, sent, receipted],
  [draft, remarked, back, again, givenUp],
  [draft, passed, passed, graded(0), started],
);
const ending = fc.constantFrom<readonly Step[]>([], [ended], [ended, ...closing]);

/** What happens after the report, from beginning to end or not so far. */
export const STEPS: fc.Arbitrary<readonly Step[]> = fc
  .tuple(some(5), beginning, some(14), beginning, some(10), ending, some(8))
  .map((parts) => parts.flat());

export interface Life {
  readonly scene: number;
  /** When it is reported. */
  readonly from: Instant;
  readonly by: Pick<Step, 'who' | 'room'>;
  readonly report: typeof REPORTED extends fc.Arbitrary<infer R> ? R : never;
  readonly steps: readonly Step[];
  /** Does the clock ring at each moment that comes, or only when it is asked to? */
  readonly prompt: boolean;
}

export const LIVES: fc.Arbitrary<Life> = fc.record({
  scene: fc.nat({ max: SCENES.length - 1 }),
  from: fc.nat({ max: 24 * 60 - 1 }).map((minute) => clock('00:00') + minute * MINUTE),
  by: fc.record({ who, room }),
  report: REPORTED,
  steps: STEPS,
  prompt: fc.boolean(),
});

export interface Moment {
  readonly before: IncidentState | null;
  readonly envelope: Envelope;
  readonly decision: Decision;
  readonly recorded: readonly Recorded<IncidentEvent>[];
  readonly after: IncidentState | null;
  /** As reckoned from one state to the next, the way the program does it. */
  readonly rows: readonly Deadline[];
}

export interface Lived {
  readonly scene: Scene;
  readonly moments: readonly Moment[];
  readonly history: readonly Recorded<IncidentEvent>[];
  readonly state: IncidentState | null;
}

/** So many rings between two acts of people at most; what is left rings with the next. */
const RINGS_AT_MOST = 8;

/** Lives one incident through, everything frozen: whoever changes what was given in place fails here. */
export function live(life: Life): Lived {
  const scene = SCENES[life.scene] ?? SCENES[0];
  if (scene === undefined) throw new Error('there is no plan');
  const moments: Moment[] = [];
  const history: Recorded<IncidentEvent>[] = [];
  let state: IncidentState | null = null;
  let at = life.from;
  const act = (command: IncidentCommand, person: string | null, where: string | null): void => {
    const actor = { person, room: where, conversation: `chat-${where ?? person}` };
    const envelope = frozen({ command, actor, at, seed: `s${moments.length}` });
    const before = frozen(state);
    const decision = frozen(decide(scene, before, envelope));
    const events = decision.is === 'events' ? decision.events : [];
    const recorded = events.map((event, i) => frozen({ version: history.length + 1 + i, at, event }));
    state = recorded.reduce<IncidentState | null>(evolve, state);
    history.push(...recorded);
    moments.push({ before, envelope, decision, recorded, after: state, rows: state === null ? [] : deadlines(scene.rules, state) });
  };
  const person = 'able' in life.by.who ? 'duty1' : life.by.who.person;
  act(life.report(scene, at), person, life.by.room);
  for (const step of life.steps) {
    const until = at + step.later;
    for (let i = 0; life.prompt && i < RINGS_AT_MOST && state !== null; i += 1) {
      const due: readonly Deadline[] = deadlines(scene.rules, state).filter((d) => d.nextAt !== null && d.nextAt <= until);
      if (due.length === 0) break;
      at = Math.max(at, Math.min(...due.map((d) => d.nextAt ?? until)));
      act(ring(...due.map((d) => d.key)), null, null);
    }
    at = until;
    if (state === null) break;
    const seen: Seen = { ...scene, state, at };
    const command = commandOf(step, seen);
    act(command, 'able' in step.who ? ableOf(seen, command, step.who.able) : step.who.person, step.room);
  }
  return { scene, moments, history, state };
}

/** What is said of all that is wanted. */
export function commandOf({ wants, stubborn }: Step, seen: Seen): IncidentCommand {
  const possible = wants.find(({ type }) => !(type in POSSIBLE) || POSSIBLE[type as keyof typeof POSSIBLE].includes(seen.state.status));
  const chosen = (stubborn ? undefined : possible) ?? wants[0];
  if (chosen === undefined) throw new Error('nothing is wanted');
  return chosen.want(seen);
}

/** Whoever is asked, for an answer; else whom a stranger is sent to who wants the same; else the officer on duty. */
export function ableOf({ state, at, ...scene }: Seen, command: IncidentCommand, n: number): string {
  const pick = (among: readonly string[]): string | undefined => among[n % among.length];
  const asks = Object.values(state.asks);
  if (command.type === 'Acknowledge' || command.type === 'CannotCome')
    return pick(openAsks(state).map((ask) => ask.person)) ?? pick(asks.map((ask) => ask.person)) ?? 'duty1';
  if (command.type === 'WithdrawAcknowledgement')
    return pick(asks.flatMap((ask) => (ask.answer === 'acknowledged' ? [ask.person] : []))) ?? 'duty1';
  const stranger = decide(scene, state, { command, actor: { person: 'guest1', room: null, conversation: '' }, at, seed: 'able' });
  return (stranger.is === 'refusal' ? pick(stranger.whom) : undefined) ?? (n % 2 === 0 ? 'duty1' : 'leader1');
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
