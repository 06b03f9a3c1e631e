/** The lean form of `npm run fuzz`: some cases of everything. FENGHUO_FUZZ multiplies them, FENGHUO_FUZZ_SEED chooses others. */
import { expect, test } from '@jest/globals';
import { run } from './target';
import { targets } from './targets';

const TIMES = Number(process.env.FENGHUO_FUZZ ?? 1);
const SEED = Number(process.env.FENGHUO_FUZZ_SEED ?? 1);
/** A second each at most; what a few cases must have met is not asked of the slow ones. */
const CASES: Readonly<Record<string, number>> = {
  'wecom-callbacks': 4_000,
  'dingtalk-callbacks': 2_000,
  'dingtalk-frames': 1_000,
  'wecom-frames': 2_000,
  reports: 300,
  chat: 300,
  packs: 100,
  'govding-callbacks': 2_000,
  files: 300,
  api: 150,
  pages: 400,
  sandbox: 400,
};

test.each(targets.map((target) => [target.name, target] as const))(
  '%s: damaged input by the hundred ends as it may, never otherwise',
  async (name, target) => {
    const { faults, missed } = await run(target, { cases: (CASES[name] ?? 100) * TIMES, seed: SEED });
    expect(faults).toEqual([]);
    expect(missed).toEqual([]);
  },
  300_000,
);
