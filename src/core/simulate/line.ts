/** What a simulation says: one line is one message as people would get it, or one step that has no port yet. */
import type { AskKind } from '../incident/events';
import type { Instant } from '../instant';
import type { PersonId, RoomId } from '../roster/roster';

export type Channel = 'mention' | 'private' | 'post' | 'strong_reminder' | 'sms' | 'voice';

export type What =
  | 'echo'
  | 'told'
  | 'asked'
  | 'asked_instead'
  | 'reminded'
  | 'called'
  | 'escalated'
  | 'dial_list'
  | 'stand_in_offered'
  | 'notice'
  | 'summary'
  | 'digest'
  | 'noted'
  | 'not_started';

/** One thing a message says. */
export interface Item {
  readonly what: What;
  /** Step of the deadline profile it is about; for notices the occasion: `reported`, `activated`, `digest`. */
  readonly about: string;
  /** What was asked, where a named person was asked; null elsewhere. */
  readonly ask: AskKind | null;
  /** When the answer or the work is due; null where nothing is owed. */
  readonly due: Instant | null;
  /** Share of the term elapsed, of a ring; null elsewhere. */
  readonly percent: number | null;
  /** Which of how many escalations after the term it is; null elsewhere. */
  readonly turn: { readonly no: number; readonly of: number } | null;
}

export interface Line {
  readonly at: Instant;
  readonly channel: Channel | null;
  /** Null for what goes to people, or is no message at all. */
  readonly room: RoomId | null;
  /** Who is @-ed or gets it privately; empty where a room reads it. */
  readonly people: readonly PersonId[];
  readonly items: readonly Item[];
  /** Planned by the ladder, but no port of that kind is configured. */
  readonly skipped: boolean;
}

/** An item with everything but the essentials at rest. */
export function item(what: What, about: string, more: Partial<Item> = {}): Item {
  return { what, about, ask: null, due: null, percent: null, turn: null, ...more };
}
