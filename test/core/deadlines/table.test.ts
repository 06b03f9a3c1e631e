/** deadlines.csv, row by row: start, minutes, clock times, rings, owner, in both plans, at every level, in every profile. */
import { describe, expect, test } from '@jest/globals';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import { clock, type Given, given, reported, ring } from '../builders';
import { asTheTablesSay, caseOf, rulesOf } from './course';

const TABLE = expectedRows('deadlines.csv');
/** Obligations of other streams, and one no profile has a step for. */
const ELSEWHERE = ['zero_report', 'accident_investigation_report'];
const ROWS = TABLE.filter((r) => !ELSEWHERE.includes(r.key ?? '') && r.profile !== 'four_hour_ceiling');
const title = (r: Row): string => `${r.key}，${r.plan}，${r.level} 级，${r.profile} ${r.variant}`;
const titled = (rows: readonly Row[]) => rows.map((r) => [title(r), r] as const);

function under(row: Row): { g: Given; key: string; base: string } {
  const rules = asTheTablesSay(rulesOf(row.plan ?? '', row.profile));
  const { given: g, key, base } = caseOf(row.key ?? '', { rules, level: row.level ?? '', variant: row.variant ?? '' });
  return { g, key, base };
}

describe('有分钟数的，起算、到期、提醒时刻照表', () => {
  test.each(titled(ROWS.filter((r) => /^\d+$/.test(r.minutes ?? ''))))('%s', (_title, row) => {
    const { g, key, base } = under(row);
    const d = g.deadline(key);
    const graded = row.key === 'assess' && /^\d$/.test(row.level ?? '');
    const status = graded ? 'met' : 'open';
    expect([d.baseAt, d.dueAt, d.status]).toEqual([clock(base), clock(base) + Number(row.minutes) * MINUTE, status]);
    if (graded) return;
    const rings = [row.ring_50, row.ring_80, row.ring_100].filter((minute) => minute !== '');
    let now = g;
    for (const minute of rings) {
      const at = clock(base) + Number(minute) * MINUTE;
      expect(now.deadline(key).nextAt).toBe(at);
      now = now.after(null, ring(key), { at });
    }
    if (rings.length === 0) expect(d.nextAt).toBeNull();
  });
});

describe('表上不适用的，没有这一项', () => {
  test.each(titled(ROWS.filter((r) => r.minutes === 'not_applicable')))('%s', (_title, row) => {
    const { g } = under(row);
    expect(deadlines(g.scene.rules, g.state).filter((d) => d.kind === row.key)).toEqual([]);
  });
});

describe('每日定时的，钟点照表，从启动和上一个钟点起算', () => {
  test.each(titled(ROWS.filter((r) => r.clock_times !== '')))('%s', (_title, row) => {
    const { g } = under(row);
    const times = (row.clock_times ?? '').split(' ');
    const seen: (readonly [string, number, number])[] = [];
    let now = g;
    for (let i = 0; i < 4; i += 1) {
      const next = deadlines(now.scene.rules, now.state).find((d) => d.kind === row.key && d.nextAt !== null);
      if (next === undefined) throw new Error('nothing comes next');
      seen.push([next.key, next.baseAt, next.dueAt]);
      now = now.after(null, ring(next.key), { at: next.dueAt });
    }
    const moments = ['11', '12', '13', '14', '15']
      .flatMap((day) => times.map((time) => `2026-03-${day}T${time}`))
      .filter((m) => m > '2026-03-11T09:20');
    const starts = [clock('09:20'), ...moments.map((m) => clock(`${m}:00+08:00`))];
    expect(seen).toEqual(moments.slice(0, 4).map((m, i) => [`progress_fixed:${m}`, starts[i], clock(`${m}:00+08:00`)]));
  });
});

/** Who is named in the table, as the owner of a row: a person where somebody was asked, else the role that holds it. */
const OWNERS: Readonly<Record<string, string>> = {
  'county_bureau_head or commander': 'territorial_head',
  task_force_leader: 'deputy_director',
  'the approver named in the oral approval': 'director',
  'the person or section the directive was sent to': 'cons2',
  'task owner': 'hubin1',
};
const PERSONS: Readonly<Record<string, string>> = { duty_ack: 'duty1', group_ack: 'site1' };

describe('承办人照表', () => {
  test.each(titled(ROWS.filter((r) => r.minutes !== 'not_applicable')))('%s', (_title, row) => {
    const { g, key } = under(row);
    const owner = row.clock_times === '' ? g.deadline(key).owner : deadlines(g.scene.rules, g.state).find((d) => d.kind === row.key)?.owner;
    expect(owner).toBe(PERSONS[row.key ?? ''] ?? OWNERS[row.owner ?? ''] ?? row.owner);
  });
});

test('定时和加报各有十二小时、逐次六份，加报到第十二小时为止', () => {
  let now = caseOf('progress_extra', { rules: rulesOf('consumer-mass-event'), level: '2' }).given;
  const seen: string[] = [];
  for (let i = 0; i < 9; i += 1) {
    const next = deadlines(now.scene.rules, now.state).find((d) => d.kind === 'progress_extra' && d.nextAt !== null);
    if (next === undefined) break;
    seen.push(next.key);
    now = now.after(null, ring(next.key), { at: next.dueAt });
  }
  expect(seen).toEqual(['11:20', '13:20', '15:20', '17:20', '19:20', '21:20'].map((time) => `progress_extra:2026-03-11T${time}`));
});

test('只留历史的档案不得选用，二百四十分钟从不计时', () => {
  expect(() => rulesOf('consumer-mass-event', 'four_hour_ceiling')).toThrow();
});

test('值班快报类的零报告不在事件的时限之内', () => {
  const all = deadlines(given(reported()).scene.rules, given(reported()).state);
  expect(all.filter((d) => ELSEWHERE.includes(d.kind))).toEqual([]);
});
