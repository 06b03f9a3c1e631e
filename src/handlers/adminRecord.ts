/** The record of administration: who signed in, what was taken along, what was changed; one stream a year, chained and anchored like any other. */

import type { AdminAct, AdminCommand } from '../core/admin/events';
import { dayOf } from '../core/calendar/calendar';
import type { PersonId } from '../core/roster/roster';
import type { Deps } from './deps';
import { executeIn } from './execute';
import { ADMIN } from './lives';

/** Notes one act. Throws where it cannot be stored: whoever is to be noted waits for it. Called twice it is noted twice. */
export type NoteAct = (act: AdminAct) => Promise<void>;

export function noteActs(deps: Deps): NoteAct {
  return (act) => note(deps, { type: 'NoteAct', act }, personOf(act));
}

/** Notes which settings have changed since they were noted last this year; those that stand already change nothing. */
export function noteSettings(deps: Deps, settings: Readonly<Record<string, string>>): Promise<void> {
  return note(deps, { type: 'NoteSettings', settings }, null);
}

/** Only somebody who was found to be himself; a claim stands in the event alone. */
function personOf(act: AdminAct): PersonId | null {
  return 'by' in act ? act.by : null;
}

async function note(deps: Deps, command: AdminCommand, person: PersonId | null): Promise<void> {
  const at = deps.clock.now();
  const seed = deps.ids.next();
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) throw new Error('no plan pack is loaded');
  const id = `admin-${dayOf(at).slice(0, 4)}`;
  await deps.store.transact({ busy: 'wait' }, async (tx) => {
    const stream = (await tx.stream(id)) ?? (await tx.openStream('admin', 'real', id, rules.hash));
    const envelope = { command, actor: { person, room: null, conversation: '' }, at, seed };
    await executeIn(ADMIN, tx, deps, { stream, envelope, cause: { kind: 'page', id: seed }, texts: [], origin: null });
  });
}
