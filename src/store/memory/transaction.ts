/** One transaction of the twin (READ COMMITTED): its own changes beside the committed rows, its locks until its end. */
import { broken, StoreFault } from '../fault';
import { INDEXES, Indexed, type IndexName, type TableOf } from './indexes';
import type { Rows, Table, World } from './world';

/** Where a process gives way: before every statement, after a wait for a lock, before and after a commit. May throw what a lost connection throws. */
export type Turn = (what: string) => Promise<void>;

/** What a statement sees and may change. */
export interface On {
  /** Real milliseconds, for leases and limits. */
  readonly real: () => number;
  readonly serial: World['serial'];
  get<T extends Table>(table: T, id: string): Rows[T] | undefined;
  all<T extends Table>(table: T): readonly Rows[T][];
  /** Rows under a key of an index, in the order of their table. */
  by<N extends IndexName>(name: N, key: string): readonly Rows[TableOf<N>][];
  /** Adds or changes a row that the caller has locked; undefined removes it. */
  put<T extends Table>(table: T, id: string, row: Rows[T] | undefined): void;
  /** Takes a row's lock, or that of a unique key, as soon as it is free; look again afterwards. */
  lock(table: Table | 'unique', id: string): Promise<void>;
  /** The same without waiting: false when somebody else has it. */
  free(table: Table | 'unique', id: string): boolean;
  /** Locks a row, and puts what `change` makes of it as it then is; undefined leaves it. Answers the new row. */
  change<T extends Table>(table: T, id: string, change: (row: Rows[T]) => Rows[T] | undefined): Promise<Rows[T] | undefined>;
}

export interface Open {
  /** One statement after the other, also when several are asked for at once; none after the end or after a fault. */
  run<T>(what: string, statement: (on: On) => Promise<T> | T): Promise<T>;
  /** Makes the changes everybody's; false when there were none. Refuses (`broken`) when a fault inside was swallowed. */
  commit(): boolean;
  rollback(): void;
}

/** The committed rows, for a statement that only looks. */
export function looking(world: World, real: () => number): On {
  return new Overlay(world, new Map(), () => Promise.resolve(), real);
}

export function open(world: World, { turn, real }: { readonly turn: Turn; readonly real: () => number }): Open {
  const changed = new Map<Table, Map<string, unknown>>();
  let state: 'open' | 'failed' | 'ended' = 'open';
  let spoiledBy: unknown;
  let last: Promise<unknown> = Promise.resolve();
  const on = new Overlay(world, changed, turn, real);

  const once = async <T>(what: string, statement: (on: On) => Promise<T> | T): Promise<T> => {
    if (state === 'ended') throw broken(what, 'the transaction has ended');
    if (state === 'failed') throw spoiledBy;
    try {
      await turn(what);
      return await statement(on);
    } catch (fault) {
      // As on PostgreSQL: what the database refuses spoils the transaction, a row that was not as expected does not.
      if (fault instanceof StoreFault && fault.found.code !== 'broken' && state === 'open') [state, spoiledBy] = ['failed', fault];
      throw fault;
    }
  };
  const end = (): void => {
    state = 'ended';
    world.locks.release(changed);
  };
  return {
    run: (what, statement) => {
      const result = last.then(() => once(what, statement));
      last = result.catch(ignored);
      return result;
    },
    commit: () => {
      const failed = state !== 'open';
      if (!failed && changed.size > 0) publish(world, changed);
      end();
      if (failed) throw broken('commit', 'a statement failed inside and its fault was swallowed');
      return changed.size > 0;
    },
    rollback: end,
  };
}

function ignored(): void {}

function publish(world: World, changed: ReadonlyMap<Table, ReadonlyMap<string, unknown>>): void {
  world.revision += 1;
  world.lastChange = changed;
  for (const [table, rows] of changed) {
    const committed = world.rows[table] as Map<string, unknown>;
    for (const [id, row] of rows) {
      if (row === undefined) committed.delete(id);
      else committed.set(id, row);
    }
    world.changed(table);
  }
}

/** A process's own changes over the committed rows. */
class Overlay implements On {
  readonly serial: World['serial'];
  readonly real: () => number;
  /** Lists of tables with own changes in them, until the next one. */
  private merged: Map<Table, readonly unknown[]> | null = null;
  /** Indexes of own changes, of tables that were asked for by one. */
  private indexed: Map<Table, Indexed<Table>> | null = null;

  constructor(
    private readonly world: World,
    private readonly changed: Map<Table, Map<string, unknown>>,
    private readonly turn: Turn,
    real: () => number,
  ) {
    this.serial = world.serial;
    this.real = real;
  }

  get<T extends Table>(table: T, id: string): Rows[T] | undefined {
    const own = this.own(table);
    return own?.has(id) ? own.get(id) : this.committed(table).get(id);
  }

  all<T extends Table>(table: T): readonly Rows[T][] {
    const own = this.own(table);
    if (own === undefined) return this.world.list(table);
    const known = this.merged?.get(table) as Rows[T][] | undefined;
    if (known !== undefined) return known;
    const made = withOwn(this.committed(table), own);
    this.merged ??= new Map();
    this.merged.set(table, made);
    return made;
  }

  by<N extends IndexName>(name: N, key: string): readonly Rows[TableOf<N>][] {
    const table = INDEXES[name].table as TableOf<N>;
    const own = this.own(table);
    if (own === undefined) return this.committed(table).by(name, key);
    this.indexed ??= new Map();
    const known = (this.indexed.get(table) as Indexed<TableOf<N>> | undefined) ?? indexOf(table, own);
    this.indexed.set(table, known as unknown as Indexed<Table>);
    return this.committed(table).byWith(known, (id) => own.has(id), name, key);
  }

  put<T extends Table>(table: T, id: string, row: Rows[T] | undefined): void {
    const own = this.own(table) ?? new Map<string, Rows[T] | undefined>();
    own.set(id, row);
    this.changed.set(table, own);
    this.merged?.delete(table);
    const known = this.indexed?.get(table) as unknown as Indexed<T> | undefined;
    if (row === undefined) known?.delete(id);
    else known?.set(id, row);
  }

  free(table: Table | 'unique', id: string): boolean {
    return this.world.locks.try(this.changed, `${table}/${id}`);
  }

  async lock(table: Table | 'unique', id: string): Promise<void> {
    if (this.free(table, id)) return;
    await this.world.locks.wait(this.changed, `${table}/${id}`);
    await this.turn(`got ${table}`);
  }

  async change<T extends Table>(table: T, id: string, change: (row: Rows[T]) => Rows[T] | undefined): Promise<Rows[T] | undefined> {
    await this.lock(table, id);
    const row = this.get(table, id);
    const next = row === undefined ? undefined : change(row);
    if (next !== undefined) this.put(table, id, next);
    return next;
  }

  private committed<T extends Table>(table: T): Indexed<T> {
    return this.world.rows[table] as unknown as Indexed<T>;
  }

  private own<T extends Table>(table: T): Map<string, Rows[T] | undefined> | undefined {
    return this.changed.get(table) as Map<string, Rows[T] | undefined> | undefined;
  }
}

function indexOf<T extends Table>(table: T, own: ReadonlyMap<string, Rows[T] | undefined>): Indexed<T> {
  const made = new Indexed(table);
  for (const [id, row] of own) if (row !== undefined) made.set(id, row);
  return made;
}

/** Committed rows in their order, own changes in their places, new ones behind. */
function withOwn<R>(committed: ReadonlyMap<string, R>, own: ReadonlyMap<string, R | undefined>): R[] {
  const rows: R[] = [];
  for (const [id, row] of committed) {
    const now = own.has(id) ? own.get(id) : row;
    if (now !== undefined) rows.push(now);
  }
  for (const [id, row] of own) if (row !== undefined && !committed.has(id)) rows.push(row);
  return rows;
}
