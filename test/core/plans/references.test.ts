/** Every place where a shipped pack names somebody, a deadline, a measure or a chain is followed: a wrong name anywhere is found. */
import { describe, expect, test } from '@jest/globals';
import { actorsOf } from '../../../src/core/plans/faults/ids';
import { packFaults } from '../../../src/core/plans/packFaults';
import type { PlanPack } from '../../../src/core/plans/packSchema';
import { RULES } from '../builders';
import { shippedRulebooks } from '../report/bureau';

type Path = readonly (string | number)[];

/** Paths of all texts that are one of `ids` and not the place where it is defined. */
function* namings(value: unknown, ids: ReadonlySet<string>, path: Path = []): Generator<Path> {
  if (typeof value === 'string') {
    if (ids.has(value) && path.at(-1) !== 'id') yield path;
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* namings(inner, ids, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function misnamed(pack: PlanPack, path: Path): PlanPack {
  const copy = structuredClone(pack);
  const owner = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], copy);
  (owner as Record<string | number, unknown>)[path.at(-1) ?? ''] = 'nobody_at_all';
  return copy;
}

/** Where a word of the pack is used in another sense: options of a setting, roles and scopes of the directory, kinds of paper, cue words. */
function isOther(path: Path): boolean {
  return path[0] === 'settings' || path.includes('bound_to') || path.at(-2) === 'papers' || path.at(-1) === 'act' || path.at(-2) === 'cues';
}

describe.each(shippedRulebooks().map((r) => [r.pack.short_title, r.pack] as const))('%s', (_title, pack) => {
  const ids = (entries: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(entries.map((e) => e.id));
  test.each([
    ['岗位、工作组、职能、单位', new Set(actorsOf(pack)), 'unbound_slot', 60],
    ['时限环节', ids(RULES.profile.steps), 'unknown_deadline', 15],
    ['指标', ids(pack.measures), 'unknown_measure', 8],
    ['签发链', ids(pack.sign_off), 'unknown_chain', 1],
  ] as const)('提到的每一处%s写错都会被发现', (_what, known, code, least) => {
    const paths = [...namings(pack, known)].filter((path) => !isOther(path));
    expect(paths.length).toBeGreaterThanOrEqual(least);
    for (const path of paths) {
      const codes = packFaults(misnamed(pack, path), RULES.profile).map((f) => f.code);
      if (!codes.includes(code)) throw new Error(`${path.join('.')} is not followed: ${codes.join(', ')}`);
    }
  });
});
