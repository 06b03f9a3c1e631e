/** A new incident from somebody's words: read, matched with the plans, opened with the next number. */
import { suggestAmong } from '../core/grading/suggest';
import type { Rulebook } from '../core/plans/rulebook';
import type { ReportFields } from '../core/report/fields';
import { readReport } from '../core/report/read';
import type { Deps } from '../handlers/deps';
import { execute, type Outcome } from '../handlers/execute';
import { report } from './command';
import type { Turn } from './turn';

/** Never refused, whatever is missing. `splitFrom`: the incident it was split off from. */
export async function openIncident(
  turn: Turn,
  words: string,
  splitFrom: number | null = null,
): Promise<Extract<Outcome, { is: 'done' }> & { readonly n: number; readonly fields: ReportFields }> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const reading = readReport(words, turn.heardAt, turn.roster, 'report');
  const suggestion = suggestAmong(deps.rulebooks.current, words, reading);
  const stream = await tx.openStream('incident', 'real', deps.ids.next(), rulesOf(deps, suggestion.plan).hash);
  const { command, texts } = report(turn, words, reading, suggestion, stream.n, splitFrom);
  const outcome = await execute(tx, deps, {
    stream,
    envelope: { command, actor, at, seed: splitFrom === null ? seed : `${seed}-split` },
    cause: { kind: 'inbox', id: item.id },
    texts,
    origin,
  });
  if (outcome.is !== 'done') throw new Error(`a report was answered with ${outcome.is}`);
  return { ...outcome, n: stream.n, fields: reading.fields };
}

/** The pack that is suggested; the first of all when none claims the report. */
function rulesOf({ rulebooks }: Deps, plan: string | null): Rulebook {
  const found = rulebooks.current.find((rules) => rules.pack.pack === plan) ?? rulebooks.current[0];
  if (found === undefined) throw new Error('no plan pack is loaded');
  return found;
}
