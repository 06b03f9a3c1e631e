/** Who was asked, as the API shows it: by which rungs each was reached, what he answered, when he came. */
import { boardOf } from '../../core/incident/board';
import type { IncidentState } from '../../core/incident/state';
import type { DeliveryView } from '../../ports/views';
import { iso, isoOrNull } from './iso';

/** Everybody asked, one entry an ask: lists, the roll-call sheet and the board are made of it. Who was called has a moment of arrival. */
export function presentAsks({ state, deliveries }: { readonly state: IncidentState; readonly deliveries: readonly DeliveryView[] }) {
  const arrivals = new Map(boardOf(state).map((row) => [row.ask, row.arrivedAt]));
  return Object.values(state.asks).map((ask) => ({
    id: ask.id,
    kind: ask.kind,
    person: ask.person,
    room: ask.room,
    group: ask.group,
    standInFor: ask.standInFor,
    askedAt: iso(ask.askedAt),
    answeredAt: isoOrNull(ask.answeredAt),
    answer: ask.answer,
    stoodDownAt: isoOrNull(ask.stoodDownAt),
    arrivedAt: isoOrNull(arrivals.get(ask.id) ?? null),
    got: gotOf(deliveries, ask.person),
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

/** Best end of the private messages this person was sent about it; null where none was. Platforms that tell of reading say `read`. */
function gotOf(deliveries: readonly DeliveryView[], person: string): DeliveryView['state'] | null {
  const states = new Set(deliveries.flatMap((d) => (d.addressee === `person:${person}` ? [d.state] : [])));
  return BEST_FIRST.find((state) => states.has(state)) ?? null;
}

const BEST_FIRST: readonly DeliveryView['state'][] = ['read', 'delivered', 'accepted', 'sending', 'queued', 'held', 'unknown', 'refused'];
