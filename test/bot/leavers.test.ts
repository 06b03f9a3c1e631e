/** Whoever leaves loses every right at once: when a role ends, and when the person is taken off the roster. */
import { expect, test } from '@jest/globals';
import { API_TENANT, accountFor, machinePlatform } from '../../src/bot/machines';
import { type Grant, inForce, type Roster } from '../../src/core/roster/roster';
import { workInbox } from '../../src/jobs/inbox';
import { createReach } from '../../src/ports/reach';
import { createRefusals } from '../../src/ports/refusals';
import { clock, ROSTER, report } from '../core/builders';
import { openImaginedOffice } from '../handlers/office';
import { incoming } from '../store/contract/builders';

const NOON = clock('12:00');

/** What becomes of words typed by the person at each of these moments, in a bureau that knows only this roster. */
async function answersTo(person: string, words: string, roster: Roster, moments: readonly number[]) {
  const { office, world } = openImaginedOffice();
  const lines: object[] = [];
  const refusals = createRefusals();
  const deps = {
    ...office.deps,
    refusals,
    reach: createReach([machinePlatform]),
    directory: { at: async (at: number) => inForce(roster, at) },
    log: { ...office.deps.log, warn: (fields: object) => void lines.push(fields) },
  };
  office.now = clock('09:00');
  await office.act('s1', 'duty1', report());
  const outcomes: (string | null | undefined)[] = [];
  for (const moment of moments) {
    office.now = moment;
    const row = incoming({ tenant: API_TENANT, chat: { id: 'talk', kind: 'api' }, room: null, account: accountFor('main', person) });
    await deps.store.takeIn([{ ...row, dedupeKey: String(moment), words: { text: words, quote: null }, receivedAt: moment }]);
    await workInbox(deps, () => undefined);
    outcomes.push([...world.rows.inbox.values()].at(-1)?.outcome);
  }
  return { outcomes, lines, counts: Object.fromEntries(refusals.byCode()) };
}

const withGrants = (grants: readonly Grant[], people = ROSTER.people): Roster => ({ ...ROSTER, people, grants });

test('角色到点失效：前一刻还看得到，到点就看不到，也办不了', async () => {
  const roster = withGrants([{ person: 'duty2', role: 'duty_officer', scope: null, until: NOON }]);
  expect((await answersTo('duty2', '#1 状态', roster, [NOON - 1, NOON])).outcomes).toEqual(['summary', 'refused:no_incident']);
  expect((await answersTo('duty2', '列表', roster, [NOON - 1, NOON])).outcomes).toEqual(['list', 'refused:no_role']);
  expect((await answersTo('duty2', '#1 核实', roster, [NOON - 1, NOON])).outcomes).toEqual(['executed', 'refused:no_incident']);
});

test('从通讯录里去掉的人：平台上还有账号，也是陌生人', async () => {
  const gone = new Map([...ROSTER.people].filter(([id]) => id !== 'duty2'));
  const { outcomes, lines, counts } = await answersTo('duty2', '#1 状态', withGrants(ROSTER.grants, gone), [NOON]);
  expect(outcomes).toEqual(['refused:no_incident']);
  expect(lines).toEqual([{ inbox: expect.any(String), code: 'no_incident', person: 'duty2' }]);
  expect(counts).toEqual({ no_incident: 1 });
});

test('拒绝的记录里没有一个字是打进来的话', async () => {
  const { lines } = await answersTo('guest1', '#1 终止 某某人电话19900001234', ROSTER, [NOON]);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toMatch(/某某人|1990000|终止/);
});
