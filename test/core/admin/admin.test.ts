/** The record of administration: what is noted, which settings count as changed, what a later program still reads. */
import { expect, test } from '@jest/globals';
import { decide } from '../../../src/core/admin/decide';
import type { AdminCommand, AdminEvent } from '../../../src/core/admin/events';
import { ADMIN_DID_ZH, type AdminState, evolve, upcast } from '../../../src/core/admin/state';

const decided = (state: AdminState | null, command: AdminCommand) =>
  decide(null, state, { command, actor: { person: null, room: null, conversation: '' }, at: 0, seed: 's' });
const folded = (state: AdminState | null, event: AdminEvent): AdminState => evolve(state, { version: 1, at: 0, event });

test('登录、导出、看原始消息，做了什么就记什么，不改动所记的设置', () => {
  const act = { type: 'PageEntered', by: 'duty1', way: 'sandbox', owed: false, from: '127.0.0.1' } as const;
  expect(decided(null, { type: 'NoteAct', act })).toEqual({ is: 'events', events: [{ ...act, v: 1 }] });
  expect(folded({ settings: { A: '1' } }, { ...act, v: 1 })).toEqual({ settings: { A: '1' } });
});

test('启动时的设置只记变了的：新设的、改了的、去掉的；没有变化就不记', () => {
  const first = decided(null, { type: 'NoteSettings', settings: { A: '1', B: '已设置' } });
  expect(first).toMatchObject({ events: [{ type: 'SettingsChanged', changed: { A: '1', B: '已设置' } }] });
  const state = first.is === 'events' && first.events[0] !== undefined ? folded(null, first.events[0]) : null;
  expect(decided(state, { type: 'NoteSettings', settings: { A: '1', B: '已设置' } })).toMatchObject({ code: 'nothing_changed' });
  const next = decided(state, { type: 'NoteSettings', settings: { A: '2', C: '3' } });
  expect(next).toMatchObject({ events: [{ changed: { A: '2', B: null, C: '3' } }] });
  expect(next.is === 'events' && next.events[0] !== undefined ? folded(state, next.events[0]) : null).toEqual({
    settings: { A: '2', C: '3' },
  });
});

test('每一种记录都有中文名称，新程序写的读不懂就说读不懂', () => {
  expect(Object.keys(ADMIN_DID_ZH).every((type) => upcast({ type, v: 1 }) !== null)).toBe(true);
  expect(upcast({ type: 'PageEntered', v: 2 })).toBeNull();
  expect(upcast({ type: 'SomethingNewer', v: 1 })).toBeNull();
});
