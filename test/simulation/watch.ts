/** What must hold after every commit and at every call: found where it breaks, not at the end. */
import type { Instant } from '../../src/core/instant';
import { type DispatchRow, justWritten, type Rows, type World } from '../../src/store/memory/world';
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
  const rules = RULES.map((begin) => begin(world, violated));
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
      for (const lease of justWritten(world, 'connections')) owners.set(lease.epoch, lease.owner);
      rememberCalls(by);
      for (const row of justWritten(world, 'streams'))
        if (row.kind === 'incident' && row.status === 'terminated' && !endedAt.has(row.id)) endedAt.set(row.id, clock());
      for (const rule of rules) rule();
    },
    calling: createCalls(world, scheduler, violated),
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
    for (const row of justWritten(world, 'dispatches')) {
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

/** Begins with an empty world, and is asked after each commit: what it did not write holds as it did. */
type Rule = (world: World, violated: (what: string) => void) => () => void;

const RULES: readonly Rule[] = [onePromptEach, oneWaitingEach, busyWithALiveCall, handledInOrder];

function onePromptEach(world: World, violated: (what: string) => void): () => void {
  const stand = createOnlyOne((place) => violated(`two open prompts at ${place}`));
  return () =>
    stand(
      justWritten(world, 'prompts').map(({ id, state, conversation, person }) => [
        id,
        state === 'open' ? `${conversation}/${person}` : null,
      ]),
    );
}

function oneWaitingEach(world: World, violated: (what: string) => void): () => void {
  const stand = createOnlyOne((about) => violated(`two deliveries of one topic wait: ${about}`));
  return () => stand(justWritten(world, 'deliveries').map((row) => [row.id, topicOf(row)]));
}

function topicOf({ state, stream, topic, addressee, leg }: Rows['deliveries']): string | null {
  return stream === null || (state !== 'queued' && state !== 'held') ? null : `${stream}/${topic}/${addressee}/${leg}`;
}

/** Told where rows stand now, null for nowhere; `second` hears of a place that two of them stand at. */
function createOnlyOne(second: (place: string) => void): (rows: readonly (readonly [string, string | null])[]) => void {
  const placeOf = new Map<string, string>();
  const standing = new Map<string, string>();
  return (rows) => {
    // Whoever goes makes room first, whatever the order of writing.
    for (const [id] of rows) {
      const before = placeOf.get(id);
      if (before !== undefined && standing.get(before) === id) standing.delete(before);
      placeOf.delete(id);
    }
    for (const [id, place] of rows) {
      if (place === null) continue;
      if (standing.has(place)) second(place);
      placeOf.set(id, place);
      standing.set(place, id);
    }
  };
}

function busyWithALiveCall(world: World, violated: (what: string) => void): () => void {
  const { outlets, dispatches } = world.rows;
  const look = ({ id, busyDispatch }: Rows['outlets']): void => {
    if (busyDispatch !== null && dispatches.get(busyDispatch)?.state !== 'sending') violated(`${id} is busy with a call that has ended`);
  };
  return () => {
    for (const outlet of justWritten(world, 'outlets')) look(outlet);
    for (const { outlet } of justWritten(world, 'dispatches')) {
      const at = outlets.get(outlet);
      if (at !== undefined) look(at);
    }
  };
}

/** No row of a conversation is settled while an older one waits. */
function handledInOrder(world: World, violated: (what: string) => void): () => void {
  /** Of each row, which one it was to be heard. */
  const turns = new Map<string, number>();
  /** Of each conversation, its rows that wait, oldest first. */
  const waiting = new Map<string, Set<string>>();
  return () => {
    const written = justWritten(world, 'inbox');
    for (const { id, state, conversation } of written) {
      if (!turns.has(id)) turns.set(id, turns.size);
      const there = waiting.get(conversation) ?? new Set();
      if (state !== 'received') there.delete(id);
      else there.add(id);
      waiting.set(conversation, there);
    }
    for (const { id, state, conversation } of written) {
      const [oldest] = waiting.get(conversation) ?? [];
      if (state !== 'received' && oldest !== undefined && (turns.get(oldest) ?? 0) < (turns.get(id) ?? 0))
        violated(`message ${id} is settled before an older one of its conversation`);
    }
  };
}
