/** 交接班: both confirm, nothing is left without somebody who owes it. */
import { describe, expect, test } from '@jest/globals';
import { openingAfter } from '../../../src/core/duty/commands';
import {
  clock,
  handOver,
  last,
  NEXT_DAY,
  OWED,
  prepare,
  question,
  refusal,
  relieved,
  ring,
  shift,
  special,
  takeOver,
  words,
  zero,
} from './builders';

const at = (time: string) => clock(`2026-03-12T${time}:00+08:00`);

describe('交接班', () => {
  test('有一项时限没有责任人，就不能交班，并说清是哪起事件', () => {
    const refused = refusal(shift().when('duty1', prepare([OWED, { ...OWED, n: 7, people: [] }]), at('08:20')));
    expect(refused).toMatchObject({ code: 'unowned_deadline', zh: '有 1 项时限没有责任人（事件 #7），不能交接班。' });
  });

  test('交接班单一经列出就不变，接班人、在办事项、文件钥匙都在上面', () => {
    const { sheet } = last(shift().after('duty1', prepare([OWED]), at('08:15')), 'HandoverPrepared');
    expect(sheet).toMatchObject({
      to: [
        { person: 'duty2', role: 'duty_officer' },
        { person: 'leader2', role: 'duty_leader' },
      ],
      obligations: [OWED],
      documents: words('keys'),
      equipment: null,
    });
  });

  test('清单列出之后又来了新事项，先重列再交班', () => {
    const prepared = shift().after('duty1', prepare([OWED]), at('08:15'));
    expect(refusal(prepared.when('duty1', handOver([OWED, { ...OWED, n: 9 }]), at('08:20')))).toMatchObject({
      code: 'sheet_outdated',
      hint: '重新输入：交接班单',
    });
    expect(question(prepared.when('duty1', handOver([OWED], false), at('08:20')))).toEqual({
      ...{ is: 'confirm', pages: ['duty2'] },
      effect: '向吴值二交班，对方确认接班后本班结束',
      open: ['#3 assess', expect.stringMatching(/^sign_in:/)],
    });
  });

  test('只有一方确认，班次不结束：仍在值班，到点照样提醒，提醒接班的人', () => {
    const handed = shift().after('duty1', prepare(), at('08:15')).after('duty1', handOver(), at('08:16'));
    expect(handed.state.status).toBe('handed_over');
    expect(
      handed
        .owed()
        .filter((i) => i.purpose === 'decision_asked')
        .map((i) => i.to),
    ).toEqual([{ person: 'duty2' }]);
    expect(handed.row('handover')).toMatchObject({ owner: 'duty2', dueAt: NEXT_DAY, status: 'open' });
    expect(refusal(handed.when('duty1', takeOver(), at('08:20')))).toMatchObject({ code: 'not_relieving', whom: ['duty2'] });
    expect(refusal(handed.when('duty1', handOver(), at('08:20'))).code).toBe('already_handed_over');
  });

  test('接班前10分钟提醒，到点未接班叫带班领导、应急办，给出拨号名单', () => {
    const early = shift().rung(at('08:20'));
    expect(last(early, 'DeadlinesRang').rings.find((r) => r.key === 'handover')).toMatchObject({
      percent: 50,
      people: ['duty1'],
      actions: ['room_again'],
    });
    const late = early.rung(at('08:30'));
    const purposes = late.owed().map((i) => `${i.purpose} ${JSON.stringify(i.to)}`);
    expect(purposes).toEqual(
      expect.arrayContaining(['escalation {"person":"leader2"}', 'escalation {"person":"office1"}', 'escalation {"room":"duty"}']),
    );
    expect(late.state.status).toBe('open');
  });

  test('双方都确认，旧班结束并由新班接续，旧班不再响', () => {
    const { old, next } = relieved(shift());
    expect(old.state.status).toBe('closed');
    expect(old.row('handover').status).toBe('met');
    expect(old.rows().filter((r) => r.status === 'open' || r.nextAt !== null)).toEqual([]);
    expect(next.state).toMatchObject({ n: 2, status: 'open', after: 1, seats: [{ person: 'duty2' }, { person: 'leader2' }] });
    expect(next.row('handover').dueAt).toBe(clock('2026-03-13T08:30:00+08:00'));
    expect(old.when(null, ring('handover', 'digest:2026-03-12T17:30'), at('20:00'))).toEqual({ is: 'events', events: [] });
    expect(refusal(old.when('duty1', prepare(), at('09:00'))).code).toBe('shift_closed');
  });

  test('没有交班就接班、没有清单就交班，都告诉差哪一步', () => {
    expect(refusal(shift().when('duty2', takeOver(), at('08:20')))).toMatchObject({
      code: 'not_handed_over',
      hint: '请交班人先输入：交班',
    });
    expect(refusal(shift().when('duty1', handOver(), at('08:20')))).toMatchObject({
      code: 'handover_not_prepared',
      hint: '先输入：交接班单',
    });
    expect(refusal(shift().when('duty2', prepare(), at('08:20')))).toMatchObject({ code: 'not_authorised', whom: ['duty1'] });
  });

  test('接班人可以不接，须写明缺什么；交班的人留下', () => {
    const handed = shift().after('duty1', prepare(), at('08:15')).after('duty1', handOver(), at('08:16'));
    expect(refusal(handed.when('duty2', { type: 'RefuseTakeOver', reason: null }, at('08:20'))).code).toBe('reason_required');
    const back = handed.after('duty2', { type: 'RefuseTakeOver', reason: words('钥匙不全') }, at('08:20'));
    expect([back.state.status, back.state.sheet]).toEqual(['open', null]);
    expect(back.row('handover').owner).toBe('duty1');
  });

  test('接班的人临时不能来，由别人顶这一班再接', () => {
    const prepared = shift().after('duty1', prepare(), at('08:15')).after('duty1', handOver(), at('08:16'));
    const stood = { type: 'StandInOnDuty', absent: 'duty2', person: 'duty1', reason: words('病') } as const;
    const own = prepared.after('leader1', stood, at('08:20'));
    expect(own.state.sheet?.to[0]).toEqual({ person: 'duty1', role: 'duty_officer' });
    expect(refusal(own.when('duty1', takeOver(), at('08:25'))).code).toBe('own_handover');
  });

  test('值班表没有接班的人，交班的人不得离岗', () => {
    const open = shift();
    const only = open.under({ ...open.scene, roster: { ...open.scene.roster, shifts: open.scene.roster.shifts.slice(0, 2) } });
    expect(refusal(only.when('duty1', prepare(), at('08:20')))).toMatchObject({ code: 'nobody_relieves', whom: ['office1'] });
  });
});

describe('交班带过去的', () => {
  test('特殊时期不因换班而停；迟报的零报告带到新班继续催，已报的不再要', () => {
    const before = shift().after('leader1', special(), '09:00').after('hubin1', zero('hubin'), '15:30').rung('16:00');
    const { next } = relieved(before);
    expect(next.state.specials).toHaveLength(1);
    expect(next.rows().filter((r) => r.key === 'zero_report:hubin:2026-03-11T16:00')).toEqual([]);
    expect(next.row('zero_report:lingbao:2026-03-11T16:00')).toMatchObject({ status: 'open', why: '上一班移交', owner: 'lingbao1' });
    expect(next.row('zero_report:lingbao:2026-03-11T16:00').stage).toBeGreaterThan(0);
    expect(next.row('zero_report:hubin:2026-03-12T16:00').status).toBe('open');
  });

  test('交班前报过的当日零报告，新班不再要', () => {
    const before = shift().after('leader1', special(), '09:00').after('hubin1', zero('hubin'), '15:20');
    const { next } = relieved(before, clock('15:30'));
    expect(next.row('zero_report:hubin:2026-03-11T16:00').status).toBe('met');
    expect(next.row('zero_report:yima:2026-03-11T16:00').status).toBe('open');
  });

  test('交接班与定时摘要同在08:30，摘要由新班照发，只发一次', () => {
    const { old, next } = relieved(shift());
    expect(old.history.some(({ event }) => event.type === 'DigestDue' && event.keys.includes('digest:2026-03-12T08:30'))).toBe(false);
    const sent = next.rung(at('08:31'));
    expect(last(sent, 'DigestDue').keys).toEqual(['digest:2026-03-11T17:30', 'digest:2026-03-12T08:30']);
    expect(
      sent
        .rows()
        .filter((r) => r.kind === 'digest')
        .map((r) => r.status),
    ).toEqual(['missed', 'missed', 'open']);
  });

  test('交班前已提醒过一次的县区，新班接着催，不从头提醒', () => {
    const before = shift().after('leader1', { type: 'SignIn' }, '08:40').after('leader1', special(), '09:00').rung('15:30');
    const { next } = relieved(before, clock('15:40'));
    expect(next.row('zero_report:hubin')).toMatchObject({ stage: 1, nextAt: clock('15:48') });
  });

  test('停机一天多、提醒一次未发就交了班，两天的零报告都带过去', () => {
    const { next } = relieved(shift().after('leader1', special(), '09:00'), clock('2026-03-12T17:00:00+08:00'));
    const owed = next.rows().filter((r) => r.key.startsWith('zero_report:hubin') && r.dueAt < next.state.openedAt);
    expect(owed.map((r) => [r.key, r.status])).toEqual([
      ['zero_report:hubin:2026-03-11T16:00', 'open'],
      ['zero_report:hubin:2026-03-12T16:00', 'open'],
    ]);
  });

  test('没办结的换班由新班接着问', () => {
    const ask = {
      type: 'ProposeSwap',
      mine: clock('2026-03-13T08:30:00+08:00'),
      other: 'duty2',
      theirs: clock('2026-03-14T08:30:00+08:00'),
      reason: words('家事'),
    } as const;
    const old = shift()
      .after('duty1', ask, '10:00')
      .after('duty1', prepare(), NEXT_DAY)
      .after('duty1', handOver(), NEXT_DAY)
      .after('duty2', takeOver(), NEXT_DAY);
    const { left } = openingAfter(last(old, 'TakenOver'), 2);
    const next = shift({ left, who: 'duty2', at: NEXT_DAY });
    expect(
      next
        .rows()
        .filter((r) => r.kind === 'swap')
        .map((r) => [r.owner, r.status]),
    ).toEqual([['duty2', 'open']]);
    expect(
      next
        .after('duty2', { type: 'AnswerSwap', id: Object.keys(next.state.swaps)[0] ?? '', agrees: true, reason: null }, at('09:00'))
        .row('swap').status,
    ).toBe('met');
  });
});
