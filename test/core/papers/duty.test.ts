/** Papers of the duty room: the day's zero report, and all of its sheets at every moment of a shift. */
import { expect, test } from '@jest/globals';
import { evolve } from '../../../src/core/duty/evolve';
import type { DutyState } from '../../../src/core/duty/state';
import { type PaperKind, textOf } from '../../../src/core/papers/draft';
import { draftPaper } from '../../../src/core/papers/draftPaper';
import { untraced } from '../../../src/core/papers/trace';
import { PAPERS } from '../../../src/core/plans/schema/papers';
import { clock } from '../builders';
import { Duty, longShift } from './dutyLife';
import { longLife } from './life';

const KINDS = Object.keys(PAPERS) as PaperKind[];

/** A holiday on which one county and the office report, and six counties do not. */
function holiday(): Duty {
  const duty = new Duty(longLife());
  return duty
    .does('leader1', { type: 'SignIn' }, '08:40')
    .does('leader1', { type: 'StartSpecialPeriod', title: duty.said('清明假期'), until: null, confirmed: true }, '09:00')
    .does('hubin1', { type: 'ReportZero', county: 'hubin', text: null, lateReason: null, confirmed: true }, '15:00')
    .does('leader1', { type: 'ReportZero', county: null, text: duty.said('全市平稳'), lateReason: null, confirmed: true }, '16:20');
}

test('每日报告：哪些单位报了、谁没有报、本局情况；没有情况也写无', () => {
  const draft = holiday().draft('daily_zero_report', { now: clock('16:30') });
  const of = (key: string): string =>
    draft.items
      .find((item) => item.key === key)
      ?.lines.map(textOf)
      .join() ?? '';
  expect(draft.title).toBe('2026年3月11日每日报告');
  expect(draft.to.map(({ zh }) => zh)).toEqual(['市政府', '省市场监督管理局']);
  expect(of('period')).toBe('清明假期');
  expect(of('matter')).toBe('全市平稳');
  expect(of('silent')).toBe('陕州区、灵宝市、义马市、卢氏县、渑池县、开发区');
  const rows = draft.items.find(({ key }) => key === 'counties')?.table?.rows.map((row) => row.map(textOf));
  expect(rows).toEqual([['湖滨区', '3月11日15时00分', '无']]);
  expect(untraced(draft, holiday().record, holiday().context({ now: clock('16:30') }))).toEqual([]);
});

test('日志从开班写起，事件里办的事也在其中，特殊事项另列', () => {
  const log = holiday().draft('duty_log', { now: clock('16:30') });
  const special = log.items.find(({ key }) => key === 'special')?.lines.map(textOf);
  expect(special).toEqual(['3月11日9时00分进入特殊时期：清明假期']);
  const entries = log.items.find(({ key }) => key === 'entries')?.table?.rows ?? [];
  const moments = entries.map(([at]) => textOf(at ?? []));
  expect(entries.length).toBeGreaterThan(20);
  expect(moments[0]).toBe('3月11日8时30分');
});

test('一班之中的每一个时刻，值班室的文书都拟得出、有出处、没有空着的必备要素', () => {
  for (const duty of [longShift(longLife()), holiday()]) {
    const { events } = duty.record;
    for (let upTo = 1; upTo <= events.length; upTo += 1) {
      const past = events.slice(0, upTo);
      const state = past.reduce<DutyState | null>(evolve, null);
      if (state === null) throw new Error('a shift has begun');
      const record = { ...duty.record, state, events: past };
      const ctx = duty.context({ now: (past.at(-1)?.at ?? 0) + 60_000 });
      for (const kind of KINDS) {
        const draft = draftPaper(kind, record, ctx);
        expect([kind, untraced(draft, record, ctx)]).toEqual([kind, []]);
        expect(draft.items.filter((item) => item.required && item.lines.length === 0 && item.table === null)).toEqual([]);
      }
    }
  }
});
