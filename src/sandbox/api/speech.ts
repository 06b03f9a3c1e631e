/** From a request's fields to what a person says, for the routes of every platform. */
import type { CommonCore } from '../commonCore';
import { find } from '../rooms';
import type { Speaker, Speech } from '../speech';

/** Where a place has its coordinates in fields of their own. */
type Given =
  | Exclude<Speech, { kind: 'text' | 'location' }>
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number; readonly scale: number; readonly label: string };

/** The fields as a speech. */
export function speechOf(given: Given): Speech {
  if (given.kind !== 'location') return given;
  const { kind, ...place } = given;
  return { kind, place };
}

/** Who speaks where, by the ids in the request. Refuses an unknown room, a stranger to it, and a quote of another room. */
export function speakerOf(
  core: CommonCore,
  given: {
    readonly room: string;
    readonly from: string;
    readonly quote?: string | undefined;
    readonly mentionBot: boolean;
    readonly copies: number;
  },
): Speaker {
  const { room, from, quote, mentionBot, copies } = given;
  return { ...find.memberIn(core, room, from), quote: quote === undefined ? null : find.quoted(core, room, quote), mentionBot, copies };
}
