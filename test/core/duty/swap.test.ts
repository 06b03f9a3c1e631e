/** 换班: asked, agreed, approved; before that the roster does not change. */
import { describe, expect, test } from '@jest/globals';
import { shiftsAfter } from '../../../src/core/duty/shifts';
import { AT_DUTY, clock, day, handOver, last, prepare, refusal, type Shifted, shift, words } from './builders';

const MINE = clock('2026-03-13T08:30:00+08:00');
const THEIRS = clock('2026-03-14T08:30:00+08:00');
const ask = { type: 'ProposeSwap', mine: MINE, other: 'duty2', theirs: THEIRS, reason: words('家事') } as const;
const answer = (agrees: boolean, reason: string | null = null) =>
  ({ type: 'AnswerSwap', id: 's1-swap', agrees, reason: reason === null ? null : words(reason) }) as const;
const proposed = () => shift().after('duty1', ask, '10:00');
const agreed = () => proposed().after('duty2', answer(true), '10:30');
const roster = ({ history }: Shifted) => history.reduce((rows, { event }) => shiftsAfter(rows, event), AT_DUTY.roster.shifts);

describe('换班', () => {
  test('对方同意、带班领导批准之后值班表才改，应急办存档', () => {
    expect(roster(proposed())).toBe(AT_DUTY.roster.shifts);
    expect(roster(agreed())).toBe(AT_DUTY.roster.shifts);
    const done = agreed().after('leader1', answer(true), '11:00');
    const officers = roster(done).flatMap((s) => (s.role === 'duty_officer' ? [s.person] : []));
    expect(officers).toEqual(['duty1', 'duty2', 'duty2', 'duty1']);
    expect(last(done, 'SwapApproved').told.people).toEqual(['duty1', 'duty2', 'office1']);
    expect(
      done
        .rows()
        .filter((r) => r.kind === 'swap')
        .map((r) => [r.owner, r.status]),
    ).toEqual([
      ['duty2', 'met'],
      ['leader1', 'met'],
    ]);
  });

  test('上班前答复，过了半程提醒本人，班已开始就不再催也不再办', () => {
    const row = proposed().row('swap');
    expect([row.owner, row.dueAt]).toEqual(['duty2', clock('22:00')]);
    const late = shift().after('duty1', { ...ask, mine: MINE, theirs: null }, '10:00');
    expect(refusal(late.when('duty2', answer(true), MINE))).toMatchObject({ code: 'shift_begun', hint: '顶班 @人 理由' });
    expect(proposed().rung('22:00').row('swap').nextAt).toBeNull();
  });

  test('交接班单列出之后接班的人换了，重新列单', () => {
    const next = { ...ask, mine: clock('2026-03-12T08:30:00+08:00'), other: 'duty1', theirs: clock('2026-03-14T08:30:00+08:00') };
    const both = {
      ...AT_DUTY.roster,
      shifts: AT_DUTY.roster.shifts.map((s) => (s.from > MINE ? { ...s, person: s.person.replace('2', '1') } : s)),
    };
    const asked = shift()
      .under({ ...AT_DUTY, roster: both })
      .after('duty2', next, '10:00')
      .after('duty1', answer(true), '10:30');
    const listed = asked.after('duty1', prepare(), '11:00').after('duty1', handOver(), '11:01');
    expect(listed.after('leader1', answer(true), '12:00').state).toMatchObject({ status: 'open', sheet: null, handedOver: null });
  });

  test('对方不同意即作罢；领导不批准须写明理由', () => {
    const no = proposed().after('duty2', answer(false), '10:30');
    expect([no.state.swaps['s1-swap']?.stage, roster(no)]).toEqual(['refused', AT_DUTY.roster.shifts]);
    expect(refusal(agreed().when('leader1', answer(false), '11:00')).code).toBe('reason_required');
    expect(agreed().after('leader1', answer(false, '人手不够'), '11:00').state.swaps['s1-swap']?.stage).toBe('refused');
  });

  test('提出的人可以撤回，被问的人不用再答', () => {
    const back = proposed().after('duty1', { type: 'WithdrawSwap', id: 's1-swap' }, '10:10');
    expect(back.row('swap').status).toBe('void');
    expect(refusal(back.when('duty2', answer(true), '10:20')).code).toBe('no_such_swap');
    expect(refusal(proposed().when('duty2', { type: 'WithdrawSwap', id: 's1-swap' }, '10:10')).code).toBe('not_authorised');
  });

  test('带班领导自己换班，由别人批准', () => {
    const leaders = { ...ask, other: 'leader2' } as const;
    const both = shift().after('leader1', leaders, '10:00').after('leader2', answer(true), '10:30');
    expect(refusal(both.when('leader1', answer(true), '11:00'))).toMatchObject({ code: 'own_swap' });
    expect(both.rows().flatMap((r) => (r.kind === 'swap' && r.status === 'open' ? [r.owner] : []))).toEqual(['office1']);
    expect(both.after('director', answer(true), '11:00').state.swaps['s1-swap']?.stage).toBe('approved');
  });

  test.each([
    ['值班表上没有自己这一班', { ...ask, mine: THEIRS }, '10:00', 'not_your_shift'],
    ['对方没有值班资格', { ...ask, other: 'cons2' }, '10:00', 'cannot_fill'],
    ['对方没有所换的那一班', { ...ask, theirs: MINE }, '10:00', 'not_their_shift'],
    ['不写理由', { ...ask, reason: null }, '10:00', 'reason_required'],
    ['已经上班的班不能换', { ...ask, mine: clock('08:30'), theirs: null }, '10:00', 'shift_begun'],
  ])('%s：不受理', (_, command, at, code) => expect(refusal(shift().when('duty1', command, at)).code).toBe(code));

  test('换过之后一人同时两个班的不行，同一班不重复提出，轮不到的人不能答', () => {
    const open = shift();
    const double = { ...AT_DUTY.roster, shifts: [...AT_DUTY.roster.shifts, ...day('2026-03-13', 'duty2', 'leader2')] };
    expect(refusal(open.under({ ...AT_DUTY, roster: double }).when('duty1', { ...ask, theirs: null }, '10:00')).code).toBe('shifts_clash');
    expect(refusal(proposed().when('duty1', ask, '10:05')).code).toBe('swap_running');
    expect(refusal(proposed().when('leader1', answer(true), '10:05'))).toMatchObject({ code: 'not_authorised', whom: ['duty2'] });
  });
});
