/** `decide(state, command) -> events`: what is done is noted as it was done; settings only where they differ. */
import type { Envelope } from '../incident/commands';
import { type Refusal, refuse } from '../incident/refusal';
import type { AdminCommand, AdminEvent } from './events';
import type { AdminState } from './state';

/** Refuses `nothing_changed` for settings that stand already. */
export function decide(
  _scene: unknown,
  state: AdminState | null,
  { command }: Envelope<AdminCommand>,
): { readonly is: 'events'; readonly events: readonly AdminEvent[] } | Refusal {
  if (command.type === 'NoteAct') return { is: 'events', events: [{ ...command.act, v: 1 }] };
  const changed = changedSettings(state?.settings ?? {}, command.settings);
  if (Object.keys(changed).length === 0) return refuse('nothing_changed', '没有写明变更什么。', '');
  return { is: 'events', events: [{ type: 'SettingsChanged', v: 1, from: null, changed }] };
}

/** By name, what stands now; null for what stands no longer. */
function changedSettings(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return Object.fromEntries(names.flatMap((name) => (before[name] === now[name] ? [] : [[name, now[name] ?? null]])));
}
