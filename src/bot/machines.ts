/** Machines as one more platform: their rows name the person they speak for, and nothing is ever sent to them. */
import type { Platform } from '../ports/platform';

/** The tenant of all calls over the API. */
export const API_TENANT = 'api';

/** Account of a machine's row: the person it speaks for, or nobody. */
export function accountFor(machine: string, person: string | null): string {
  return person === null ? `machine:${machine}` : `person:${person}`;
}

/** Hears nothing by itself: its rows come from the web face, which has checked who calls. */
export const machinePlatform: Platform = {
  id: API_TENANT,
  tenant: API_TENANT,
  intake: { kinds: [], read: () => ({ is: 'taken', messages: [] }) },
  channels: [],
  connection: null,
  personOf: (account) => /^person:(.+)$/u.exec(account)?.[1] ?? null,
  roomOf: () => null,
  routesToRoom: () => [],
  routesToPerson: () => [],
  routesToChat: () => [],
};
