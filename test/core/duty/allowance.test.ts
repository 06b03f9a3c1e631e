/** 平台调用量：用到七成、九成各说一次，值班群和系统管理员都知道；谁的班也不受影响。 */
import { describe, expect, test } from '@jest/globals';
import { composeDuty } from '../../../src/core/notices/compose/duty/compose';
import type { LadderPort } from '../../../src/core/plans/profileSchema';
import { readable } from '../notices/intents';
import { AT_DUTY, clock, last, nothingYet, refusal, type Shifted } from './builders';

const desk = nothingYet(AT_DUTY).after(null, { type: 'OpenDesk', n: 1 }, clock('07:00'));
const passed = (shifted: Shifted, percent: number, of: { readonly port?: LadderPort } = {}) =>
  shifted.after(null, { type: 'NoteAllowance', platform: 'city', ...of, percent, used: percent * 100, allowed: 10_000 }, clock('09:00'));
const words = (shifted: Shifted): readonly string[] => {
  const view = { ...shifted.scene, state: shifted.state, texts: new Map<string, string>(), now: 0, underWay: [] };
  return shifted.owed().flatMap((intent) => {
    const message = composeDuty(view, intent);
    return message === null ? [] : [readable(message)];
  });
};

describe('平台调用量', () => {
  test('记在当班，值班群和系统管理员各一条，写明用了多少、还会怎样、找谁', () => {
    const noted = passed(desk, 70);
    expect(last(noted, 'AllowanceNoted').told).toEqual({ rooms: ['duty'], people: ['admin1'] });
    expect(noted.owed().map(({ to, lane }) => [to, lane])).toEqual([
      [{ room: 'duty' }, 2],
      [{ person: 'admin1' }, 2],
    ]);
    for (const said of words(noted))
      expect(said).toMatch(/“city”本月接口调用已过 70%：7000 次，全月 10000 次[\s\S]*到 90% 时[\s\S]*系统管理员/);
  });

  test('过了九成，写明余量只留给紧急消息', () => {
    expect(words(passed(desk, 90))[0]).toMatch(/已过 90%[\s\S]*余量只留给紧急消息/);
  });

  test('短信、电话的量各自说，写明用完以后怎样', () => {
    expect(words(passed(desk, 70, { port: 'sms' }))[0]).toMatch(/本月短信提醒已过 70%：7000 条，全月 10000 条[\s\S]*改走下一种方式/);
    const said = words(passed(desk, 90, { port: 'voice' }))[0];
    expect(said).toMatch(/本月电话提醒已过 90%：9000 次[\s\S]*改走下一种方式[\s\S]*系统管理员/);
    expect(said).not.toContain('紧急消息');
  });

  test('不改变班次，也不欠任何人什么', () => {
    expect(passed(desk, 70).state).toEqual(desk.state);
    expect(passed(desk, 70).rows()).toEqual(desk.rows());
  });

  test('没有值班台就没有地方记', () => {
    const none = nothingYet(AT_DUTY).when(
      null,
      { type: 'NoteAllowance', platform: 'city', percent: 70, used: 7, allowed: 10 },
      clock('09:00'),
    );
    expect(refusal(none).code).toBe('no_shift');
  });
});
