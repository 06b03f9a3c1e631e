/** What follows the messages does not hold them up, and is not done oftener than it helps. */
import { beforeEach, expect, test } from '@jest/globals';
import { type Afterwards, createAfterwards } from '../../src/jobs/afterwards';
import { HandPace } from '../bot/wire/support';

let pace: HandPace;
let begun: number;
let end: () => void;
let review: Afterwards;
beforeEach(() => {
  pace = new HandPace();
  begun = 0;
  review = createAfterwards(pace, () => {
    begun += 1;
    return new Promise<void>((ended) => {
      end = ended;
    });
  });
});

const settled = (): Promise<void> => new Promise((soon) => setImmediate(soon));
const pass = async (ms: number): Promise<void> => {
  pace.pass(ms);
  await settled();
};

test('a crowd of messages is followed by one look, forty milliseconds after the first', async () => {
  for (let i = 0; i < 20; i++) review.ask();
  await pass(39);
  expect(begun).toBe(0);
  review.ask();
  await pass(1);
  expect(begun).toBe(1);
  end();
  await pass(1_000);
  expect(begun).toBe(1);
});

test('what is asked for during a look comes in one more, never beside it', async () => {
  review.ask();
  await pass(40);
  review.ask();
  review.ask();
  await pass(1_000);
  expect(begun).toBe(1);
  end();
  await settled();
  await pass(40);
  expect(begun).toBe(2);
});

test('a stop waits for the look under way and lets none begin', async () => {
  review.ask();
  await pass(40);
  review.ask();
  let isStopped = false;
  const stopped = review.stop().then(() => {
    isStopped = true;
  });
  await settled();
  expect(isStopped).toBe(false);
  end();
  await stopped;
  review.ask();
  await pass(1_000);
  expect(begun).toBe(1);
});

test('a stop before the look does not wait for its moment', async () => {
  review.ask();
  await review.stop();
  expect(begun).toBe(0);
});
