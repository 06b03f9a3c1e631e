/** Which of the plan's triggers set the response going (plan packs, activation). */
import type { Rulebook } from '../../plans/rulebook';
import { type Refusal, refuse } from '../refusal';

/** Null when the trigger is one of the plan's, or none is given where none is asked for. Refuses `trigger_required`, `no_such_trigger`. */
export function wrongTrigger({ pack }: Rulebook, trigger: string | null, hint: string): Refusal | null {
  const { triggers, trigger_required } = pack.activation;
  const known = triggers.map((t) => t.zh).join('、');
  if (trigger === null) return trigger_required ? refuse('trigger_required', `本预案须写明由哪一种情形引起：${known}。`, hint) : null;
  return triggers.some((t) => t.id === trigger) ? null : refuse('no_such_trigger', `本预案没有这种启动情形。可写：${known}。`, hint);
}
