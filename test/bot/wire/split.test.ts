import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitLines } from '../../../src/bot/wire/split';

describe('a long notice', () => {
  test('that fits goes out whole, at the limit too', () => {
    expect(splitLines(['甲', '乙'], 7)).toEqual(['甲\n乙']);
    expect(splitLines([], 64)).toEqual(['…']);
  });

  test('is cut at line ends and numbered', () => {
    const line = '一二三四五六七八九十';
    expect(splitLines([line, line, line], 83)).toEqual([`（1/2）${line}\n${line}`, `（2/2）${line}`]);
  });

  test('never breaks a character and never loses one, however many bytes it has', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'é', '中', '𠮷', '🚒', '\n'), maxLength: 400 });
    fc.assert(
      fc.property(signs, fc.integer({ min: 64, max: 200 }), (text, limit) => {
        const parts = splitLines(text.split('\n'), limit);
        for (const part of parts) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(limit);
          expect(Buffer.from(part).toString()).toBe(part);
        }
        const joined = parts.map((part) => part.replace(/^（\d+\/\d+）/, '')).join('');
        if (text.trim() !== '') expect(joined.replace(/\n/g, '')).toBe(text.replace(/\n/g, ''));
      }),
    );
  });
});
