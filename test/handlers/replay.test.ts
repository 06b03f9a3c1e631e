/** Whatever was done to an incident: its events alone, read back, make the state that was saved. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadlines } from '../../src/core/deadlines/deadlines';
import { INCIDENT, peekIncident } from '../../src/handlers/incident';
import { recall } from '../../src/handlers/recall';
import type { World } from '../../src/store/memory';
import { jsonb } from '../../src/store/memory/jsonb';
import { clock, ROSTER, RULES, report } from '../core/builders';
import { ableOf, commandOf, STEPS, type Step } from '../core/incident/lives';
import { inside } from '../store/contract/builders';
import { type Office, openImaginedOffice } from './office';

const SEED = 20260311;
const LIVES = fc.sample(STEPS, { seed: SEED, numRuns: 90 });
/** What all runs together must have met, so that a run of refusals is not taken for a proof. */
const LEAST = { events: 700, types: 30 };

test('for random histories the events read back make the saved state, and the rows are those of that state', async () => {
  const met = new Set<string>();
  let count = 0;
  for (const [nth, steps] of LIVES.entries()) {
    const { office, world } = openImaginedOffice();
    await live(office, steps);
    await compare(office, world, nth);
    for (const event of world.rows.events.values()) met.add(event.type);
    count += world.rows.events.size;
  }
  expect(count).toBeGreaterThan(LEAST.events);
  expect(met.size).toBeGreaterThanOrEqual(LEAST.types);
}, 60_000);

async function live(office: Office, steps: readonly Step[]): Promise<void> {
  office.now = clock('09:00');
  await office.act('s1', 'duty1', report());
  for (const step of steps) {
    office.now += step.later;
    const state = (await inside(office.deps.store, (tx) => peekIncident(tx, 's1')))?.state;
    if (state === null || state === undefined) throw new Error('the incident is gone');
    const seen = { rules: RULES, roster: ROSTER, state, at: office.now };
    const command = commandOf(step, seen);
    const who = 'able' in step.who ? ableOf(seen, command, step.who.able) : step.who.person;
    await office.act('s1', who, command, { room: step.room });
  }
}

async function compare(office: Office, world: World, nth: number): Promise<void> {
  const row = await office.row('s1');
  const versions = [...world.rows.events.values()].map((event) => event.version);
  expect({ nth, versions }).toEqual({ nth, versions: versions.map((_, i) => i + 1) });
  const told = await inside(office.deps.store, (tx) =>
    recall(INCIDENT, { ...row, stateV: 0 }, (after, limit) => tx.events('s1', after, limit)),
  );
  expect({ nth, state: jsonb(told) }).toEqual({ nth, state: row.state });
  const wanted = new Map((told === null ? [] : deadlines(RULES, told)).map((d) => [d.key, d]));
  const rows = [...world.rows.deadlines.values()].map(({ stream: _, ...deadline }) => deadline);
  expect({ nth, rows: byKey(rows.filter((d) => wanted.has(d.key))) }).toEqual({ nth, rows: byKey([...wanted.values()]) });
  expect({ nth, forgotten: rows.filter((d) => d.status === 'open' && !wanted.has(d.key)) }).toEqual({ nth, forgotten: [] });
}

function byKey(rows: readonly { readonly key: string }[]): readonly object[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
}
