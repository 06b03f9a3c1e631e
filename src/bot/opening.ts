/** A new incident from somebody's words: read, matched with the plans, held against what came in lately, opened with the next number. */
import { suggestAmong } from '../core/grading/suggest';
import type { Instant } from '../core/instant';
import type { Rulebook } from '../core/plans/rulebook';
import type { Reading, ReportFields } from '../core/report/fields';
import { readReport } from '../core/report/read';
import type { Deps } from '../handlers/deps';
import { execute, type Outcome } from '../handlers/execute';
import { type Beside, report } from './command';
import { likeOnes } from './likeOnes';
import type { Turn } from './turn';

export type Opened = Extract<Outcome, { is: 'done' }> & { readonly n: number; readonly fields: ReportFields };

/** What a machine knows better than its words: when the matter happened. */
export interface Known extends Beside {
  readonly occurredAt?: Instant;
}

/** Never refused, whatever is missing. A part split off is like what it was split from, and is held against nothing. */
export async function openIncident(turn: Turn, words: string, { occurredAt, ...beside }: Known = {}): Promise<Opened> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const reading = happenedAt(readReport(words, turn.heardAt, turn.roster, 'report'), occurredAt);
  const suggestion = suggestAmong(deps.rulebooks.current, words, reading);
  const like = beside.splitFrom === undefined ? await likeOnes(turn, words, reading, suggestion) : [];
  const stream = await tx.openStream('incident', 'real', deps.ids.next(), rulesOf(deps, suggestion.plan).hash);
  const { command, texts } = report(turn, words, reading, suggestion, stream.n, { ...beside, like });
  const outcome = await execute(tx, deps, {
    stream,
    envelope: { command, actor, at, seed: beside.splitFrom === undefined ? seed : `${seed}-split` },
    cause: { kind: 'inbox', id: item.id },
    texts,
    origin,
  });
  if (outcome.is !== 'done') throw new Error(`a report was answered with ${outcome.is}`);
  return { ...outcome, n: stream.n, fields: reading.fields };
}

function happenedAt(reading: Reading, moment: Instant | undefined): Reading {
  if (moment === undefined) return reading;
  const occurredAt = { value: { at: moment, precision: 'minute' as const }, spans: [] };
  return { ...reading, fields: { ...reading.fields, occurredAt } };
}

/** The pack that is suggested; the first of all when none claims the report. */
function rulesOf({ rulebooks }: Deps, plan: string | null): Rulebook {
  const found = rulebooks.current.find((rules) => rules.pack.pack === plan) ?? rulebooks.current[0];
  if (found === undefined) throw new Error('no plan pack is loaded');
  return found;
}
