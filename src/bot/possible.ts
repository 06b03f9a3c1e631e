/** Whether a verb would be taken from this person here and now: tried on the core, without writing anything. */
import { decide } from '../core/incident/decide';
import { type Refusal, refuse } from '../core/incident/refusal';
import type { IncidentState } from '../core/incident/state';
import type { Rulebook } from '../core/plans/rulebook';
import type { Turn } from './turn';
import type { VerbRow } from './verbs/row';

export const NOTHING = refuse('verb_needed', '现在没有可以办理的事项。');

/** Null where the core would take the verb with one of its samples, or where only words are missing; else why the last sample was refused. */
export function whyNotOn(turn: Turn, rules: Rulebook, state: IncidentState, { build, samples }: VerbRow): Refusal | null {
  if (build === null) return NOTHING;
  const { roster, actor, at, seed } = turn;
  const said = { turn, rules, state, rest: '', call: null, via: 'text' as const, confirmed: false };
  let why: Refusal = NOTHING;
  for (const rest of samples(said)) {
    const made = build({ ...said, rest });
    const tried = made.is === 'refusal' ? made : decide({ rules, roster }, state, { command: made.command, actor, at, seed });
    if (tried.is !== 'refusal' || asksWords(tried)) return null;
    why = tried;
  }
  return why;
}

/** Would a fuller argument answer this refusal? Then the person may, here and now. */
export function asksWords({ code }: Refusal): boolean {
  return WORDS_ONLY.test(code);
}

const WORDS_ONLY = /^(?:which_\w+|argument_missing|\w+_required|nothing_recorded|nothing_changed|no_such_level|due_passed)$/;
