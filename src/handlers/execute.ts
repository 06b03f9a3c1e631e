/** The only writer of streams: lock, look again, decide, and write everything one accepted command changes, in the caller's transaction. */

import type { Deadline } from '../core/deadlines/deadline';
import { deadlines } from '../core/deadlines/deadlines';
import type { Envelope } from '../core/incident/commands';
import { decide } from '../core/incident/decide';
import type { IncidentEvent, Recorded } from '../core/incident/events';
import { evolve } from '../core/incident/evolve';
import type { Confirm, Refusal } from '../core/incident/refusal';
import { hasEnded, type IncidentState, rankOf } from '../core/incident/state';
import type { Instant } from '../core/instant';
import { notices } from '../core/notices/notices';
import { levelOf, type Rulebook } from '../core/plans/rulebook';
import type { Ask, IncidentRow, StoredEvent, StreamRow, Tx, VaultText } from '../ports/store';
import { deliveriesOf, type Origin } from './deliveries';
import type { Deps } from './deps';

export interface Request {
  readonly stream: StreamRow;
  readonly envelope: Envelope;
  readonly cause: { readonly kind: 'inbox' | 'due'; readonly id: string };
  /** Words of people that the command's text references point to. */
  readonly texts: readonly VaultText[];
  readonly origin: Origin | null;
}

export type Outcome =
  | { readonly is: 'done'; readonly stream: string; readonly version: number; readonly state: IncidentState | null }
  | Refusal
  | Confirm;

/**
 * Decides and writes one command on a locked stream row. Refusals and questions write nothing. Rings that nobody owes any more
 * only put the deadline rows right. May run twice: ids and moments come with the envelope, the cause is settled by the caller
 * in the same transaction.
 */
export async function execute(tx: Tx, deps: Deps, request: Request): Promise<Outcome> {
  const { stream, envelope } = request;
  const rules = await deps.rulebooks.of(tx, stream.rulebook);
  const roster = await deps.directory.at(envelope.at);
  const before = stream.state as IncidentState | null;
  const decision = decide({ rules, roster }, before, envelope);
  if (decision.is !== 'events') return decision;

  const recorded = decision.events.map(
    (event, i): Recorded<IncidentEvent> => ({ version: stream.version + 1 + i, at: envelope.at, event }),
  );
  const after = recorded.reduce<IncidentState | null>((state, r) => evolve(state, r), before);
  if (after === null) throw new Error(`stream ${stream.id} has no state after ${envelope.command.type}`);
  const events = chain(deps, request, recorded);
  await tx.write({
    id: stream.id,
    fromVersion: stream.version,
    events,
    state: after,
    status: after.status,
    headHash: events.at(-1)?.hash ?? stream.headHash,
    deadlines: deadlineDiff(rules, recorded.length === 0 ? null : before, after),
    asks: askDiff(before, after),
    deliveries: recorded.flatMap((r) =>
      notices(r).map((intent) => ({ ...deliveriesOf(deps.reach, intent, envelope.at, request.origin), version: r.version })),
    ),
    texts: request.texts,
    incident: incidentRow(rules, stream, after),
    at: envelope.at,
  });
  return { is: 'done', stream: stream.id, version: stream.version + recorded.length, state: after };
}

/** Each event's hash covers the one before it, its place, moment, actor, cause and exact body. */
function chain(deps: Deps, { stream, envelope, cause }: Request, recorded: readonly Recorded<IncidentEvent>[]): readonly StoredEvent[] {
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

/** Rows that differ; with no state before (or to put rows right) all of them. */
function deadlineDiff(rules: Rulebook, before: IncidentState | null, after: IncidentState): readonly Deadline[] {
  const old = new Map(before === null ? [] : deadlines(rules, before).map((d) => [d.key, JSON.stringify(d)]));
  return deadlines(rules, after).filter((d) => old.get(d.key) !== JSON.stringify(d));
}

function askDiff(before: IncidentState | null, after: IncidentState): readonly Ask[] {
  return Object.values(after.asks)
    .filter((ask) => before?.asks[ask.id] !== ask)
    .map(({ id, person, kind, askedAt, answeredAt, answer, stoodDownAt }) => ({
      id,
      person,
      kind,
      askedAt,
      answeredAt: answeredAt ?? stoodDownAt,
      answer: answer ?? (stoodDownAt === null ? null : 'stood_down'),
    }));
}

function incidentRow(rules: Rulebook, stream: StreamRow, state: IncidentState): IncidentRow {
  const district = state.fields.district?.value ?? '';
  return {
    n: stream.n,
    mode: stream.mode,
    status: state.status,
    plan: state.plan,
    category: state.suggestion.category,
    level: levelOf(rules, rankOf(state))?.rank ?? null,
    county: state.county,
    title: `${district}${state.fields.cause?.value ?? rules.pack.short_title}`,
    receivedAt: state.receivedAt,
    activatedAt: state.activated?.at ?? null,
    endedAt: hasEnded(state) ? (state.terminated?.at ?? null) : null,
  };
}
