/** Whatever was done to an incident: its events alone, read back, make the state that was saved. */
import { expect, test } from '@jest/globals';
import { deadlines } from '../../src/core/deadlines/deadlines';
import type { Approvable, IncidentCommand } from '../../src/core/incident/commands';
import type { IncidentState } from '../../src/core/incident/state';
import { MINUTE } from '../../src/core/instant';
import { INCIDENT, type KnownIncident, peekIncident } from '../../src/handlers/incident';
import { recall } from '../../src/handlers/recall';
import type { World } from '../../src/store/memory';
import { jsonb } from '../../src/store/memory/jsonb';
import {
  activate,
  changeLevel,
  changeResponseLevel,
  clock,
  dismiss,
  NOTHING_TOLD,
  nameStandIn,
  progress,
  propose,
  ROSTER,
  RULES,
  received,
  reopen,
  report,
  ring,
  setLevel,
  supplement,
  terminate,
  told,
  transfer,
  words,
} from '../core/builders';
import { createRandom, type Random } from '../simulation/random';
import { inside } from '../store/contract/builders';
import { type Office, openImaginedOffice } from './office';

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);
const ACTS = 80;
/** What all runs together must have met, so that a run of refusals is not taken for a proof. */
const LEAST = { events: 700, types: 30 };

test('for random histories the events read back make the saved state, and the rows are those of that state', async () => {
  const met = new Set<string>();
  let count = 0;
  for (const seed of SEEDS) {
    const { office, world } = openImaginedOffice();
    await live(office, createRandom(seed));
    await compare(office, world, seed);
    for (const event of world.rows.events.values()) met.add(event.type);
    count += world.rows.events.size;
  }
  expect(count).toBeGreaterThan(LEAST.events);
  expect(met.size).toBeGreaterThanOrEqual(LEAST.types);
}, 60_000);

async function live(office: Office, random: Random): Promise<void> {
  office.now = clock('09:00');
  await office.act('s1', 'duty1', report({ facts: random.chance(0.5) ? [people(40)] : [] }));
  for (let i = 0; i < ACTS; i++) {
    office.now += random.int(0, 25) * MINUTE;
    const seen = await inside(office.deps.store, (tx) => peekIncident(tx, 's1'));
    const { who, command } = anything(random, office, seen);
    await office.act('s1', who, command, { room: random.pick(['duty', 'hq', 'county-hubin', null]) });
  }
}

const people = (value: number) => ({ measure: 'people', interval: { min: value, max: value }, spans: [] });
const PERSONS = [...ROSTER.people.keys()];

function anything(
  random: Random,
  office: Office,
  seen: KnownIncident | null,
): { readonly who: string | null; readonly command: IncidentCommand } {
  const state = seen?.state;
  if (state === null || state === undefined) throw new Error('the incident is gone');
  if (random.chance(0.2)) return { who: null, command: ring(...deadlines(RULES, state).map((d) => d.key)) };
  const asked = Object.values(state.asks).map((ask) => ask.person);
  const who = random.pick(['duty1', 'leader1', 'director', 'director', 'deputy1', random.pick([...asked, 'hubin1']), random.pick(PERSONS)]);
  if (random.chance(0.03)) return { who: 'director', command: random.pick(endings)(random, state, office.now) };
  return { who, command: random.pick(random.pick([often, often, seldom]))(random, state, office.now) };
}

type Want = (random: Random, state: IncidentState, now: number) => IncidentCommand;

const often: readonly Want[] = [
  () => received(),
  () => progress(),
  (random) =>
    supplement({
      how: random.pick(['supplement', 'correction']),
      facts: [people(random.int(1, 90))],
      fields: { ...NOTHING_TOLD, district: told('湖滨区') },
    }),
  (random) => setLevel(random.int(1, 4)),
  () => activate(),
  (random) => changeLevel(random.int(1, 4)),
  (_random, _state, now) => ({ type: 'GiveTask', owner: 'inv1', what: words('task'), dueAt: now + 90 * MINUTE }),
  (random, { tasks }) => ({
    type: 'CompleteTask',
    task: random.pick([...Object.keys(tasks), 'none']),
    text: words('done'),
    evidence: ['photo'],
  }),
  (random, state, now) => ({
    ...{ type: 'MeetObligation', key: random.pick([...deadlines(RULES, state).map((d) => d.key), 'none']), lines: [] },
    ...{ doneAt: now, text: words('sent'), lateReason: words('late') },
  }),
];

const seldom: readonly Want[] = [
  (random) => propose(random.int(1, 4)),
  (random) => changeResponseLevel(random.int(1, 4)),
  () => ({ type: 'StartVerification' }),
  (random) => ({ type: 'VerifyFacts', outcome: random.pick(['confirmed', 'refuted']), text: words('facts') }),
  (random) => ({ type: 'FlagSensitivity', on: random.chance(0.5), reason: words('why') }),
  (random) => ({ type: 'RecordFigures', facts: [people(random.int(1, 90))], verified: true, source: words('source') }),
  () => ({ type: 'WithdrawAcknowledgement' }),
  () => ({ type: 'CannotCome', reason: words('why') }),
  (random, { tasks }) => ({ type: 'ReturnTask', task: random.pick([...Object.keys(tasks), 'none']), reason: words('why') }),
  (_random, _state, now) => ({
    ...{ type: 'ReceiveDirective', leader: 'director', words: words('directive'), assignee: 'leader1' },
    ...{ receivedAt: now, dueAt: now + 120 * MINUTE },
  }),
  (random, { directives }) => ({ type: 'AnswerDirective', id: random.pick([...Object.keys(directives), 'none']), text: words('answer') }),
  (_random, _state, now) => ({ type: 'LogPhone', party: null, spokeWith: words('whom'), calledAt: now, words: words('call') }),
  (random, state) => ({
    type: 'WaiveObligation',
    key: random.pick([...deadlines(RULES, state).map((d) => d.key), 'none']),
    reason: words('why'),
  }),
  () => nameStandIn('deputy1'),
  () => ({ type: 'EndStandIn', person: 'deputy1' }),
  (_random, _state, now) => ({ type: 'ConfirmLevel', rank: 2, who: words('whom'), confirmedAt: now, confirmed: true }),
  () => ({ type: 'IssueWarning', rank: null, text: words('warning') }),
  () => ({ type: 'LiftWarning', text: words('warning') }),
  () => ({ type: 'ProposeTermination', grounds: [], reason: words('why') }),
  () => ({ type: 'RefuseTermination', reason: words('why') }),
  () => reopen(),
  () => ({ type: 'ReturnTransfer', reason: words('why') }),
  (_random, _state, now) => ({ type: 'RecordReceipt', who: words('whom'), receivedAt: now }),
  (_random, _state, now) => ({ type: 'TransferCommand', organ: words('organ'), takenAt: now }),
  (random, _state, now) => ({
    ...{ type: 'RecordOralApproval', act: random.pick([activate(), setLevel(2), terminate()]) as Approvable, who: 'director' },
    ...{ approvedAt: now, words: words('approval'), heardBy: ['duty1'] },
  }),
  (random, { approvals }) => ({
    type: 'ConfirmOralApproval',
    id: random.pick([...Object.keys(approvals), 'none']),
    text: words('confirmed'),
  }),
  () => ({ type: 'SplitIncident', off: 2, reason: words('why') }),
  (_random, _state, now) => ({ type: 'AbsorbIncident', n: 3, receivedAt: now, text: words('other') }),
];

const endings: readonly Want[] = [
  () => ({ type: 'StartMonitoring', reason: words('why') }),
  () => terminate(),
  () => dismiss(),
  () => transfer(),
  () => ({ type: 'StartReview' }),
];

async function compare(office: Office, world: World, seed: number): Promise<void> {
  const row = await office.row('s1');
  const told = await inside(office.deps.store, (tx) =>
    recall(INCIDENT, { ...row, stateV: 0 }, (after, limit) => tx.events('s1', after, limit)),
  );
  expect({ seed, state: jsonb(told) }).toEqual({ seed, state: row.state });
  const wanted = new Map((told === null ? [] : deadlines(RULES, told)).map((d) => [d.key, d]));
  const rows = [...world.rows.deadlines.values()].map(({ stream: _, ...deadline }) => deadline);
  expect({ seed, rows: byKey(rows.filter((d) => wanted.has(d.key))) }).toEqual({ seed, rows: byKey([...wanted.values()]) });
  expect({ seed, forgotten: rows.filter((d) => d.status === 'open' && !wanted.has(d.key)) }).toEqual({ seed, forgotten: [] });
}

function byKey(rows: readonly { readonly key: string }[]): readonly object[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
}
