/** What machines and people do to the embedded database, with real processes and real kills. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { cases } from './cases';
import { holdStage } from './stage';

/** Most of a case is waiting, so a few run side by side; more would starve the rest of the suite. */
const AT_ONCE = 3;
const free: (() => void)[] = [];
let running = 0;

const stage = holdStage();
afterAll(() => stage.release());

describe('the embedded database stands it', () => {
  for (const { name, leftOut, run } of cases) {
    const why = leftOut?.() ?? null;
    if (why !== null) test.skip(`${name} (left out here: ${why})`, () => undefined);
    else test.concurrent(name, async () => expect(await inTurn(run)).toMatch(/\S/), 300_000);
  }
});

async function inTurn(run: () => Promise<string>): Promise<string> {
  if (running >= AT_ONCE) await new Promise<void>((go) => free.push(go));
  running += 1;
  return run().finally(() => {
    running -= 1;
    free.shift()?.();
  });
}
