/** The opener of a callback address serves frame after frame; what came before leaves no trace. */
import { expect, test } from '@jest/globals';
import { encrypt } from '@wecom/crypto';
import fc from 'fast-check';
import { createOpener, decrypt } from '../../../../src/bot/wire/frameCipher';
import { AES_KEY } from '../support';

const good = fc.string({ unit: 'grapheme' }).map((text) => encrypt(AES_KEY, text, 'wwcorp'));
const foreign = fc.string().map((text) => encrypt(AES_KEY, text, 'wwother'));
const damaged = fc.uint8Array({ maxLength: 96 }).map((bytes) => Buffer.from(bytes).toString('base64'));

test('each cipher text of a row is opened or refused as it would be alone', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(good, foreign, damaged, fc.string()), { maxLength: 8 }), (row) => {
      const open = createOpener(AES_KEY, 'wwcorp');
      for (const cipher of row) {
        const alone = decrypt(AES_KEY, 'wwcorp', cipher);
        const inRow = open(cipher);
        expect(inRow.is).toBe(alone.is);
        if (alone.is === 'open') expect(inRow).toEqual(alone);
      }
    }),
    { numRuns: 500 },
  );
});

test('a cipher text of one block, which cannot hold a frame, is refused for that', () => {
  expect(createOpener(AES_KEY, 'wwcorp')(Buffer.alloc(16, 7).toString('base64'))).toMatchObject({ is: 'damaged', fault: 'frame' });
});
