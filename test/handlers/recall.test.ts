/** A state in another shape is never looked at: it is folded anew from the events, and saved with the next act. */
import { describe, expect, test } from '@jest/globals';
import { deadlines } from '../../src/core/deadlines/deadlines';
import { STATE_V } from '../../src/core/incident/state';
import { catchUp } from '../../src/handlers/catchUp';
import { peekIncident } from '../../src/handlers/incident';
import { ringDeadlines } from '../../src/handlers/ringDeadlines';
import type { StreamRow } from '../../src/ports/streams';
import type { World } from '../../src/store/memory';
import { jsonb } from '../../src/store/memory/jsonb';
import { activate, clock, progress, RULES, received, report, setLevel } from '../core/builders';
import { deadline, inside } from '../store/contract/builders';
import { type Office, openImaginedOffice } from './office';

/** At 09:15 the response of Ⅲ has begun. */
async function responding(): Promise<{ office: Office; world: World; reads: () => number }> {
  let reads = 0;
  const { office, world } = openImaginedOffice((tx) => ({
    events: (...asked) => {
      reads += 1;
      return tx.events(...asked);
    },
  }));
  office.now = clock('09:00');
  await office.act('s1', 'duty1', report());
  office.now = clock('09:10');
  await office.act('s1', 'director', setLevel(3));
  office.now = clock('09:15');
  await office.act('s1', 'director', activate());
  return { office, world, reads: () => reads };
}

/** What was put right may ring at once, but not for ever. */
async function untilNothingRings({ deps }: Office): Promise<void> {
  const ends = [];
  for (let i = 0; i < 3; i++) ends.push((await ringDeadlines(deps, ['s1']))[0]);
  expect(ends.at(-1)).toBe('idle');
}

function spoil(world: World, row: StreamRow, stateV: number): void {
  const stored = world.rows.streams.get(row.id);
  if (stored !== undefined) world.rows.streams.set(row.id, { ...stored, state: { of: 'another shape' }, stateV });
}

describe.each([
  ['an older', STATE_V - 1],
  ['a newer', STATE_V + 1],
])('a state that %s program saved', (_whose, stateV) => {
  test('is folded anew for an act, and saved with it in the shape of this program', async () => {
    const { office, world } = await responding();
    spoil(world, await office.row('s1'), stateV);
    office.now = clock('09:20');
    const done = await office.act('s1', 'coord1', received(), { room: 'hq' });
    const row = await office.row('s1');
    expect(done).toMatchObject({ is: 'done', version: row.version });
    expect(row.stateV).toBe(STATE_V);
    expect(row.state).toEqual(done.is === 'done' ? jsonb(done.state) : null);
    expect(row).toMatchObject({ status: 'responding', state: { n: 1, levels: [{ rank: 3 }], activated: { rank: 3 } } });
  });

  test('is never seen by who only looks, and looking changes nothing', async () => {
    const { office, world } = await responding();
    const before = (await office.row('s1')).state;
    spoil(world, await office.row('s1'), stateV);
    const spoiled = await office.row('s1');
    const seen = await inside(office.deps.store, (tx) => peekIncident(tx, 's1'));
    expect(jsonb(seen?.state)).toEqual(before);
    expect(await office.row('s1')).toEqual(spoiled);
  });

  test('is left alone by an act that is refused', async () => {
    const { office, world } = await responding();
    spoil(world, await office.row('s1'), stateV);
    const spoiled = await office.row('s1');
    expect(await office.act('s1', 'director', activate())).toMatchObject({ is: 'refusal', code: 'already_activated' });
    expect(await office.row('s1')).toEqual(spoiled);
  });
});

test('as long as the shapes agree no event is read', async () => {
  const { office, reads } = await responding();
  office.now = clock('09:30');
  await office.act('s1', 'coord1', progress(), { room: 'hq' });
  await inside(office.deps.store, (tx) => peekIncident(tx, 's1'));
  expect(await ringDeadlines(office.deps, ['s1'])).toEqual(['rang']);
  expect(reads()).toBe(0);
});

test('with the fold anew all deadlines are put right: those that were missing are there, those nobody knows any more are silent', async () => {
  const { office, world } = await responding();
  const mine = () => [...world.rows.deadlines.values()].filter((d) => d.stream === 's1');
  for (const { key } of mine()) world.rows.deadlines.delete(`s1/${key}`);
  world.rows.deadlines.set('s1/outdated', { ...deadline({ key: 'outdated', nextAt: clock('09:16') }), stream: 's1' });
  spoil(world, await office.row('s1'), 1);
  office.now = clock('09:20');
  expect(await ringDeadlines(office.deps, ['s1'])).toEqual(['rang']);
  const state = (await inside(office.deps.store, (tx) => peekIncident(tx, 's1')))?.state;
  const wanted = state ? deadlines(RULES, state) : [];
  expect(wanted.length).toBeGreaterThan(5);
  expect(mine().filter((d) => d.key !== 'outdated')).toEqual(expect.arrayContaining(wanted.map((d) => ({ ...d, stream: 's1' }))));
  expect(mine()).toHaveLength(wanted.length + 1);
  expect(world.rows.deadlines.get('s1/outdated')).toMatchObject({ status: 'void', nextAt: null });
  await untilNothingRings(office);
});

test('a ring that nobody knows any more falls silent, whatever shape the state has', async () => {
  const { office, world } = await responding();
  world.rows.deadlines.set('s1/outdated', { ...deadline({ key: 'outdated', nextAt: clock('09:16') }), stream: 's1' });
  office.now = clock('09:16');
  await untilNothingRings(office);
  expect(world.rows.deadlines.get('s1/outdated')).toMatchObject({ status: 'void', nextAt: null });
});

describe('an event this program cannot read', () => {
  const refused: readonly (readonly [string, (world: World) => void, RegExp])[] = [
    ['of a newer version', (world) => change(world, 2, (body) => body.replace('"v":2', '"v":3')), /s1, version 2: LevelSet v3/],
    [
      'of a newer kind',
      (world) => change(world, 3, (body) => body.replace('ResponseActivated', 'ResponseAutomated')),
      /s1, version 3: Resp.*Automated v1/,
    ],
    ['that is missing', (world) => void world.rows.events.delete('s1/2'), /s1: event 2 is missing/],
    ['that is missing at the end', (world) => void world.rows.events.delete('s1/4'), /s1: event 4 of 4 is missing/],
  ];
  test.each(refused)('%s is a fault that names it, and nothing is written', async (_which, change, named) => {
    const { office, world } = await responding();
    spoil(world, await office.row('s1'), 1);
    change(world);
    const before = world.revision;
    await expect(office.act('s1', 'coord1', received(), { room: 'hq' })).rejects.toThrow(named);
    await expect(inside(office.deps.store, (tx) => peekIncident(tx, 's1'))).rejects.toThrow(named);
    expect(world.revision).toBe(before);
  });
});

test('after a change of program all incidents under way are saved anew; one that cannot be read is told of and left', async () => {
  const { office, world } = await responding();
  await office.act('s2', 'duty1', report({ n: 2 }));
  for (const id of ['s1', 's2']) spoil(world, await office.row(id), STATE_V - 1);
  change(world, 2, (body) => body.replace('"v":2', '"v":3'));
  const told: object[] = [];
  const log = { ...office.deps.log, error: (fields: object) => void told.push(fields) };
  expect(await catchUp({ ...office.deps, log })).toBe(1);
  expect(told).toMatchObject([{ stream: 's1' }]);
  expect((await office.row('s2')).stateV).toBe(STATE_V);
  expect((await office.row('s1')).stateV).toBe(STATE_V - 1);
});

function change(world: World, version: number, of: (body: string) => string): void {
  const stored = world.rows.events.get(`s1/${version}`);
  if (stored === undefined) throw new Error(`no event ${version}`);
  world.rows.events.set(`s1/${version}`, { ...stored, body: of(stored.body) });
}
