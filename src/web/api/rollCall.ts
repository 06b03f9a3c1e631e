/** The roll-call sheet as the API shows it: by which rungs each person was reached. */
import type { IncidentState } from '../../core/incident/state';
import type { DeliveryView } from '../../ports/views';
import { iso, isoOrNull } from './iso';

/** Who was asked, by which rungs, what became of each, and when he answered: for the roll-call sheet. */
export function rollCall({ state, deliveries }: { readonly state: IncidentState; readonly deliveries: readonly DeliveryView[] }) {
  return Object.values(state.asks).map((ask) => ({
    ask: ask.id,
    person: ask.person,
    standInFor: ask.standInFor,
    askedAt: iso(ask.askedAt),
    answeredAt: isoOrNull(ask.answeredAt),
    answer: ask.answer,
    reach: (ask.notReached ?? []).map(({ at, by, code }) => ({ at: iso(at), by, code })),
    rungs: deliveries.flatMap((d) => (isRungOf(ask, d) ? [{ ...rungOf(d), at: iso(d.at) }] : [])),
  }));
}

/** Private messages and calls that named this person from the asking on; what a room was told stands with the room. */
function isRungOf({ person, version }: IncidentState['asks'][string], { addressee, purpose, version: of }: DeliveryView): boolean {
  return addressee === `person:${person}` && of >= version && (of === version || RUNGS.has(purpose));
}

const RUNGS: ReadonlySet<string> = new Set(['reminder', 'strong_reminder', 'sms', 'voice']);

function rungOf({ purpose, channel, state, reason }: DeliveryView) {
  return { by: purpose === 'sms' || purpose === 'voice' ? purpose : 'chat', purpose, channel, state, reason };
}
