/** What the start leaves behind is given back. */
import { getHeapStatistics } from 'node:v8';
import { expect, test } from '@jest/globals';
import { tidy } from '../../src/wiring/tidying';

const MB = 1_048_576;

test('what the start has read and no longer needs is given back at once', async () => {
  const used = () => getHeapStatistics().used_heap_size / MB;
  await tidy();
  const before = used();
  let read: object[] | null = Array.from({ length: 400_000 }, (_, line) => ({ line, words: [line] }));
  expect(read.length).toBe(400_000);
  expect(used()).toBeGreaterThan(before + 20);
  read = null;
  await tidy();
  expect(used()).toBeLessThan(before + 5);
});
