/** A shift and the one after it: both change in one transaction, or neither does. */
import { expect, test } from '@jest/globals';
import type { DutyCommand } from '../../src/core/duty/commands';
import { MINUTE } from '../../src/core/instant';
import type { Shift } from '../../src/core/roster/roster';
import { executeShift, lockShift, obligationsNow, openFirstShift } from '../../src/handlers/duty';
import { ROSTER, report } from '../core/builders';
import { day } from '../core/duty/builders';
import { inside } from '../store/contract/builders';
import { type Office, openImaginedOffice } from './office';

const MORNING = Date.parse('2026-03-11T08:31:00+08:00');
const SHIFTS: readonly Shift[] = [...day('2026-03-11', 'duty1', 'leader1'), ...day('2026-03-12', 'duty2', 'leader2')];
const CAUSE = { kind: 'inbox' as const, id: '1' };

function opened(wrap: Parameters<typeof openImaginedOffice>[0] = () => ({})): Office {
  const { office } = openImaginedOffice(wrap);
  office.now = MORNING;
  const deps = { ...office.deps, directory: { at: async () => ({ ...ROSTER, shifts: SHIFTS }) } };
  return { ...office, deps };
}

const said = (who: string, at: number, seed: string) => ({ actor: { person: who, room: 'duty', conversation: 'chat' }, at, seed });

async function open({ deps }: Office, who: string) {
  return inside(deps.store, (tx) => openFirstShift(tx, deps, { said: said(who, MORNING, 'open'), cause: CAUSE, texts: [], origin: null }));
}

async function on({ deps }: Office, who: string, command: DutyCommand, at: number) {
  return inside(deps.store, async (tx) => {
    const stream = await lockShift(tx);
    if (stream === null) throw new Error('no shift');
    return executeShift(tx, deps, {
      stream,
      envelope: { ...said(who, at, `${command.type}-${at}`), command },
      cause: CAUSE,
      texts: [],
      origin: null,
    });
  });
}

async function standing({ deps }: Office) {
  return inside(deps.store, async (tx) => {
    const row = await lockShift(tx);
    return row === null ? null : [row.n, row.status];
  });
}

const OWING = { obligations: [], confirmed: true };
const SHEET: DutyCommand = { type: 'PrepareHandover', obligations: [], documents: null, equipment: null, notes: null };
const EVENING = MORNING + 23 * 60 * MINUTE + 50 * MINUTE;

async function handedOver(office: Office): Promise<void> {
  await open(office, 'duty1');
  await on(office, 'duty1', SHEET, EVENING);
  expect(await on(office, 'duty1', { type: 'HandOver', ...OWING }, EVENING + MINUTE)).toMatchObject({ is: 'done' });
}

test('接班的同时下一班开始，没有空档', async () => {
  const office = opened();
  await handedOver(office);
  expect(await standing(office)).toEqual([1, 'handed_over']);
  expect(await on(office, 'duty2', { type: 'TakeOver', ...OWING }, EVENING + 2 * MINUTE)).toMatchObject({ is: 'done', stream: 'shift-1' });
  expect(await standing(office)).toEqual([2, 'open']);
});

test('下一班开不了，接班也不算数', async () => {
  const office = opened((tx) => ({
    openStream: (kind, mode, id, rulebook) => {
      if (id === 'shift-2') throw new Error('power cut');
      return tx.openStream(kind, mode, id, rulebook);
    },
  }));
  await handedOver(office);
  await expect(on(office, 'duty2', { type: 'TakeOver', ...OWING }, EVENING + 2 * MINUTE)).rejects.toThrow('power cut');
  expect(await standing(office)).toEqual([1, 'handed_over']);
});

test('无权的人开不了班，也不占班次', async () => {
  const office = opened();
  expect(await open(office, 'guest1')).toMatchObject({ is: 'refusal', code: 'not_authorised' });
  expect(await standing(office)).toBeNull();
  expect(await open(office, 'duty1')).toMatchObject({ is: 'done', stream: 'shift-1' });
});

test('顶班改值班表，只改这一班余下的时间', async () => {
  const office = opened();
  await inside(office.deps.store, (tx) => tx.shifts().then(() => tx.replaceShifts(SHIFTS)));
  await open(office, 'duty1');
  const reason = { id: 'ill', commitment: 'c' };
  await on(office, 'duty2', { type: 'StandInOnDuty', absent: 'duty1', person: 'duty2', reason }, MORNING + 60 * MINUTE);
  const officers = (await inside(office.deps.store, (tx) => tx.shifts())).filter((shift) => shift.role === 'duty_officer');
  expect(officers.map(({ person, from }) => [person, (from - MORNING) / MINUTE])).toEqual([
    ['duty1', -1],
    ['duty2', 60],
    ['duty2', 24 * 60 - 1],
  ]);
});

test('交接班单列出在办事件的每一项时限，项项有人', async () => {
  const office = opened();
  await office.act('s1', 'duty1', report({ n: 1, receivedAt: MORNING }));
  const owed = await inside(office.deps.store, (tx) => obligationsNow(tx, office.deps, { ...ROSTER, shifts: SHIFTS }, MORNING + MINUTE));
  expect(owed.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['written_first', 'phone_superior', 'assess']));
  expect(owed.filter(({ people }) => people.length === 0)).toEqual([]);
});
