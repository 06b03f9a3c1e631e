/** What lies sealed is read by the same program for the same purpose and place, and by nobody else. */
import { expect, test } from '@jest/globals';
import { sealFor } from '../../../src/bot/wire/seal';

const SEAL = sealFor('one purpose', 'canary-secret');
const SEALED = SEAL.close('值班日报', 'row 1');

test('what was sealed can be read again, and never looks the same twice', () => {
  expect(SEAL.open(SEALED, 'row 1')).toBe('值班日报');
  expect(SEAL.close('值班日报', 'row 1')).not.toBe(SEALED);
  expect(SEAL.open(SEAL.close(''))).toBe('');
});

test('what an earlier version wrote in the other base64 can still be read', () => {
  for (let i = 0; i < 20; i += 1) {
    const sealed = SEAL.close(`${i}`);
    expect(SEAL.open(Buffer.from(sealed, 'base64url').toString('base64'))).toBe(`${i}`);
  }
});

test.each([
  ['another secret', () => sealFor('one purpose', 'another').open(SEALED, 'row 1')],
  ['another purpose', () => sealFor('another purpose', 'canary-secret').open(SEALED, 'row 1')],
  ['another row', () => SEAL.open(SEALED, 'row 2')],
  ['no row', () => SEAL.open(SEALED)],
  ['a changed byte', () => SEAL.open(`${SEALED.startsWith('A') ? 'B' : 'A'}${SEALED.slice(1)}`, 'row 1')],
  ['half of it', () => SEAL.open(SEALED.slice(0, 20), 'row 1')],
  ['no base64 at all', () => SEAL.open('钥匙', 'row 1')],
])('%s opens nothing', (_what, read) => expect(read()).toBeNull());
