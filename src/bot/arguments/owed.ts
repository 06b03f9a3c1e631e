/** What is owed, as people name it: by the name of the step, the earliest open one of that name first. */
import { deadlines } from '../../core/deadlines/deadlines';
import { type Refusal, refuse } from '../../core/incident/refusal';
import { kindZh } from '../../core/plans/rulebook';
import type { Said } from '../verbs/row';
import { namedAt } from './named';

/** The key of the obligation named at the front; one that is over is found as well, so that the core can say how it ended. Refuses `which_obligation`. */
export function owedAt(
  { rules, state }: Said,
  rest: string,
  usage: string,
): { readonly is: 'owed'; readonly key: string; readonly rest: string } | Refusal {
  const rows = deadlines(rules, state);
  const open = rows.filter((row) => row.status === 'open').sort((a, b) => a.dueAt - b.dueAt);
  const kinds = [...new Set([...open, ...rows].map((row) => row.kind))].map((id) => ({ id, zh: kindZh(rules, id) }));
  const found = namedAt(kinds, rest);
  const row =
    found === null ? undefined : (open.find((one) => one.kind === found.found.id) ?? rows.find((one) => one.kind === found.found.id));
  if (found !== null && row !== undefined) return { is: 'owed', key: row.key, rest: found.rest };
  const names = [...new Set(open.map((one) => kindZh(rules, one.kind)))];
  const hint = names.length === 0 ? '现在没有待办事项' : `待办：${names.join('、')}。#${state.n} ${usage}`;
  return refuse('which_obligation', '没有读出是哪一项。', hint);
}
