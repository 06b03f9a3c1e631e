/** Follows every reference the schema declares (`refers`) and names those that lead nowhere. */
import { z } from 'zod';
import { type PlanPack, packSchema } from '../packSchema';
import type { DeadlineProfile } from '../profileSchema';
import type { Refers } from '../schema/cited';
import type { PlanFault } from './fault';
import { actorsOf } from './ids';

/** Without a sound profile (null) its steps and columns are not looked at. */
export function referenceFaults(pack: PlanPack, profile: DeadlineProfile | null): readonly PlanFault[] {
  const known = knownIn(pack, profile);
  return [...references(SHAPE, pack, [])].flatMap(({ refers, path, value }) =>
    known[refers]?.has(String(value)) === false ? [{ path, code: CODES[refers], zh: `${MISSING[refers]}：${value}` }] : [],
  );
}

const CODES: Readonly<Record<Refers, string>> = {
  actor: 'unbound_slot',
  deadline: 'unknown_deadline',
  column: 'unknown_column',
  level: 'unknown_level',
  category: 'unknown_category',
  matter: 'unknown_matter',
  measure: 'unknown_measure',
  chain: 'unknown_chain',
};

const MISSING: Readonly<Record<Refers, string>> = {
  actor: '没有落到任何岗位、工作组、职能或单位',
  deadline: '时限档案没有这个环节',
  column: '时限档案没有这一列',
  level: '没有这个级别',
  category: '没有这个类别',
  matter: '没有这个专项',
  measure: 'measures 里没有这个指标',
  chain: '没有这条签发链',
};

/** Null: nothing to hold it against. A level-free plan may keep rows for the day it is graded. */
function knownIn(pack: PlanPack, profile: DeadlineProfile | null): Readonly<Record<Refers, ReadonlySet<string> | null>> {
  const ids = (entries: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(entries.map((e) => e.id));
  return {
    actor: new Set(actorsOf(pack)),
    deadline: profile === null ? null : ids(profile.steps),
    column: profile === null ? null : new Set(profile.columns),
    level: pack.level_scheme === 'none' ? null : new Set(pack.levels.map((l) => String(l.rank))),
    category: ids(pack.categories),
    matter: ids(pack.matters),
    measure: ids(pack.measures),
    chain: ids(pack.sign_off),
  };
}

interface Shape {
  readonly refers?: Refers;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly propertyNames?: Shape;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

const SHAPE = z.toJSONSchema(packSchema) as Shape;

interface Reference {
  readonly refers: Refers;
  readonly path: readonly (string | number)[];
  readonly value: string | number;
}

function* references(shape: Shape | undefined, value: unknown, path: readonly (string | number)[]): Generator<Reference> {
  if (shape === undefined || value === undefined || value === null) return;
  if (shape.refers !== undefined && (typeof value === 'string' || typeof value === 'number')) yield { refers: shape.refers, path, value };
  if (shape.anyOf?.some((one) => one.const === value) === false) for (const one of shape.anyOf) yield* references(one, value, path);
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* references(shape.items, item, [...path, i]);
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      yield* references(shape.propertyNames, key, [...path, key]);
      yield* references(shape.properties?.[key], inner, [...path, key]);
    }
}
