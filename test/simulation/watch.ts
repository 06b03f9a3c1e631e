/** What must hold after every commit and at every call: found where it breaks, not at the end. */
import type { Instant } from '../../src/core/instant';
import type { DispatchRow, Table, World } from '../../src/store/memory/world';
import type { Scheduler } from './scheduler';
import { createTiming } from './timing';

/** A call as it was fixed before it was made. */
export interface Fixed extends DispatchRow {
  readonly by: string;
}

export interface Watch {
  readonly violations: readonly string[];
  /** Every attempt of every dispatch, in the order of their commits. */
  readonly fixed: readonly Fixed[];
  /** When a stream was seen ended. */
  readonly endedAt: ReadonlyMap<string, Instant>;
  /** Rings that were heard. */
  rings(): number;
  violated(what: string): void;
  committed(by: string): void;
  /** A call begins; the answer says that it is over. */
  calling(by: string, outlet: string, dispatch: string): () => void;
}

export function createWatch(world: World, scheduler: Scheduler, clock: () => Instant): Watch {
  const violations: string[] = [];
  const fixed: Fixed[] = [];
  const endedAt = new Map<string, Instant>();
  const violated = (what: string): void => {
    scheduler.note(`VIOLATED ${what}`);
    violations.push(`${(scheduler.now() / 1000).toFixed(1)} s: ${what}`);
  };
  const clockRules = createTiming(world, clock, violated);
  const isNew = createNews(world);
  /** Of each epoch of the long connection; an older one may still be in the hands of a transaction. */
  const owners = new Map<number, string>();
  const rememberCalls = createMemory(world, fixed, { now: scheduler.now, owners, violated });
  return {
    violations,
    fixed,
    endedAt,
    rings: clockRules.rings,
    violated,
    committed: (by) => {
      clockRules.look();
      if (isNew('connections')) for (const lease of world.rows.connections.values()) owners.set(lease.epoch, lease.owner);
      if (isNew('dispatches')) rememberCalls(by);
      for (const row of world.rows.streams.values())
        if (row.kind === 'incident' && row.status === 'terminated' && !endedAt.has(row.id)) endedAt.set(row.id, clock());
      for (const [table, rule] of RULES) if (isNew(table)) rule(world, violated);
    },
    calling: createCalls(world, scheduler, violated),
  };
}

/** Answers whether a table has changed since it was last asked for it. */
function createNews(world: World): (table: Table) => boolean {
  const seen = new Map<Table, unknown>();
  return (table) => {
    const list = world.list(table);
    if (seen.get(table) === list) return false;
    seen.set(table, list);
    return true;
  };
}

interface Seen {
  readonly now: () => number;
  readonly owners: ReadonlyMap<number, string>;
  readonly violated: (what: string) => void;
}

/** Keeps every call that is fixed, with who did it: over a connection only its owner may, and only he says how it ended, until it is lost. */
function createMemory(world: World, fixed: Fixed[], { now, owners, violated }: Seen): (by: string) => void {
  /** The newest attempt of each dispatch that was seen under way. */
  const underWay = new Map<string, Fixed>();
  return (by) => {
    for (const row of world.rows.dispatches.values()) {
      const known = underWay.get(row.id);
      if (row.state !== 'sending') {
        underWay.delete(row.id);
        if (known !== undefined && known.by !== by && known.limitRealAt > now())
          violated(`${by} ended ${row.id}, which ${known.by} is calling`);
      } else if (known?.attempt !== row.attempt) {
        const call = { ...row, by };
        fixed.push(call);
        underWay.set(row.id, call);
        const needsLine = world.rows.outlets.get(row.outlet)?.connection !== null;
        const owner = row.epoch === null ? undefined : owners.get(row.epoch);
        if (needsLine && owner !== by) violated(`${by} sends over the connection of ${owner} (epoch ${row.epoch})`);
      }
    }
  };
}

/** At most one call in flight at an outlet; one past the limit that it had when it began counts as lost. */
function createCalls(world: World, { now }: Scheduler, violated: (what: string) => void): Watch['calling'] {
  interface Call {
    readonly outlet: string;
    readonly dispatch: string;
    readonly limit: number;
  }
  const open = new Set<Call>();
  return (by, outlet, dispatch) => {
    const call: Call = { outlet, dispatch, limit: world.rows.dispatches.get(dispatch)?.limitRealAt ?? 0 };
    for (const other of open)
      if (other.outlet === outlet && other.limit > now())
        violated(`${by} calls ${outlet} for ${dispatch} while ${other.dispatch} is in flight`);
    open.add(call);
    return () => void open.delete(call);
  };
}

type Rule = (world: World, violated: (what: string) => void) => void;

/** Each with the table that it is about: where that is as it was, the rule holds as it did. */
const RULES: readonly (readonly [Table, Rule])[] = [
  ['prompts', onePromptEach],
  ['deliveries', oneWaitingEach],
  ['outlets', busyWithALiveCall],
  ['inbox', handledInOrder],
];

function onePromptEach({ rows }: World, violated: (what: string) => void): void {
  const open = new Set<string>();
  for (const { state, conversation, person } of rows.prompts.values()) {
    if (state !== 'open') continue;
    const place = `${conversation}/${person}`;
    if (open.has(place)) violated(`two open prompts at ${place}`);
    open.add(place);
  }
}

function oneWaitingEach({ rows }: World, violated: (what: string) => void): void {
  const topics = new Set<string>();
  for (const { state, stream, topic, addressee, leg } of rows.deliveries.values()) {
    if (stream === null || (state !== 'queued' && state !== 'held')) continue;
    const about = `${stream}/${topic}/${addressee}/${leg}`;
    if (topics.has(about)) violated(`two deliveries of one topic wait: ${about}`);
    topics.add(about);
  }
}

function busyWithALiveCall({ rows }: World, violated: (what: string) => void): void {
  for (const { id, busyDispatch } of rows.outlets.values())
    if (busyDispatch !== null && rows.dispatches.get(busyDispatch)?.state !== 'sending')
      violated(`${id} is busy with a call that has ended`);
}

/** No row of a conversation is settled while an older one waits. */
function handledInOrder(world: World, violated: (what: string) => void): void {
  const waiting = new Set<string>();
  for (const row of world.rows.inbox.values()) {
    if (row.state === 'received') waiting.add(row.conversation);
    else if (waiting.has(row.conversation)) violated(`message ${row.id} is settled before an older one of its conversation`);
  }
}
