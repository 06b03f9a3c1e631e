/** Calls shared by people who are told the same: whoever gives up waiting holds no place that the next ones would need. */
import { expect, test } from '@jest/globals';
import { createBatches } from '../../../src/bot/dingtalk/batch';
import type { Pace } from '../../../src/ports/clock';

/** Time does not pass here: the pause before a call is over at once, its limit never. */
const PACE: Pace = { mono: () => 0, sleep: (ms) => (ms < 1_000 ? Promise.resolve() : new Promise(() => undefined)) };
const STAYS = new AbortController().signal;

test('谁等不及先走了，同样的话以后照样合并发出，不再带上他', async () => {
  const calls: (readonly string[])[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((go) => {
    open = go;
  });
  const ask = createBatches(PACE, 2, async (_body, { take }) => {
    await gate;
    const people = take();
    calls.push(people);
    return new Map(people.map((userid) => [userid, { is: 'accepted' as const }]));
  });
  const impatient = new AbortController();
  const told = ['a', 'b', 'c'].map((userid) =>
    ask('同样的话', { userid, urgent: false }, userid === 'a' ? impatient.signal : STAYS).then(({ is }) => is),
  );
  impatient.abort();
  expect(await told[0]).toBe('unknown');
  open();
  expect(await Promise.all(told)).toEqual(['unknown', 'accepted', 'accepted']);
  expect(calls).toEqual([['a', 'b'], ['c']]);
  expect(await Promise.all(['d', 'e'].map((userid) => ask('同样的话', { userid, urgent: false }, STAYS)))).toEqual([
    { is: 'accepted' },
    { is: 'accepted' },
  ]);
  expect(calls.slice(2)).toEqual([['d', 'e']]);
});
