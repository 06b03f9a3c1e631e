/** Digests behind the port: two algorithms, one chain, and vectors of the standards. */
import { expect, test } from '@jest/globals';
import { digestFor, sha256, sm3 } from '../../src/wiring/chance';

test('两种算法都与标准的例子一致', () => {
  // GB/T 32905-2016, annex A.1; FIPS 180-2, B.1.
  expect(sm3.of('abc')).toBe('sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  expect(sha256.of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('用哪一种都认得另一种做的，改了一个字就不认', () => {
  for (const made of [sha256, sm3])
    for (const checks of [sha256, sm3]) {
      expect(checks.holds('abc', made.of('abc'))).toBe(true);
      expect(checks.holds('abd', made.of('abc'))).toBe(false);
    }
  expect([digestFor({ digest: 'sha256' }).name, digestFor({ digest: 'sm3' }).name]).toEqual(['sha256', 'sm3']);
});
