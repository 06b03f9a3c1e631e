/** How often a caller is answered: a burst at once, then so many a minute, each caller on his own. */
import { expect, test } from '@jest/globals';
import { createLimits, LIMITS } from '../../../src/web/api/limits';
import { HttpFault } from '../../../src/web/errors';

test('一阵之内够用，用完按分钟补，别的系统不受牵连', () => {
  let now = 0;
  const limits = createLimits(() => now);
  const passed = (caller: string): boolean => {
    try {
      limits.take('report', caller);
      return true;
    } catch (cause) {
      expect(cause).toBeInstanceOf(HttpFault);
      expect(cause).toMatchObject({ status: 429, code: 'too_many', hint: '请在 1 秒后再试', seconds: 1 });
      return false;
    }
  };
  const { burst, perMinute } = LIMITS.report;
  const many = (n: number, caller: string): number => Array.from({ length: n }, () => passed(caller)).filter(Boolean).length;
  expect(many(burst + 5, 'hotline')).toBe(burst);
  expect(passed('opinion')).toBe(true);
  now += 60_000 / perMinute - 1;
  expect(passed('hotline')).toBe(false);
  now += 1;
  expect([passed('hotline'), passed('hotline')]).toEqual([true, false]);
  now += 3_600_000;
  expect(many(burst + 5, 'hotline')).toBe(burst);
});
