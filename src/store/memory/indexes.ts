/** Indexes of the twin, as the migrations have them: so that no statement reads a whole table for a few rows. */
import type { Rows, Table } from './rows';

/** Rows of one table by a key that follows from the row, in the order in which they came into the table; null leaves a row out. */
export interface IndexOf<T extends Table> {
  readonly table: T;
  readonly keyOf: (row: Rows[T]) => string | null;
}

/** The key of indexes that only leave rows out. */
export const ALL = '';

type Identity = Pick<Rows['deliveries'], 'stream' | 'version' | 'inbox' | 'purpose' | 'addressee' | 'leg'>;
type About = Pick<Rows['deliveries'], 'stream' | 'topic' | 'addressee' | 'leg'>;

/** Stands between the columns of a key: no text of PostgreSQL holds it. */
const AND = '\0';

/** A delivery is owed once by this. */
export function identityKey({ stream, version, inbox, purpose, addressee, leg }: Identity): string {
  return `${stream}${AND}${version}${AND}${inbox}${AND}${purpose}${AND}${addressee}${AND}${leg}`;
}

/** At most one delivery of a stream waits for each of these. Answers to inbox rows are about nothing but themselves. */
export function topicKey({ stream, topic, addressee, leg }: About): string | null {
  return stream === null ? null : `${stream}${AND}${topic}${AND}${addressee}${AND}${leg}`;
}

/** A message is heard once by this. */
export function heardKey({ tenant, source, dedupeKey }: Pick<Rows['inbox'], 'tenant' | 'source' | 'dedupeKey'>): string {
  return `${tenant}${AND}${source}${AND}${dedupeKey}`;
}

export function waits({ state }: Pick<Rows['deliveries'], 'state'>): boolean {
  return state === 'queued' || state === 'held';
}

export const INDEXES = {
  deliveriesOnce: index('deliveries', identityKey),
  deliveriesWaiting: index('deliveries', (row) => (waits(row) ? ALL : null)),
  deliveriesWaitingAt: index('deliveries', (row) => (waits(row) ? row.outlet : null)),
  deliveriesWaitingAbout: index('deliveries', (row) => (waits(row) ? topicKey(row) : null)),
  deliveriesUnheeded: index('deliveries', (row) => (row.unheeded.length > 0 ? ALL : null)),
  dispatchesSending: index('dispatches', (row) => (row.state === 'sending' ? ALL : null)),
  dispatchesAsking: index('dispatches', (row) => (row.receiptAt === null ? null : ALL)),
  deadlinesRinging: index('deadlines', (row) => (row.status === 'open' && row.nextAt !== null ? ALL : null)),
  deadlinesOf: index('deadlines', (row) => row.stream),
  eventsOf: index('events', (row) => row.stream),
  inboxOnce: index('inbox', heardKey),
  inboxReceived: index('inbox', (row) => (row.state === 'received' ? ALL : null)),
  promptsOpen: index('prompts', (row) => (row.state === 'open' ? ALL : null)),
};
export type IndexName = keyof typeof INDEXES;
export type TableOf<N extends IndexName> = (typeof INDEXES)[N]['table'];

const NAMES = Object.keys(INDEXES) as readonly IndexName[];
/** A row as an index keeps it. */
interface Entry {
  readonly id: string;
  readonly row: unknown;
  /** Which one of its table it was to come. */
  readonly place: number;
}

/** One index, kept as its rows change. */
class Shelf {
  private readonly entries = new Map<string, Map<string, Entry>>();
  private readonly keys = new Map<string, string>();

  move(entry: Entry, key: string | null): void {
    const before = this.keys.get(entry.id);
    if (before !== undefined && before !== key) this.leave(entry.id, before);
    if (key === null) return;
    this.keys.set(entry.id, key);
    const there = this.entries.get(key);
    if (there === undefined) this.entries.set(key, new Map([[entry.id, entry]]));
    else there.set(entry.id, entry);
  }

  at(key: string): ReadonlyMap<string, Entry> {
    return this.entries.get(key) ?? NOBODY;
  }

  private leave(id: string, key: string): void {
    this.keys.delete(id);
    const left = this.entries.get(key);
    left?.delete(id);
    if (left?.size === 0) this.entries.delete(key);
  }
}

/** Rows of entries that mostly stand as they came; null where they do not. */
function inOrder<R>(entries: ReadonlyMap<string, Entry>): R[] | null {
  const rows: R[] = [];
  let before = 0;
  for (const { place, row } of entries.values()) {
    if (place < before) return null;
    before = place;
    rows.push(row as R);
  }
  return rows;
}

const NOBODY: ReadonlyMap<string, Entry> = new Map();

/** Rows of one table with their indexes. */
export class Indexed<T extends Table> extends Map<string, Rows[T]> {
  private readonly shelves = new Map<IndexName, Shelf>();
  private readonly places = new Map<string, number>();
  private come = 0;

  constructor(table: T) {
    super();
    for (const name of NAMES) if (INDEXES[name].table === table) this.shelves.set(name, new Shelf());
  }

  override set(id: string, row: Rows[T]): this {
    if (this.shelves.size > 0) this.shelve(id, row);
    return super.set(id, row);
  }

  override delete(id: string): boolean {
    for (const shelf of this.shelves.values()) shelf.move({ id, row: undefined, place: 0 }, null);
    this.places.delete(id);
    return super.delete(id);
  }

  /** Is there a row under a key of an index of this table? */
  hasAny(name: IndexName, key: string): boolean {
    return (this.shelves.get(name)?.at(key).size ?? 0) > 0;
  }

  /** Rows under a key of an index of this table, in the order in which they came. */
  by(name: IndexName, key: string): readonly Rows[T][] {
    const there = this.shelves.get(name)?.at(key);
    if (there === undefined || there.size === 0) return [];
    return inOrder(there) ?? [...there.values()].sort((a, b) => a.place - b.place).map(({ row }) => row as Rows[T]);
  }

  /** The same with own changes: rows that are not committed yet stand behind, those that are keep their places. */
  byWith(own: Indexed<T>, isOwn: (id: string) => boolean, name: IndexName, key: string): readonly Rows[T][] {
    const committed = [...(this.shelves.get(name)?.at(key).values() ?? [])].filter(({ id }) => !isOwn(id));
    const mine = [...(own.shelves.get(name)?.at(key).values() ?? [])];
    if (committed.length + mine.length === 0) return [];
    const placed = mine.map((entry) => ({ ...entry, place: this.places.get(entry.id) ?? this.come + entry.place }));
    return [...committed, ...placed].sort((a, b) => a.place - b.place).map(({ row }) => row as Rows[T]);
  }

  private shelve(id: string, row: Rows[T]): void {
    const known = this.places.get(id);
    const place = known ?? ++this.come;
    if (known === undefined) this.places.set(id, place);
    for (const [name, shelf] of this.shelves) {
      const { keyOf } = INDEXES[name] as unknown as IndexOf<T>;
      shelf.move({ id, row, place }, keyOf(row));
    }
  }
}

function index<T extends Table>(table: T, keyOf: IndexOf<T>['keyOf']): IndexOf<T> {
  return { table, keyOf };
}
