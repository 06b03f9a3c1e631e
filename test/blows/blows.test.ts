/** The quick part of `npm run blows`: six kills in the middle of the work, with the real-time limits shortened instead of waited out. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { chanceOf } from './chance';
import type { Given, Outcome } from './fault';
import { pointFaults } from './faults/points';
import { walkUndisturbed } from './undisturbed';

const QUICK = ['frame_stored', 'callback_stored', 'command_written', 'message_handled', 'rings_committed', 'reserved'];
const SEED = 1;

describe('the bot is killed in the middle of its work and started again', () => {
  const outcomes = new Map<string, Outcome>();
  beforeAll(async () => {
    // Builds the program if its sources have changed.
    spawnSync(process.execPath, [resolve('bin/fenghuo.js'), 'help'], { stdio: 'ignore' });
    const base = await walkUndisturbed();
    await Promise.all(
      pointFaults
        .filter(({ name }) => QUICK.includes(name))
        .map(async ({ name, run }) => {
          const given: Given = { ...base, chance: chanceOf(SEED, name), isQuick: true };
          outcomes.set(name, await run(given));
        }),
    );
  }, 240_000);

  test.each(QUICK)('killed at %s: nothing is lost, nothing happens twice, everything is at rest again', (name) => {
    const { lost, doubled, faults } = outcomes.get(name) ?? { lost: ['everything'], doubled: [], faults: [] };
    expect({ lost, doubled, faults }).toEqual({ lost: [], doubled: [], faults: [] });
  });
});
