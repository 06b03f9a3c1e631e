/** From a verb and its argument to a command of the core, and from a reading to a first report. */
import type { Suggestion } from '../core/grading/suggest';
import type { Via } from '../core/incident/events/intake';
import { type Refusal, refuse } from '../core/incident/refusal';
import type { IncidentState } from '../core/incident/state';
import type { Rulebook } from '../core/plans/rulebook';
import type { Reading } from '../core/report/fields';
import { keepWords, type Turn } from './turn';
import { withoutPhone } from './verbs/intake';
import type { Built } from './verbs/row';
import { verbOf } from './verbs/table';

export interface Wanted {
  /** A verb about one known incident. */
  readonly verb: string;
  readonly rest: string;
  readonly call: number | null;
  readonly via: 'text' | 'click';
  /** The question this person has confirmed by code; null while nothing was asked. */
  readonly agreedTo: string | null;
}

/** Reads the argument with the incident as it stands. Refuses what the verb's own reading refuses, and `unknown_verb`. */
export function buildCommand(turn: Turn, rules: Rulebook, state: IncidentState, wanted: Wanted, confirmed: boolean): Built | Refusal {
  const build = verbOf(wanted.verb)?.build ?? null;
  if (build === null) return refuse('unknown_verb', '没有这个指令。', '输入 帮助 查看可用指令');
  const { rest, call, via } = wanted;
  return build({ turn, rules, state, rest, call, via, confirmed });
}

/** What is known of a first report beside its words. */
export interface Beside {
  /** The incident it was split off from. */
  readonly splitFrom?: number;
  readonly via?: Via;
  readonly like?: readonly number[];
}

/** A first report, as it was read and with what is suggested; its words are kept. */
export function report(turn: Turn, words: string, reading: Reading, suggestion: Suggestion, n: number, beside: Beside = {}): Built {
  const kept = keepWords(turn, 'report', words);
  return {
    is: 'built',
    command: {
      type: 'ReportIncident',
      n,
      receivedAt: turn.heardAt,
      text: kept.ref,
      fields: withoutPhone(reading.fields),
      facts: reading.facts,
      suggestion,
      ...beside,
    },
    texts: [kept.text],
  };
}
