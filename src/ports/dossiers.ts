/** Everything the rows hold of one incident, as of one moment: what an evidence bundle is made from. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Instant } from '../core/instant';
import type { PersonId, RoomId } from '../core/roster/roster';
import type { KeptText, StoredChain, StoredPaper } from './chains';
import type { HeardState, IncidentView } from './views';

/** A message that was about the incident, with its words while they are kept. */
export interface HeardMessage {
  readonly id: string;
  readonly source: string;
  /** Null for a private chat. */
  readonly room: RoomId | null;
  readonly account: string;
  readonly receivedAt: Instant;
  readonly state: HeardState;
  readonly outcome: string | null;
  /** Null once erased. */
  readonly words: string | null;
}

/** One incident whole. */
export interface Dossier {
  readonly view: IncidentView;
  readonly chain: StoredChain;
  readonly texts: readonly KeptText[];
  readonly papers: readonly StoredPaper[];
  readonly messages: readonly HeardMessage[];
  readonly deadlines: readonly Deadline[];
  /** The pinned rules as they were read; null where they were never stored. */
  readonly rulebook: { readonly pack: string; readonly profile: string } | null;
  /** Everybody of the roster, without telephones. */
  readonly people: ReadonlyMap<PersonId, { readonly name: string; readonly post: string }>;
}

/** Reads incidents whole. */
export interface Dossiers {
  /** Of a real incident; null when there is none. */
  read(n: number): Promise<Dossier | null>;
}
