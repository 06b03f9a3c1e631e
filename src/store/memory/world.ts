/** The tables of the twin, shared by all processes of one imagined bureau. */
import { Indexed } from './indexes';
import { createRowLocks, type RowLocks } from './rowLocks';
import type { Rows, Table } from './rows';

export type { DeliveryRow, DispatchRow, InboxRow, OutletRow, PromptRow, Rows, StoredWay, Table } from './rows';

export interface World {
  /** What is committed, by table and id. */
  readonly rows: { readonly [T in Table]: Indexed<T> };
  readonly locks: RowLocks;
  /** Grows with every commit that changed something. */
  revision: number;
  /** Committed rows of a table as a list; made anew only after a commit that changed it. */
  list<T extends Table>(table: T): readonly Rows[T][];
  /** Rows of the last commit that changed something, by table and id; undefined for what it removed. */
  lastChange: ReadonlyMap<Table, ReadonlyMap<string, unknown>>;
  /** Told when a commit has changed a table. */
  changed(table: Table): void;
  /** The next number of an identity column; as in PostgreSQL a rollback gives none back. */
  serial(table: 'inbox' | 'deliveries' | 'streams'): number;
}

export function createWorld(): World {
  const given = { inbox: 0, deliveries: 0, streams: 0 };
  const lists = new Map<Table, readonly unknown[]>();
  const world: World = {
    rows: {
      ...{ conversations: new Indexed('conversations'), inbox: new Indexed('inbox'), prompts: new Indexed('prompts') },
      ...{ vault: new Indexed('vault'), rulebooks: new Indexed('rulebooks'), numbers: new Indexed('numbers') },
      ...{ streams: new Indexed('streams'), events: new Indexed('events'), deadlines: new Indexed('deadlines') },
      ...{ asks: new Indexed('asks'), incidents: new Indexed('incidents'), papers: new Indexed('papers'), files: new Indexed('files') },
      ...{ outlets: new Indexed('outlets'), gates: new Indexed('gates'), deliveries: new Indexed('deliveries') },
      ...{ dispatches: new Indexed('dispatches'), connections: new Indexed('connections'), shifts: new Indexed('shifts') },
    },
    locks: createRowLocks(),
    revision: 0,
    lastChange: new Map(),
    list: <T extends Table>(table: T) => {
      const known = lists.get(table) as readonly Rows[T][] | undefined;
      if (known !== undefined) return known;
      const made = [...(world.rows[table] as Map<string, Rows[T]>).values()];
      lists.set(table, made);
      return made;
    },
    changed: (table) => void lists.delete(table),
    serial: (table) => {
      given[table] += 1;
      return given[table];
    },
  };
  return world;
}

/** Rows of a table that the last commit wrote, removed ones left out. */
export function justWritten<T extends Table>({ lastChange }: World, table: T): readonly Rows[T][] {
  const written = lastChange.get(table) as ReadonlyMap<string, Rows[T] | undefined> | undefined;
  return written === undefined ? [] : [...written.values()].filter((row) => row !== undefined);
}
