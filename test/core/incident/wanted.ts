/** Everything people and the clock can want of an incident, at random: mostly of things there are, sometimes of things there are not. */
import fc from 'fast-check';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { Suggestion } from '../../../src/core/grading/suggest';
import type { Approvable, CommandOf, IncidentCommand } from '../../../src/core/incident/commands';
import { recipientsOf } from '../../../src/core/incident/decide/obligations';
import type { Scene } from '../../../src/core/incident/decide/scene';
import { POSSIBLE } from '../../../src/core/incident/lifecycle';
import type { IncidentState } from '../../../src/core/incident/state';
import type { Instant } from '../../../src/core/instant';
import { linesOf, type Rulebook } from '../../../src/core/plans/rulebook';
import { words } from '../builders';
import { ago, chosen, even, facts, fields, idsOf, level, minutes, nth, often, read, said, term, why } from './draws';
import { SIGN_PAPER, WANTED_PAPERS } from './wantedPapers';
import { ENTER_RECORD, OPEN_RECORD } from './wantedRecords';

/** What a person looks at when he wants something. */
export interface Seen extends Scene {
  readonly state: IncidentState;
  readonly at: Instant;
}

/** What he then wants. */
export type Want<C = IncidentCommand> = (seen: Seen) => C;
type Later = Exclude<IncidentCommand, { type: 'ReportIncident' }>;

/** How a life begins. */
export const REPORTED: fc.Arbitrary<(scene: Scene, at: Instant) => CommandOf<'ReportIncident'>> = fc
  .record({ fields, read, rank: level, category: chosen, before: minutes(30), split: often })
  .map((r) => ({ rules }, at) => ({
    type: 'ReportIncident',
    n: 1,
    receivedAt: at - r.before,
    text: words('report'),
    fields: r.fields(at),
    facts: r.read(rules),
    suggestion: suggestion(rules, r.rank(rules), r.category(idsOf(rules.pack.categories))),
    ...(r.split ? {} : { splitFrom: 7 }),
  }));

function suggestion({ pack }: Rulebook, rank: number, category: string): Suggestion {
  const known = pack.levels.some((l) => l.rank === rank) ? rank : null;
  return { plan: pack.pack, category: category === 'none' ? null : category, categoryGround: null, rank: known, grounds: [] };
}

/** A command type with what is drawn for it, and how that becomes a command once it is seen how matters stand. */
const drawn = <T, C>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }, make: (parts: T, seen: Seen) => C) =>
  fc.record(parts).map(
    (of): Want<C> =>
      (seen) =>
        make(of as T, seen),
  );
const plain = <C extends IncidentCommand>(command: C): fc.Arbitrary<Want<C>> => fc.constant(() => command);
const reasoned = <T extends Later['type']>(type: T) => drawn({ reason: why }, ({ reason }) => ({ type, reason }));
const decided = <T extends Later['type']>(type: T) =>
  drawn({ reason: why, confirmed: often }, ({ reason, confirmed }) => ({ type, reason, confirmed }));
const ranked = <T extends Later['type']>(type: T) =>
  drawn({ rank: level, reason: why, confirmed: often }, ({ rank, reason, confirmed }, { rules }) => ({
    ...{ type, rank: rank(rules) },
    ...{ reason, confirmed },
  }));

const APPROVABLE: { readonly [T in Approvable['type']]: fc.Arbitrary<Want<CommandOf<T>>> } = {
  SetLevel: ranked('SetLevel'),
  ChangeLevel: ranked('ChangeLevel'),
  ChangeResponseLevel: ranked('ChangeResponseLevel'),
  ActivateResponse: drawn({ trigger: chosen, named: even, confirmed: often }, ({ trigger, named, confirmed }, { rules, state }) => {
    const { triggers } = rules.pack.activation;
    const wanted = triggers.length > 0 && (named || state.assessed === null);
    return { type: 'ActivateResponse', confirmed, ...(wanted ? { trigger: trigger(idsOf(triggers)) } : {}) };
  }),
  TerminateResponse: drawn(
    { all: often, said: even, reason: why, confirmed: often },
    ({ all, said: named, reason, confirmed }, { rules, state }) => {
      const grounds = all ? idsOf(rules.pack.termination.criteria) : ['none'];
      return { type: 'TerminateResponse', reason, confirmed, ...(named || state.termination === null ? { grounds } : {}) };
    },
  ),
  ReopenIncident: reasoned('ReopenIncident'),
  DismissIncident: decided('DismissIncident'),
  TransferIncident: drawn({ organ: chosen, reason: why, confirmed: often }, ({ organ, reason, confirmed }, { rules }) => ({
    ...{ type: 'TransferIncident', organ: organ(idsOf(rules.pack.parties)) },
    ...{ reason, confirmed },
  })),
  SignPaper: SIGN_PAPER,
};

/** One arbitrary for every command there is but the first: a command that is new and missing here does not compile. */
export const WANTED: { readonly [T in Later['type']]: fc.Arbitrary<Want<CommandOf<T>>> } = {
  ...APPROVABLE,
  ...WANTED_PAPERS,
  SupplementIncident: drawn({ correction: even, fields, read }, ({ correction, fields: of, read: figures }, { rules, at }) => ({
    type: 'SupplementIncident',
    how: correction ? 'correction' : 'supplement',
    text: words('more'),
    fields: of(at),
    facts: figures(rules),
  })),
  ReportProgress: plain({ type: 'ReportProgress', text: words('progress') }),
  CheckReading: plain({ type: 'CheckReading' }),
  StartVerification: plain({ type: 'StartVerification' }),
  WidenExposure: plain({ type: 'WidenExposure' }),
  AssessRetention: drawn({ hold: even, ahead: ago, reason: why, confirmed: often }, ({ hold, ahead, reason, confirmed }, { at }) => ({
    ...{ type: 'AssessRetention', decision: hold ? 'hold' : 'purge', until: hold ? at + ahead : null },
    ...{ reason, confirmed },
  })),
  RecordPurge: plain({ type: 'RecordPurge', texts: 7, messages: 3, payloads: 20 }),
  RevealWords: drawn({ report: even, reason: why }, ({ report, reason }) => ({
    ...{ type: 'RevealWords', what: report ? { is: 'report' } : { is: 'phone', person: 'site1' } },
    reason,
  })),
  VerifyFacts: drawn({ true: often, text: said('facts') }, ({ true: is, text }) => ({
    ...{ type: 'VerifyFacts', outcome: is ? 'confirmed' : 'refuted' },
    text,
  })),
  FlagSensitivity: drawn({ other: often, reason: why }, ({ other, reason }, { state }) => ({
    ...{ type: 'FlagSensitivity', on: other !== state.sensitive },
    reason,
  })),
  RecordFigures: drawn({ facts, verified: even, source: said('source') }, ({ facts: make, verified, source }, { rules }) => ({
    ...{ type: 'RecordFigures', facts: make(rules) },
    ...{ verified, source },
  })),
  ProposeAssessment: drawn(
    { category: fc.option(chosen), rank: fc.option(level), trigger: chosen, text: said('assessment') },
    ({ category, rank, trigger, text }, { rules, rules: { pack } }) => ({
      type: 'ProposeAssessment',
      category: category?.(idsOf(pack.categories)) ?? null,
      rank: pack.level_scheme === 'none' ? null : (rank?.(rules) ?? null),
      trigger: pack.activation.triggers.length === 0 ? null : trigger(idsOf(pack.activation.triggers)),
      text,
    }),
  ),
  ConfirmLevel: drawn(
    { other: often, rank: level, who: said('whom'), ago, confirmed: often },
    ({ other, rank, who, ago: before, confirmed }, { rules, state, at }) => ({
      type: 'ConfirmLevel',
      rank: other ? (state.levels.at(-1)?.rank ?? rank(rules)) : rank(rules),
      who,
      confirmedAt: at - before,
      confirmed,
    }),
  ),
  IssueWarning: drawn({ rank: fc.constantFrom(null, null, 1, 9), text: said('warning') }, ({ rank, text }) => ({
    ...{ type: 'IssueWarning', rank },
    text,
  })),
  LiftWarning: drawn({ text: why }, ({ text }) => ({ type: 'LiftWarning', text })),
  TransferCommand: drawn({ organ: said('organ'), ago }, ({ organ, ago: before }, { at }) => ({
    ...{ type: 'TransferCommand', organ },
    takenAt: at - before,
  })),
  NameStandIn: drawn(
    { person: fc.constantFrom('deputy1', 'net1', 'net2', 'cons1', 'director'), reason: why, confirmed: often },
    ({ person, reason, confirmed }) => ({ type: 'NameStandIn', person, standsFor: null, reason, confirmed }),
  ),
  EndStandIn: drawn({ person: chosen }, ({ person }, { state }) => ({
    ...{ type: 'EndStandIn', person: person(state.standIn === null ? [] : [state.standIn.person]) },
  })),
  RecordOralApproval: drawn(
    {
      acts: fc.array(fc.oneof(...Object.values<fc.Arbitrary<Want<Approvable>>>(APPROVABLE)), { minLength: 3, maxLength: 3 }),
      who: fc.constantFrom('director', 'director', 'director', 'deputy1', 'deputy2', 'leader1', 'log2'),
      ago,
      words: said('approval'),
    },
    ({ acts, who, ago: before, words: spoken }, seen) => ({
      ...{ type: 'RecordOralApproval', act: possibleOf(acts, seen), who },
      ...{ approvedAt: seen.at - before, words: spoken, heardBy: ['duty1'] },
    }),
  ),
  ConfirmOralApproval: drawn({ id: chosen, text: said('confirmed') }, ({ id, text }, { state }) => ({
    ...{ type: 'ConfirmOralApproval', id: id(Object.keys(state.approvals)) },
    text,
  })),
  StartMonitoring: reasoned('StartMonitoring'),
  RecordReceipt: drawn({ who: said('whom'), ago }, ({ who, ago: before }, { at }) => ({
    ...{ type: 'RecordReceipt', who },
    receivedAt: at - before,
  })),
  ReturnTransfer: reasoned('ReturnTransfer'),
  MergeInto: drawn({ n: fc.constantFrom(1, 2, 3), reason: why, confirmed: often }, ({ n, reason, confirmed }) => ({
    ...{ type: 'MergeInto', n },
    ...{ reason, confirmed },
  })),
  AbsorbIncident: drawn({ n: fc.constantFrom(1, 2, 3, 4), before: minutes(120) }, ({ n, before }, { at }) => ({
    ...{ type: 'AbsorbIncident', n },
    ...{ receivedAt: at - before, text: words('other') },
  })),
  SplitIncident: drawn({ off: fc.constantFrom(1, 5, 6), reason: why }, ({ off, reason }) => ({ type: 'SplitIncident', off, reason })),
  ProposeTermination: drawn({ all: often, reason: why }, ({ all, reason }, { rules }) => ({
    ...{ type: 'ProposeTermination', grounds: all ? idsOf(rules.pack.termination.criteria) : ['none'] },
    reason,
  })),
  RefuseTermination: reasoned('RefuseTermination'),
  StartReview: plain({ type: 'StartReview' }),
  ArchiveIncident: plain({ type: 'ArchiveIncident' }),
  Acknowledge: drawn({ quoted: fc.option(nth), click: even }, ({ quoted, click }, { state }) => {
    const calls = Object.values(state.asks).map((ask) => ask.version);
    return {
      ...{ type: 'Acknowledge', call: quoted === null ? null : (calls[quoted % (calls.length + 1)] ?? 0) },
      via: click ? 'click' : 'text',
    };
  }),
  WithdrawAcknowledgement: plain({ type: 'WithdrawAcknowledgement' }),
  CannotCome: drawn({ reason: why }, ({ reason }) => ({ type: 'CannotCome', reason })),
  RingDeadlines: drawn({ all: even }, ({ all }, { rules, state, at }) => {
    const due = deadlines(rules, state).filter((d) => all || (d.nextAt !== null && d.nextAt <= at));
    return { type: 'RingDeadlines', keys: due.map((d) => d.key) };
  }),
  ReportUnreached: drawn(
    { person: nth, by: fc.constantFrom('chat', 'room', 'sms', 'voice'), code: fc.constantFrom('carrier_down', 'quota', 'unreachable') },
    ({ person, by, code }, { roster }) => ({
      type: 'ReportUnreached',
      tried: [{ person: [...roster.people.keys()][person % roster.people.size] ?? 'none', by, code }],
    }),
  ),
  GiveTask: drawn(
    { owner: nth, known: often, what: said('task'), due: fc.option(term) },
    ({ owner, known, what, due }, { roster, at }) => ({
      type: 'GiveTask',
      owner: known ? ([...roster.people.keys()][owner % roster.people.size] ?? 'none') : 'none',
      what,
      dueAt: due === null ? null : at + due,
    }),
  ),
  CompleteTask: drawn({ task: chosen, text: said('done'), photo: often }, ({ task, text, photo }, { state }) => ({
    ...{ type: 'CompleteTask', task: task(Object.keys(state.tasks)), text },
    evidence: photo ? ['photo'] : [],
  })),
  ReturnTask: drawn({ task: chosen, reason: why }, ({ task, reason }, { state }) => {
    const done = Object.values(state.tasks).filter((t) => t.doneAt !== null);
    return { type: 'ReturnTask', task: task(done.length > 0 ? idsOf(done) : Object.keys(state.tasks)), reason };
  }),
  ReassignTask: drawn({ task: chosen, owner: nth, known: often, reason: why }, ({ task, owner, known, reason }, { roster, state }) => ({
    type: 'ReassignTask',
    task: task(Object.keys(state.tasks)),
    owner: known ? ([...roster.people.keys()][owner % roster.people.size] ?? 'none') : 'none',
    reason,
  })),
  CheckTask: drawn({ task: chosen, text: said('check') }, ({ task, text }, { state }) => {
    const done = Object.values(state.tasks).filter((t) => t.doneAt !== null && (t.checkedAt ?? null) === null);
    return { type: 'CheckTask', task: task(done.length > 0 ? idsOf(done) : Object.keys(state.tasks)), text };
  }),
  AddMember: drawn({ person: nth, group: fc.option(chosen) }, ({ person, group }, { roster, rules }) => ({
    type: 'AddMember',
    person: [...roster.people.keys()][person % roster.people.size] ?? 'none',
    group: group?.(idsOf(rules.pack.groups)) ?? null,
  })),
  RemoveMember: drawn({ person: chosen, reason: why }, ({ person, reason }, { state }) => {
    const called = Object.values(state.asks).flatMap((ask) => (ask.kind === 'call_out' ? [ask.person] : []));
    return { type: 'RemoveMember', person: person([...called, ...Object.keys(state.members ?? {})]), reason };
  }),
  ReceiveDirective: drawn(
    {
      leader: fc.constantFrom('director', 'director', 'deputy1', 'deputy2', 'site1'),
      words: said('directive'),
      to: fc.constantFrom(null, 'leader1', 'hubin1', 'site2', 'cons2', 'guest1'),
      ago,
      due: fc.option(term),
    },
    ({ leader, words: spoken, to, ago: before, due }, { at }) => ({
      ...{ type: 'ReceiveDirective', leader, words: spoken, assignee: to },
      ...{ receivedAt: at - before, dueAt: due === null ? null : at + due },
    }),
  ),
  AnswerDirective: drawn({ id: chosen, text: said('answer') }, ({ id, text }, { state }) => ({
    ...{ type: 'AnswerDirective', id: id(Object.keys(state.directives)) },
    text,
  })),
  LogPhone: drawn(
    { party: fc.option(chosen), spokeWith: said('whom'), toLeader: even, ago, words: said('call') },
    ({ party, spokeWith, toLeader, ago: before, words: spoken }, { rules, at }) => ({
      ...{ type: 'LogPhone', party: party?.(idsOf(rules.pack.parties)) ?? null, spokeWith },
      ...{ ...(toLeader ? { person: 'leader1' } : {}), calledAt: at - before, words: spoken },
    }),
  ),
  MeetObligation: drawn(
    { key: chosen, open: often, part: even, ago, text: said('sent'), lateReason: said('late') },
    ({ key, open, part, ago: before, text, lateReason }, { rules, state, at }) => {
      const rows = deadlines(rules, state).filter((d) => !open || d.status === 'open');
      const met = key(rows.filter((d) => !open || !OWN.some((kind) => d.kind === kind)).map((d) => d.key));
      const lines = missingLines(rules, state, met);
      const doneAt = at - before;
      return { type: 'MeetObligation', key: met, lines: part ? lines.slice(0, 1) : lines, doneAt, text, lateReason };
    },
  ),
  OpenRecord: OPEN_RECORD,
  EnterRecord: ENTER_RECORD,
  WaiveObligation: drawn({ key: chosen, reason: why }, ({ key, reason }, { rules, state }) => {
    const open = deadlines(rules, state).filter((d) => d.status === 'open');
    return { type: 'WaiveObligation', key: key(open.map((d) => d.key)), reason };
  }),
};

/** What is answered or decided, not ticked off: seldom tried. */
const OWN = ['duty_ack', 'task_ack', 'group_ack', 'activate', 'assess', 'task_done', 'oral_backfill', 'directive_feedback'];

/** Recipients still to be served by what is owed; where one will do, the first. */
export function missingLines(rules: Rulebook, state: IncidentState, key: string): readonly string[] {
  const kind = key.split(':')[0] ?? key;
  const served = state.met[key]?.lines ?? [];
  const needed = linesOf(rules, kind).filter((line) => !served.includes(line));
  return needed.length > 0 ? needed : recipientsOf(rules, kind).slice(0, 1);
}

/** Mostly something is approved that can be done now. */
function possibleOf(acts: readonly Want<Approvable>[], seen: Seen): Approvable {
  const wanted = acts.map((act) => act(seen));
  const found = wanted.find(({ type }) => POSSIBLE[type].includes(seen.state.status)) ?? wanted[0];
  if (found === undefined) throw new Error('nothing is approved');
  return found;
}
