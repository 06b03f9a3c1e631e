/** Plan packs with anything in them that a hurried clerk or a broken copy may leave: faults with a line and a sentence, or a sound plan, never a crash. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { shapeFaults } from '../../src/config/shapeFaults';
import { parseYaml } from '../../src/config/yamlFile';
import { packFaults } from '../../src/core/plans/packFaults';
import { packSchema } from '../../src/core/plans/packSchema';
import { profileSchema } from '../../src/core/plans/profileSchema';
import { CONFIG } from '../core/builders';
import { damageText, pick, type Roll } from './chance';
import type { Target } from './target';

const PACKS = readdirSync(join(CONFIG, 'plan-packs')).map((id) => readFileSync(join(CONFIG, 'plan-packs', id, 'pack.yaml'), 'utf8'));
const PROFILE = profileSchema.parse(parse(readFileSync(join(CONFIG, 'deadline-profiles/standard.yaml'), 'utf8')));
const TREES = PACKS.map((text) => parse(text) as unknown);
const PIECES = [
  '\t',
  ': ',
  '- ',
  '&a ',
  '*a',
  '!!js/function x',
  '{',
  '}',
  '[',
  '"',
  "'",
  '|',
  '>',
  '#',
  '\u0000',
  '\ufeff',
  '<<: *a',
  '? ',
  '---\n',
  '...\n',
  '%YAML 9.9\n',
];
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  Number.NaN,
  '',
  ' ',
  'x'.repeat(5_000),
  [],
  {},
  [[]],
  '__proto__',
  'Ⅴ',
  '2026-13-45',
];

/** One in so many is a text, broken as such or written from a bent plan. */
const AS_TEXT = 20;

export const packs: Target = {
  name: 'packs',
  cases: 20_000,
  open: async () => ({
    expected: ['faults', 'sound'],
    one: (roll) => {
      const faults = roll(AS_TEXT) === 0 ? ofText(roll) : ofTree(bent(pick(TREES, roll), roll));
      if (faults.some((zh) => zh.trim() === '')) throw new Error('a fault without words');
      if (({} as Record<string, unknown>).polluted !== undefined) throw new Error('every object has a new property');
      return faults.length === 0 ? 'sound' : 'faults';
    },
  }),
};

/** The way of a file: each fault has its line. */
function ofText(roll: Roll): readonly string[] {
  const source = roll(2) === 0 ? damagedText(roll) : stringify(bent(pick(TREES, roll), roll), { aliasDuplicateObjects: false });
  const read = parseYaml('pack.yaml', source, packSchema);
  if (read.is === 'ok') return packFaults(read.value, PROFILE).map(({ zh }) => zh);
  if (read.faults.some(({ line }) => !(line >= 0))) throw new Error(`a fault without a line in\n${source.slice(0, 400)}`);
  return read.faults.map(({ zh }) => zh);
}

/** The same without the text, which costs most of the time. */
function ofTree(data: unknown): readonly string[] {
  const read = packSchema.safeParse(data);
  return (read.success ? packFaults(read.data, PROFILE) : shapeFaults(read.error.issues, data)).map(({ zh }) => zh);
}

function damagedText(roll: Roll): string {
  let text = pick(PACKS, roll);
  for (let faults = roll(4); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  return text;
}

/** A copy with one entry somewhere below taken out, doubled, or replaced by something of another shape. */
function bent(value: unknown, roll: Roll): unknown {
  if (typeof value !== 'object' || value === null || roll(12) === 0) return pick(ODD, roll);
  if (Array.isArray(value)) {
    const at = roll(value.length + 1);
    const inside = value[at];
    if (inside === undefined) return [...value, pick(ODD, roll)];
    return roll(4) === 0 ? value.toSpliced(at, roll(2), inside) : value.with(at, bent(inside, roll));
  }
  const keys = Object.keys(value);
  const key = keys[roll(keys.length + 1)];
  if (key === undefined) return { ...value, [pick(['polluted', '__proto__', 'constructor', 'x'], roll)]: { polluted: 1 } };
  const { [key]: inside, ...rest } = value as Record<string, unknown>;
  return roll(4) === 0 ? rest : { ...value, [key]: bent(inside, roll) };
}
