/** Everything the rows hold of one incident, as of one moment: what an evidence bundle is made from. */
import type { Deadline } from '../core/deadlines/deadline';
import type { PersonId } from '../core/roster/roster';
import type { KeptText, StoredChain, StoredPaper } from './chains';
import type { HeardMessage, IncidentView } from './views';

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
