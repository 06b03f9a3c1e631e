/** Every entry must say which clause it comes from, and whose rule it is where the plan is silent. */
import type { PlanPack } from '../packSchema';
import { UNSPECIFIED } from '../schema/cited';
import type { PlanFault } from './fault';

/** Clauses missing from the pack's own list, and entries of ours that do not say so (`clause_unknown`, `clause_missing`, `source_missing`). */
export function clauseFaults(pack: PlanPack): readonly PlanFault[] {
  return [...entriesIn(pack, [])].flatMap(({ entry, path }) => faultsOf(entry, path, pack.clauses));
}

interface Entry {
  readonly clause: string;
  readonly mark?: unknown;
  readonly source?: unknown;
}

function* entriesIn(value: unknown, path: readonly (string | number)[]): Generator<{ entry: Entry; path: readonly (string | number)[] }> {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* entriesIn(item, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    if ('clause' in value && typeof value.clause === 'string') yield { entry: value as Entry, path };
    for (const [key, inner] of Object.entries(value)) yield* entriesIn(inner, [...path, key]);
  }
}

function faultsOf({ clause, mark, source }: Entry, path: readonly (string | number)[], known: PlanPack['clauses']): readonly PlanFault[] {
  const at = (key: string, code: string, zh: string): PlanFault => ({ path: [...path, key], code, zh });
  const silent = clause === UNSPECIFIED;
  return [
    ...(silent
      ? []
      : clause
          .split('、')
          .flatMap((one) => (Object.hasOwn(known, one) ? [] : [at('clause', 'clause_unknown', `条款目录 clauses 里没有“${one}”`)]))),
    ...(silent && mark === 'S' ? [at('clause', 'clause_missing', '预案没有规定的，要写 mark（N、P 或 J），说明是谁的规定')] : []),
    ...(mark !== 'S' && source === undefined ? [at('mark', 'source_missing', '不是预案原文的，要写 source 说明依据')] : []),
  ];
}
