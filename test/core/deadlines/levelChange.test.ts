/** level_change_deadlines.csv: every worked case of a moved due moment, and what the README says of the rest (ambiguities 1 and 30). */
import { expect, test } from '@jest/globals';
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import {
  activated,
  ask,
  clock,
  done,
  type Given,
  given,
  happenedAt,
  levelChanged,
  levelSet,
  NOBODY_TOLD,
  type Past,
  reported,
  words,
} from '../builders';
import { rankOf } from './course';

const START = clock('09:00');
const CALLED = ask('call_out', 'site1', { group: 'on_site' });
const at = (minute: string | number): string => new Date(START + Number(minute) * MINUTE).toISOString();
const ROWS = expectedRows('level_change_deadlines.csv');

/** Received at minute 0; the old level known from the start; raises to 2 came before a fall back to 3. */
function lived(row: Row): Given {
  const from = rankOf(row.from ?? '');
  const to = rankOf(row.to ?? '') ?? 0;
  const newly = (row.case ?? '').includes('newly called');
  const down = (row.case ?? '').includes('stood down');
  const back = (row.case ?? '').startsWith('back');
  const first = back ? to : from;
  const past: Past[] = [
    reported({ asked: [] }),
    ...(first === null ? [] : [levelSet(first, at(0))]),
    ...(row.activated_at_minute === '' ? [] : [activated(first, newly ? [] : [CALLED], at(row.activated_at_minute ?? ''))]),
    ...(back && from !== null ? [levelChanged(to, from, at(100))] : []),
  ];
  const change = { asked: newly ? [CALLED] : [], stoodDown: down ? [CALLED.id] : [] };
  const moved =
    from === null ? levelSet(to, at(row.change_at_minute ?? '')) : levelChanged(from, to, at(row.change_at_minute ?? ''), change);
  return given(...past, moved);
}

function rowOf(g: Given, kind: string): Deadline | undefined {
  return deadlines(g.scene.rules, g.state).find((d) => d.kind === kind && d.status !== 'met');
}

test.each(ROWS.map((r, i) => [`${i + 2}`, `${r.case}：${r.key} 在第 ${r.expected_due} 分钟到期`, r] as const))(
  '第 %s 行 %s',
  (_n, _title, row) => {
    const d = rowOf(lived(row), row.key ?? '');
    if (row.expected_due === 'closed') return expect(d).toMatchObject({ status: 'void', nextAt: null });
    expect(d).toMatchObject({ status: 'open', dueAt: START + Number(row.expected_due) * MINUTE });
    return expect(d?.why.includes('改级重计')).toBe(row.mark_shown === '改级重计');
  },
);

test('升到二级才有的加报从调级起每两小时一次，到启动后第十二小时为止', () => {
  const g = given(reported({ asked: [] }), levelSet(3, at(0)), activated(3, [], at(40)), levelChanged(3, 2, at(100)));
  let now = g;
  const seen: number[] = [];
  for (let d = rowOf(now, 'progress_extra'); d !== undefined && d.nextAt !== null; ) {
    seen.push((d.dueAt - START) / MINUTE);
    now = now.after(null, { type: 'RingDeadlines', keys: [d.key] }, { at: d.dueAt });
    d = deadlines(now.scene.rules, now.state).find((o) => o.kind === 'progress_extra' && o.nextAt !== null);
  }
  expect(seen).toEqual([220, 340, 460, 580, 700]);
});

test('降到三级后，正在走的一次加报仍要报，之后不再有', () => {
  const g = given(reported({ asked: [] }), levelSet(2, at(0)), activated(2, [], at(20)), levelChanged(2, 3, at(60)));
  const first = rowOf(g, 'progress_extra');
  expect(first?.dueAt).toBe(START + 140 * MINUTE);
  const after = g.after(null, { type: 'RingDeadlines', keys: [first?.key ?? ''] }, { at: START + 140 * MINUTE });
  expect(deadlines(after.scene.rules, after.state).filter((d) => d.kind === 'progress_extra')).toHaveLength(1);
});

test.each([
  ['四级升三级，当日 08:00 的定时续报随之加上', 4, 3, '2026-03-12T06:00:00+08:00', 'progress_fixed:2026-03-12T08:00'],
  ['三级降四级，已排定的 08:00 仍要报', 3, 4, '2026-03-12T06:00:00+08:00', 'progress_fixed:2026-03-12T08:00'],
])('%s', (_title, from, to, changedAt, key) => {
  const seventeen = 'progress_fixed:2026-03-11T17:00';
  const g = given(reported({ asked: [] }), levelSet(from), activated(from, [])).after(
    null,
    { type: 'RingDeadlines', keys: [seventeen] },
    { at: '17:00' },
  );
  const changed = given(...g.history.map(({ at: moment, event }) => ({ at: moment, event })), levelChanged(from, to, changedAt));
  const next = deadlines(changed.scene.rules, changed.state).find((d) => d.kind === 'progress_fixed' && d.key !== seventeen);
  expect(next).toMatchObject({ key, why: '改级重计' });
});

test('只有确认、级别没变的一步不算调级', () => {
  const who = { rank: 2, who: words('who'), confirmedAt: clock('09:20'), told: NOBODY_TOLD };
  const confirmed = happenedAt('09:20', { ...done('office1'), type: 'LevelConfirmed', ...who });
  const g = given(reported({ asked: [] }), levelSet(2, '09:05'), confirmed);
  expect(g.deadline('opinion_target')).toMatchObject({ dueAt: clock('11:00'), why: '' });
});
