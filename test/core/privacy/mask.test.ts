/** Masks of personal data (procedure.md section 9.3). */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskedPhone, maskedWords } from '../../../src/core/privacy/mask';

test.each([
  ['手机号（程序9.3）', '13812345678', '138****5678'],
  ['名单里的号码', '10000000015', '100****0015'],
  ['三位号码全掩', '110', '****'],
  ['四位短号全掩', '2812', '****'],
  ['空号码', '', '****'],
])('%s', (_title, digits, masked) => {
  expect(maskedPhone(digits)).toBe(masked);
});

test('任何号码至少掩去四位，与手机号一样；不足四位的全掩', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }).map((d) => d.join(''));
  fc.assert(
    fc.property(digits, (phone) => {
      expect(maskedPhone(phone).replaceAll('*', '').length).toBeLessThanOrEqual(Math.max(0, phone.length - 4));
    }),
    { numRuns: 300, seed: 20260311 },
  );
});

test.each([
  ['联系人老周18800004410', '联系人老周188****4410'],
  ['电话0398-2800000，找小李', '电话039****0000，找小李'],
  ['身份证41120019900101002X', '身份证41**************2X'],
  ['涉案1200000元，订单号123456789012345', '涉案1200000元，订单号123456789012345'],
  ['2026年11月22日8时30分', '2026年11月22日8时30分'],
])('群里引用原文“%s”时写作“%s”（程序第9节）', (words, shown) => {
  expect(maskedWords(words)).toBe(shown);
  expect(maskedWords(shown)).toBe(shown);
});
