/** What a stream is now, in the shape of this program: everybody who looks at a state comes through here. */
import type { Versioned } from '../core/upcast';
import type { Tx } from '../ports/store';
import type { StoredEvent, StreamRow } from '../ports/streams';
import type { Life } from './life';

/** What is needed of a stream's row, be it locked, looked at or shown. */
export type Snapshot = Pick<StreamRow, 'id' | 'version' | 'state' | 'stateV'>;
/** Events of the stream after a version, oldest first, at most `limit`. */
export type ReadEvents = (after: number, limit: number) => Promise<readonly StoredEvent[]>;
/** A row whose state this program can read; null before its first event. */
export type Known<S> = Omit<StreamRow, 'state'> & { readonly state: S | null };

type Folding<S, E extends Versioned> = Pick<Life<S, E, never>, 'v' | 'evolve' | 'upcast'>;

/** Events read at once; a long incident has some hundreds. */
const PAGE = 500;

/**
 * The snapshot, or, where an older or a newer program saved it in another shape, what the events up to it make of it. Changes
 * nothing. Refuses (throws, naming stream, version and type) an event that only a newer program can read, and a gap.
 */
export async function recall<S, E extends Versioned>(life: Folding<S, E>, row: Snapshot, read: ReadEvents): Promise<S | null> {
  return isCurrent(life, row) ? (row.state as S | null) : refold(life, row, read);
}

/** May the snapshot be read as it is? One of a stream without events has nothing to read. */
export function isCurrent(life: Pick<Folding<unknown, never>, 'v'>, row: Snapshot): boolean {
  return row.stateV === life.v || row.version === 0;
}

/** Looks at a stream without a lock; null when there is none. */
export async function peekKnown<S, E extends Versioned>(tx: Tx, life: Folding<S, E>, id: string): Promise<Known<S> | null> {
  const row = await tx.peek(id);
  return row === null ? null : { ...row, state: await recall(life, row, (after, limit) => tx.events(id, after, limit)) };
}

async function refold<S, E extends Versioned>(life: Folding<S, E>, { id, version }: Snapshot, read: ReadEvents): Promise<S | null> {
  let state: S | null = null;
  for (let folded = 0; folded < version; ) {
    const page = await read(folded, Math.min(PAGE, version - folded));
    if (page.length === 0) throw new Error(`stream ${id}: event ${folded + 1} of ${version} is missing`);
    for (const stored of page) {
      folded += 1;
      if (stored.version !== folded) throw new Error(`stream ${id}: event ${folded} is missing before ${stored.version}`);
      state = life.evolve(state, { version: folded, at: stored.at, event: lifted(life, id, stored) });
    }
  }
  return state;
}

/** The body is what was hashed; type and version beside it only help to search. */
function lifted<E extends Versioned>(life: Folding<unknown, E>, stream: string, { version, body: text }: StoredEvent): E {
  const body = JSON.parse(text) as Versioned;
  const event = life.upcast(body);
  if (event === null) throw new Error(`stream ${stream}, version ${version}: ${body.type} v${body.v} was written by a newer program`);
  return event;
}
