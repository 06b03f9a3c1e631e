/** The twin's streams: opening, locking, reading, their rings, and everything one accepted command changes. */
import type { Deadline } from '../../core/deadlines/deadline';
import type { Instant } from '../../core/instant';
import type { IncidentAct, Lately, Mode, PaperRow, StoredEvent, StreamKind, StreamRow, StreamWrite } from '../../ports/streams';
import { broken, StoreFault } from '../fault';
import { holdable } from '../sql';
import { deliver } from './deliveries';
import { jsonb } from './jsonb';
import type { On } from './transaction';

/** A new stream with the next number of its kind and mode; whoever opens another at the same time waits for the end of this one. */
export async function openStream(on: On, kind: StreamKind, mode: Mode, id: string, rulebook: string): Promise<StreamRow> {
  const numbers = `${kind}/${mode}`;
  await on.lock('numbers', numbers);
  const n = (on.get('numbers', numbers) ?? 0) + 1;
  on.put('numbers', numbers, n);
  await on.lock('streams', id);
  if (on.get('streams', id) !== undefined) throw clash('streams.open', 'streams_pkey');
  const row: StreamRow = { id, kind, mode, n, version: 0, headHash: '', state: null, stateV: 0, rulebook, status: 'new' };
  on.put('streams', id, { ...row, seq: on.serial('streams') });
  return row;
}

/** Locks and reads a stream; null when there is none. */
export async function stream(on: On, id: string): Promise<StreamRow | null> {
  if (on.get('streams', id) !== undefined) await on.lock('streams', id);
  return peek(on, id);
}

/** Reads without a lock: what was committed last. */
export function peek(on: On, id: string): StreamRow | null {
  const found = on.get('streams', id);
  if (found === undefined) return null;
  const { seq: _, ...row } = found;
  return row;
}

/** Events after a version, oldest first. */
export function events(on: On, id: string, after: number, limit: number): readonly StoredEvent[] {
  const found = on.by('eventsOf', id).filter((event) => event.version > after);
  found.sort((a, b) => a.version - b.version);
  return found.slice(0, limit).map(({ stream: _, ...event }) => event);
}

/** Id of a stream by its number. */
export function streamByN(on: On, kind: StreamKind, n: number, mode: Mode): string | null {
  return on.all('streams').find((s) => s.kind === kind && s.mode === mode && s.n === n)?.id ?? null;
}

/** Id of the stream with the highest number of its kind and mode. */
export function newestStream(on: On, kind: StreamKind, mode: Mode): string | null {
  const found = on.all('streams').filter((s) => s.kind === kind && s.mode === mode);
  return found.sort((a, b) => b.n - a.n)[0]?.id ?? null;
}

/** What people did in incidents in [from, until), oldest first. */
export function incidentActs(
  on: On,
  mode: Mode,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  limit: number,
): readonly IncidentAct[] {
  const incidents = new Map(on.all('streams').flatMap((s) => (s.kind === 'incident' && s.mode === mode ? [[s.id, s.n] as const] : [])));
  const acts = on.all('events').flatMap(({ stream, version, type, at, actor }): IncidentAct[] => {
    const n = incidents.get(stream);
    return n === undefined || actor === null || at < from || at >= until ? [] : [{ n, version, type, at, actor }];
  });
  return acts.sort((a, b) => a.at - b.at || a.n - b.n || a.version - b.version).slice(0, limit);
}

/** Incidents received since a moment and not in one of these statuses, the newest first. */
export function incidentsSince(on: On, { mode, since, statuses, county }: Lately, limit: number): readonly string[] {
  const streams = on.all('streams').filter((s) => s.kind === 'incident' && s.mode === mode);
  const found = streams.flatMap(({ id }) => {
    const row = on.get('incidents', id);
    if (row === undefined || row.receivedAt < since || statuses.includes(row.status)) return [];
    return county === null || row.county === null || row.county === county ? [{ id, row }] : [];
  });
  const newest = found.sort((a, b) => b.row.receivedAt - a.row.receivedAt || b.row.n - a.row.n);
  return newest.slice(0, limit).map(({ id }) => id);
}

/** Streams of a kind whose status is none of these, oldest first. */
export function streamsNotIn(on: On, kind: StreamKind, statuses: readonly string[]): readonly Pick<StreamRow, 'id' | 'n' | 'stateV'>[] {
  const found = on.all('streams').filter((s) => s.kind === kind && !statuses.includes(s.status));
  return found.sort((a, b) => a.seq - b.seq).map(({ id, n, stateV }) => ({ id, n, stateV }));
}

/** Open deadlines with a ring at or before `now`, earliest first. */
export function ringing(on: On, id: string, now: Instant): readonly Deadline[] {
  return on
    .by('deadlinesOf', id)
    .filter((d) => d.status === 'open' && d.nextAt !== null && d.nextAt <= now)
    .sort((a, b) => (a.nextAt ?? 0) - (b.nextAt ?? 0) || (a.key < b.key ? -1 : 1))
    .map(({ stream: _, ...deadline }) => deadline);
}

/** Writes all of it. Refuses (`broken`) when the stream is not at `fromVersion`. */
export async function write(on: On, change: StreamWrite): Promise<void> {
  const { id, fromVersion, stateV, status, headHash } = change;
  const version = fromVersion + change.events.length;
  const state = jsonb(change.state);
  const moved = await on.change('streams', id, (row) =>
    row.version === fromVersion ? { ...row, version, state, stateV, status, headHash } : undefined,
  );
  if (moved === undefined) throw broken('streams.write', `${id} is not at version ${fromVersion}`);
  for (const event of change.events) {
    const key = `${id}/${event.version}`;
    if (on.get('events', key) !== undefined) throw clash('streams.write', 'events_pkey');
    on.put('events', key, { ...event, stream: id });
  }
  for (const text of change.texts)
    if (on.get('vault', text.id) === undefined)
      on.put('vault', text.id, { id: text.id, body: holdable(text.body), stream: id, kind: text.kind });
  if (change.allDeadlines) endOthers(on, change);
  for (const deadline of change.deadlines) on.put('deadlines', `${id}/${deadline.key}`, { ...deadline, stream: id });
  for (const ask of change.asks) on.put('asks', `${id}/${ask.id}`, { ...ask, stream: id });
  for (const paper of change.papers) putPaper(on, id, paper);
  for (const file of change.files ?? []) if (on.get('files', file.hash) === undefined) on.put('files', file.hash, file);
  if (change.incident !== null) on.put('incidents', id, { ...on.get('incidents', id), ...change.incident });
  await deliver(on, { stream: id, at: change.at, deliveries: change.deliveries });
}

/** What is frozen stays as it is. */
function putPaper(on: On, stream: string, paper: PaperRow): void {
  const key = `${paper.id}/${paper.version}`;
  if ((on.get('papers', key)?.frozenHash ?? null) === null) on.put('papers', key, { ...paper, stream });
}

/** Open deadlines that are not named are void. */
function endOthers(on: On, { id, deadlines }: StreamWrite): void {
  const named = new Set(deadlines.map((deadline) => deadline.key));
  for (const row of on.by('deadlinesOf', id))
    if (row.status === 'open' && !named.has(row.key)) on.put('deadlines', `${id}/${row.key}`, { ...row, status: 'void', nextAt: null });
}

function clash(tried: string, constraint: string): StoreFault {
  return new StoreFault(tried, { code: '23505', retryable: false, constraint });
}
