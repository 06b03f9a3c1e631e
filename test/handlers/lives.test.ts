/** A shift and an entry of a register live on the same engine as an incident: decided, stored, rung and folded alike. */
import { expect, test } from '@jest/globals';
import { DAY, MINUTE } from '../../src/core/instant';
import type { RegisterCommand } from '../../src/core/register/commands';
import { executeIn, type Request } from '../../src/handlers/execute';
import type { Life } from '../../src/handlers/life';
import { DUTY, REGISTER } from '../../src/handlers/lives';
import { recall } from '../../src/handlers/recall';
import { ringDeadlines } from '../../src/handlers/ringDeadlines';
import { RULES } from '../core/builders';
import { inside } from '../store/contract/builders';
import { type Office, openImaginedOffice } from './office';

const MORNING = Date.parse('2026-11-22T08:31:00+08:00');

test('a shift that nobody signs in for is rung for, by its own terms, and its state is what its events make of it', async () => {
  const { office } = openImaginedOffice();
  office.now = MORNING;
  expect(await begin(office, DUTY, 'shift', { type: 'OpenShift', n: 1, left: null }, 'leader1')).toMatchObject({ is: 'done' });
  office.now += 16 * MINUTE;
  expect(await ringDeadlines(office.deps, ['shift'])).toEqual(['rang']);
  expect(await eventTypes(office, 'shift')).toEqual(expect.arrayContaining(['ShiftOpened', 'DeadlinesRang']));
  expect(await refolded(office, DUTY, 'shift')).toEqual((await office.row('shift')).state);
});

test('an entry of a register that nobody checks is rung for when its review falls due', async () => {
  const { office } = openImaginedOffice();
  office.now = MORNING;
  expect(await begin(office, REGISTER, 'entry', PROTECTIVE_SUITS, 'office1')).toMatchObject({ is: 'done' });
  office.now += 91 * DAY;
  expect(await ringDeadlines(office.deps, ['entry'])).toEqual(['rang']);
  expect(await eventTypes(office, 'entry')).toEqual(['ItemEntered', 'DeadlinesRang']);
  expect(await refolded(office, REGISTER, 'entry')).toEqual((await office.row('entry')).state);
});

const PROTECTIVE_SUITS: RegisterCommand = {
  ...({ type: 'EnterItem' } as const),
  ...{ n: 1, kind: 'material', about: 'supplies', title: { id: 'suits', commitment: 'c' }, owner: 'log1' },
  ...{ county: null, amount: { value: 50, minimum: 30, unit: '套' }, incident: null, nextAt: null },
};

type Shape = { readonly type: string; readonly v: number };

/** The first command of a new stream. */
function begin<S, E extends Shape, C extends { readonly type: string }>(
  { deps, now }: Office,
  life: Life<S, E, C>,
  id: string,
  command: C,
  person: string,
) {
  return inside(deps.store, async (tx) => {
    const stream = await tx.openStream(life.kind, 'real', id, RULES.hash);
    const envelope = { command, actor: { person, room: 'duty', conversation: 'chat' }, at: now, seed: id };
    const request: Request<C> = { stream, envelope, cause: { kind: 'inbox', id }, texts: [], origin: null };
    return executeIn(life, tx, deps, request);
  });
}

async function eventTypes({ deps }: Office, id: string): Promise<readonly string[]> {
  const events = await inside(deps.store, (tx) => tx.events(id, 0, 100));
  return events.map((event) => event.type);
}

/** The state as it is folded when its snapshot is thrown away. */
async function refolded<S, E extends Shape>(
  office: Office,
  life: Pick<Life<S, E, never>, 'v' | 'evolve' | 'upcast'>,
  id: string,
): Promise<S | null> {
  const row = await office.row(id);
  return inside(office.deps.store, (tx) => recall(life, { ...row, stateV: -1 }, (after, limit) => tx.events(id, after, limit)));
}
