/** The only writer of streams: lock, look again, decide, and write everything one accepted command changes, in the caller's transaction. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Envelope, IncidentCommand } from '../core/incident/commands';
import type { IncidentEvent, Recorded } from '../core/incident/events';
import type { Confirm, Refusal } from '../core/incident/refusal';
import type { IncidentState } from '../core/incident/state';
import type { Instant } from '../core/instant';
import type { Rulebook } from '../core/plans/rulebook';
import type { Versioned } from '../core/upcast';
import type { Tx } from '../ports/store';
import type { KeptFile, ListedIncident, PaperRow, StoredEvent, StreamRow, StreamWrite, VaultText } from '../ports/streams';
import { deliveriesOf, isOwed, type Origin } from './deliveries';
import type { Deps } from './deps';
import { INCIDENT } from './incident';
import type { Life } from './life';
import { isCurrent, recall } from './recall';

export interface Request<C = IncidentCommand> {
  /** As it was locked. */
  readonly stream: StreamRow;
  readonly envelope: Envelope<C>;
  readonly cause: { readonly kind: 'inbox' | 'due' | 'import' | 'page'; readonly id: string };
  /** Words of people that the command's text references point to. */
  readonly texts: readonly VaultText[];
  /** What papers go out with, whole, by their ids. */
  readonly fixed?: ReadonlyMap<string, FixedPaper>;
  readonly origin: Origin | null;
}

/** A paper as it goes out: the whole text behind its digest, and its file. */
export interface FixedPaper {
  readonly facts: string;
  readonly file: KeptFile | null;
}

export type Outcome<S = IncidentState, E = IncidentEvent> =
  | { readonly is: 'done'; readonly stream: string; readonly version: number; readonly state: S; readonly events: readonly E[] }
  | Refusal
  | Confirm;

/** `executeIn` for incidents. */
export function execute(tx: Tx, deps: Deps, request: Request): Promise<Outcome> {
  return executeIn(INCIDENT, tx, deps, request);
}

/**
 * Decides and writes one command on a locked stream row. Refusals and questions write nothing. Rings that nobody owes any more
 * only put the rows right; so does every command on a stream whose snapshot had another shape. May run twice: ids and moments
 * come with the envelope, the cause is settled by the caller in the same transaction.
 */
export async function executeIn<S, E extends Versioned, C extends { readonly type: string }>(
  life: Life<S, E, C>,
  tx: Tx,
  deps: Deps,
  request: Request<C>,
): Promise<Outcome<S, E>> {
  const { stream, envelope } = request;
  const rules = await deps.rulebooks.of(tx, stream.rulebook);
  const roster = await deps.directory.at(envelope.at);
  const before = await recall(life, stream, (after, limit) => tx.events(stream.id, after, limit));
  const decision = life.decide({ rules, roster, ports: deps.reach.ports }, before, envelope);
  if (decision.is !== 'events') return decision;

  const recorded = decision.events.map((event, i): Recorded<E> => ({ version: stream.version + 1 + i, at: envelope.at, event }));
  const after = recorded.reduce<S | null>((state, r) => life.evolve(state, r), before);
  if (after === null) throw new Error(`stream ${stream.id} has no state after ${envelope.command.type}`);
  const urgency = life.urgency === undefined ? {} : { urgency: life.urgency(rules, after) };
  await tx.write({
    ...changeOf(life, rules, request, { recorded, before, after }),
    deliveries: recorded.flatMap((r) =>
      life
        .notices(r)
        .filter((intent) => isOwed(intent, request.origin))
        .map((intent) => ({ ...deliveriesOf(deps.reach, { ...intent, ...urgency }, envelope.at, request.origin), version: r.version })),
    ),
    ...headed(stream, chain(deps, request, recorded)),
  });
  return { is: 'done', stream: stream.id, version: stream.version + recorded.length, state: after, events: decision.events };
}

interface Step<S, E> {
  readonly recorded: readonly Recorded<E>[];
  readonly before: S | null;
  readonly after: S;
}

/** The state and what is folded from it. Of rows folded from an unchanged shape only those that differ are named. */
function changeOf<S, E extends Versioned, C extends { readonly type: string }>(
  life: Life<S, E, C>,
  rules: Rulebook,
  { stream, envelope, texts, fixed }: Request<C>,
  { recorded, before, after }: Step<S, E>,
): Omit<StreamWrite, 'events' | 'headHash' | 'deliveries'> {
  const all = recorded.length === 0 || !isCurrent(life, stream);
  const stands = all ? null : before;
  const stood = stands === null ? [] : life.deadlines(rules, stands);
  const owed = deadlineDiff(stood, life.deadlines(rules, after));
  const asks = life.asks(stands, after);
  return {
    ...{ id: stream.id, fromVersion: stream.version, at: envelope.at, texts },
    ...{ state: after, stateV: life.v, status: life.status(after) },
    deadlines: owed,
    allDeadlines: all,
    asks,
    recount: life.kind === 'incident' && (all || asks.length > 0 || owed.some((row) => isCountedAnew(stood, row))),
    papers: (life.papers?.(stands, after) ?? []).map((row) => withFacts(row, fixed)),
    files: [...(fixed?.values() ?? [])].flatMap(({ file }) => file ?? []),
    incident: rowChange(life, rules, stream, stands, after),
  };
}

/** The version that goes out now is stored with its whole text; one that went out before stands already. */
function withFacts(row: PaperRow, fixed: Request['fixed']): PaperRow {
  const facts = row.frozenHash === null ? undefined : fixed?.get(row.id)?.facts;
  return facts === undefined ? { ...row, fileHash: null, frozenHash: null } : { ...row, facts };
}

/** The row of the lists; null where it stays as it is. */
function rowChange<S, E extends Versioned, C extends { readonly type: string }>(
  life: Life<S, E, C>,
  rules: Rulebook,
  stream: StreamRow,
  stands: S | null,
  after: S,
): ListedIncident | null {
  const row = life.row(rules, stream, after);
  return row === null || stands === null || !isSame(life.row(rules, stream, stands), row) ? row : null;
}

/** Rows that differ. An open one that is not owed any more, for instance a fixed hour that another level does not have, is void. */
function deadlineDiff(before: readonly Deadline[], after: readonly Deadline[]): readonly Deadline[] {
  const old = new Map(before.map((d) => [d.key, d]));
  const changed: Deadline[] = [];
  for (const d of after) {
    if (!isSame(old.get(d.key), d)) changed.push(d);
    old.delete(d.key);
  }
  for (const d of old.values()) if (d.status === 'open') changed.push({ ...d, status: 'void', nextAt: null });
  return changed;
}

/** A ring alone changes nothing that figures count. */
function isCountedAnew(stood: readonly Deadline[], { key, status, owner }: Deadline): boolean {
  const old = stood.find((row) => row.key === key);
  return old === undefined || old.status !== status || old.owner !== owner;
}

/** Rows of flat values and lists of such. Ten thousand incidents may ring in one second, so they are not made into text for it. */
function isSame<R extends object>(before: R | null | undefined, after: R): boolean {
  if (before === null || before === undefined) return false;
  for (const name in after) if (before[name] !== after[name] && !isSameList(before[name], after[name])) return false;
  return true;
}

function isSameList(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false;
  return before.every((one, i) => one === after[i]);
}

function headed(stream: StreamRow, events: readonly StoredEvent[]): Pick<StreamWrite, 'events' | 'headHash'> {
  return { events, headHash: events.at(-1)?.hash ?? stream.headHash };
}

/** Each event's hash covers the one before it, its place, moment, actor, cause and exact body. */
function chain<E extends Versioned>(
  deps: Deps,
  { stream, envelope, cause }: Request<unknown>,
  recorded: readonly Recorded<E>[],
): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const { version, at, event } of recorded) {
    const prevHash = events.at(-1)?.hash ?? stream.headHash;
    const body = JSON.stringify(event);
    const actor = envelope.actor.person;
    const hash = deps.digest.of(hashedText({ stream: stream.id, version, at, actor, cause, body, prevHash }));
    events.push({ version, type: event.type, v: event.v, at, actor, cause, body, prevHash, hash });
  }
  return events;
}

/** The text whose digest is an event's hash; `verify` computes the same. */
export function hashedText(e: {
  stream: string;
  version: number;
  at: Instant;
  actor: string | null;
  cause: { kind: string; id: string };
  body: string;
  prevHash: string;
}): string {
  return [e.prevHash, e.stream, e.version, e.at, e.actor ?? '', e.cause.kind, e.cause.id, e.body].join('\n');
}
