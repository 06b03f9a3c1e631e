/** What must be true of the bureau's rows and of what the platform showed, when a run has come to rest. */
import { isDeepStrictEqual } from 'node:util';
import type { RulebookSource } from '../../src/config/rulebooks';
import { deadlines } from '../../src/core/deadlines/deadlines';
import { DECISION_STAND_IN } from '../../src/core/deadlines/work';
import { evolve } from '../../src/core/incident/evolve';
import { hasEnded, type IncidentState, STATE_V } from '../../src/core/incident/state';
import { upcast } from '../../src/core/incident/upcast';
import type { Rulebook } from '../../src/core/plans/rulebook';
import type { Versioned } from '../../src/core/upcast';
import { hashedText } from '../../src/handlers/execute';
import { jsonb } from '../../src/store/memory/jsonb';
import type { Rows, World } from '../../src/store/memory/world';
import { sha256 } from '../../src/wiring/chance';
import type { SimPlatform } from './platform';
import type { Watch } from './watch';

export interface Ended {
  readonly world: World;
  readonly platform: SimPlatform;
  readonly watch: Watch;
  readonly rulebooks: readonly RulebookSource[];
}

type Check = (ended: Ended, violated: (what: string) => void) => void;

/** Everything that does not hold, each as a sentence. */
export function verdict(ended: Ended): readonly string[] {
  return found(ended, [heard, recorded, folded, owedOn, delivered, shownOnce, withinWindows, silentAfterEnd]);
}

/** What does not hold while incidents still run: whatever is owed must be there and must ring. */
export function midway(ended: Ended): readonly string[] {
  return found(ended, [recorded, folded, owedOn]);
}

function found(ended: Ended, checks: readonly Check[]): readonly string[] {
  const faults: string[] = [];
  for (const check of checks) check(ended, (what) => faults.push(what));
  return faults;
}

/** What the platform was told taken is in the inbox once and has an end; no code counts twice. */
const heard: Check = ({ world, platform }, violated) => {
  const rows = [...world.rows.inbox.values()];
  for (const key of platform.taken) {
    const count = rows.filter((row) => row.dedupeKey === key).length;
    if (count !== 1) violated(`message ${key} was taken, and is ${count} times in the inbox`);
  }
  for (const row of rows) if (row.state === 'received' || row.state === 'dead') violated(`message ${row.id} is still ${row.state}`);
  const confirmed = rows
    .filter((row) => row.outcome === 'executed')
    .flatMap((row) => /^确认 (\d{4})$/.exec(row.words?.text ?? '')?.[1] ?? []);
  confirmed.forEach((code, i) => {
    const prompt = [...world.rows.prompts.values()].find((p) => p.code === code);
    if (prompt?.state !== 'used' || confirmed.indexOf(code) !== i) violated(`code ${code} counted, and its prompt is ${prompt?.state}`);
  });
};

/** Versions without gaps, hashes true and chained, the events of one cause in one piece of one stream and settled with it. */
const recorded: Check = ({ world }, violated) => {
  const places = new Map<string, string>();
  for (const stream of world.rows.streams.values()) {
    const events = eventsOf(world, stream.id);
    let prevHash = '';
    events.forEach((event, i) => {
      const hash = sha256.of(hashedText({ ...event, stream: stream.id }));
      if (event.version !== i + 1 || event.prevHash !== prevHash || event.hash !== hash)
        violated(`${stream.id}: event ${i + 1} breaks the chain`);
      prevHash = event.hash;
      const before = events[i - 1]?.cause;
      const cause = `${event.cause.kind}:${event.cause.id}`;
      const goesOn = before !== undefined && cause === `${before.kind}:${before.id}`;
      if (places.has(cause) && !goesOn) violated(`${cause} caused events twice: in ${places.get(cause)} and ${stream.id}/${event.version}`);
      places.set(cause, `${stream.id}/${event.version}`);
    });
    if (stream.version !== events.length || stream.headHash !== prevHash) violated(`${stream.id} is not at its last event`);
  }
  for (const row of world.rows.inbox.values()) {
    const place = places.get(`inbox:${row.id}`) ?? null;
    // A refusal names the stream it was about, and no version: it caused nothing there.
    if (place !== (row.version === null ? null : `${row.stream}/${row.version}`))
      violated(`message ${row.id} caused ${place}, its row says ${row.stream}/${row.version}`);
  }
};

/** The state is what its events make of it; deadlines and asks are what the state makes of them. */
const folded: Check = ({ world, rulebooks }, violated) => {
  for (const stream of world.rows.streams.values()) {
    const events = eventsOf(world, stream.id);
    const state = events.reduce<IncidentState | null>((before, { version, at, body }) => {
      const event = upcast(JSON.parse(body) as Versioned);
      return event === null ? before : evolve(before, { version, at, event });
    }, null);
    if (stream.stateV !== STATE_V || !isDeepStrictEqual(jsonb(state), stream.state)) violated(`${stream.id}: state and events differ`);
    const rules = rulebooks.find((book) => book.rulebook.hash === stream.rulebook)?.rulebook;
    if (state === null || rules === undefined) continue;
    const wanted = deadlines(rules, state).map((d) => ({ ...d, stream: stream.id }));
    const keys = new Set(wanted.map((d) => d.key));
    // What is not owed any more, such as a fixed hour of another level, stays as a row that is over.
    const rows = [...world.rows.deadlines.values()].filter((d) => d.stream === stream.id && (d.status === 'open' || keys.has(d.key)));
    const byKey = (list: readonly { readonly key: string }[]) => Object.fromEntries(list.map((d) => [d.key, jsonb(d)]));
    if (!isDeepStrictEqual(byKey(rows), byKey(wanted))) violated(`${stream.id}: deadline rows and state differ`);
    const asks = [...world.rows.asks.values()].filter((ask) => ask.stream === stream.id);
    const open = Object.values(state.asks).filter((ask) => ask.answeredAt === null && ask.stoodDownAt === null).length;
    if (asks.length !== Object.keys(state.asks).length || asks.filter((ask) => ask.answeredAt === null).length !== open)
      violated(`${stream.id}: ask rows and state differ`);
  }
};

/** An open duty rings again, unless all its rings were heard; of an ended incident only what outlasts the response is open. */
const owedOn: Check = ({ world, rulebooks }, violated) => {
  for (const deadline of world.rows.deadlines.values()) {
    const stream = world.rows.streams.get(deadline.stream);
    const rules = rulebooks.find((book) => book.rulebook.hash === stream?.rulebook)?.rulebook;
    if (stream === undefined || rules === undefined) violated(`${deadline.key} belongs to no stream`);
    else if (deadline.status !== 'open') {
      if (deadline.nextAt !== null) violated(`${deadline.key} is ${deadline.status} and rings`);
    } else if (hasEnded(stream.state as IncidentState) && !outlasts(rules, deadline.key)) violated(`${deadline.key} is open after the end`);
    else if (deadline.nextAt === null && deadline.stage < ringsOf(rules, stream.state as IncidentState, deadline.key))
      violated(`${deadline.key} is open and silent`);
  }
};

/** Whatever is owed has an end that says how. */
const delivered: Check = ({ world, watch }, violated) => {
  for (const row of world.rows.deliveries.values()) {
    if (row.state === 'queued' || row.state === 'held' || row.state === 'sending')
      violated(`delivery ${row.id} (${row.purpose}) is still ${row.state}`);
    if ((row.state === 'cancelled' || row.state === 'refused' || row.state === 'unknown') && row.reason === null)
      violated(`delivery ${row.id} is ${row.state} without a reason`);
    if (row.state === 'accepted' && !watch.fixed.some((call) => call.deliveries.includes(row.id)))
      violated(`delivery ${row.id} was never sent`);
  }
  for (const row of world.rows.dispatches.values()) if (row.state === 'sending') violated(`dispatch ${row.id} was never settled`);
};

/** Nobody reads the same thing twice, but for what is marked as a repeat; nothing counts as accepted that nobody can read. */
const shownOnce: Check = ({ world, platform, watch }, violated) => {
  const shown = new Map<string, { plain: number; marked: number }>();
  for (const effect of platform.effects) {
    const call = watch.fixed.find((c) => c.id === effect.dispatch);
    if (call === undefined) violated(`${effect.dispatch} was called without being fixed first`);
    if (effect.recognised) continue;
    const marked = isMarked(world, call?.payload ?? '');
    for (const delivery of call?.deliveries ?? []) {
      const key = `${delivery}, part ${effect.part}`;
      const count = shown.get(key) ?? { plain: 0, marked: 0 };
      shown.set(key, marked ? { ...count, marked: count.marked + 1 } : { ...count, plain: count.plain + 1 });
    }
  }
  for (const [key, { plain, marked }] of shown)
    if (plain > 1 || marked > 1) violated(`delivery ${key}: shown ${plain} times and ${marked} times marked`);
  const reached = new Set(platform.effects.flatMap((e) => watch.fixed.find((c) => c.id === e.dispatch)?.deliveries ?? []));
  for (const row of world.rows.deliveries.values())
    if (row.state === 'accepted' && !reached.has(row.id)) violated(`delivery ${row.id} is accepted, the platform knows nothing of it`);
};

/** No window of an outlet holds more calls than its limit. */
const withinWindows: Check = ({ watch, world }, violated) => {
  const stamps = new Map<string, number[]>();
  for (const call of watch.fixed) {
    const parts = (JSON.parse(world.rows.vault.get(call.payload)?.body ?? '[]') as unknown[]).length;
    stamps.set(call.outlet, [...(stamps.get(call.outlet) ?? []), ...Array.from({ length: parts }, () => call.reservedAt)]);
  }
  for (const [outlet, moments] of stamps)
    for (const at of moments) {
      const inWindow = moments.filter((other) => other > at - 60_000 && other <= at).length;
      if (inWindow > 6) violated(`${outlet}: ${inWindow} calls in one minute`);
    }
};

/** After the end of a response nobody is called any more; what rings and is reminded of is what outlasts it. */
const silentAfterEnd: Check = ({ world, watch, rulebooks }, violated) => {
  for (const [stream, endedAt] of watch.endedAt) {
    const hash = world.rows.streams.get(stream)?.rulebook;
    const rules = rulebooks.find((book) => book.rulebook.hash === hash)?.rulebook;
    const tooLate = (keys: readonly string[]): boolean => rules === undefined || keys.some((key) => !outlasts(rules, key));
    const events = eventsOf(world, stream);
    for (const { type, body } of events.slice(events.findIndex((e) => e.type === 'ResponseTerminated') + 1)) {
      const rang = type === 'DeadlinesRang' ? (JSON.parse(body) as { rings: { key: string }[] }).rings.map((ring) => ring.key) : [];
      if (tooLate(rang)) violated(`${stream}: ${rang.join(', ')} rang after its end`);
    }
    for (const call of watch.fixed.filter((c) => c.attempt === 1 && c.reservedAt > endedAt))
      for (const id of call.deliveries) {
        const row = world.rows.deliveries.get(id);
        if (row?.stream !== stream) continue;
        const called = row.purpose === 'call_out' || row.purpose === 'first_mention';
        const reminded = row.purpose === 'reminder' || row.purpose === 'escalation';
        if (called || (reminded && tooLate((row.intent as { keys: readonly string[] }).keys)))
          violated(`delivery ${id} (${row.purpose}) was sent after the end of ${stream}`);
      }
  }
};

function eventsOf(world: World, stream: string): readonly Rows['events'][] {
  return [...world.rows.events.values()].filter((e) => e.stream === stream).sort((a, b) => a.version - b.version);
}

function isMarked(world: World, payload: string): boolean {
  return (world.rows.vault.get(payload)?.body ?? '').includes('（重发）');
}

/** Does the profile let this run on when the response is over: from its end, from the event itself, from an approval or a directive? */
function outlasts(rules: Rulebook, key: string): boolean {
  return ['terminated', 'occurred', 'oral_approval', 'directive_received'].includes(stepOf(rules, key)?.starts ?? '');
}

/** How often the profile rings for it; a stand-in has no stand-in, and the escalation goes on with the one stood in for. */
function ringsOf(rules: Rulebook, state: IncidentState, key: string): number {
  const { ladder, overtime, clock_ladder } = rules.profile;
  const rings = isWaiting(state, key) || isRelieved(state, key) ? 'none' : (stepOf(rules, key)?.rings ?? 'clock');
  if (rings === 'none') return 0;
  if (rings === 'clock') return clock_ladder.length;
  if (key === DECISION_STAND_IN) return ladder.length;
  const standsIn = state.asks[key.slice(key.indexOf(':') + 1)]?.standInFor ?? null;
  return standsIn === null ? ladder.length + overtime.length : ladder.length;
}

/** A task waits for the answer to the ask it came with; until then the ask itself rings. */
function isWaiting({ tasks, asks }: IncidentState, key: string): boolean {
  const task = key.startsWith('task_done:') ? tasks[key.slice('task_done:'.length)] : undefined;
  if (task === undefined) return false;
  const own = Object.values(asks).filter((ask) =>
    task.dueAt === null
      ? ask.kind === 'call_out' && (ask.person === task.owner || ask.standInFor === task.owner)
      : ask.kind === 'task' && (ask.about ?? ask.id) === task.id,
  );
  if (task.dueAt !== null) return own.some((ask) => ask.answer === null && ask.stoodDownAt === null);
  return own.every((call) => call.answer !== 'acknowledged');
}

/** The one who was asked, or his stand-in, has answered: what the other still owes is not chased. */
function isRelieved({ asks }: IncidentState, key: string): boolean {
  const ask = asks[key.slice(key.indexOf(':') + 1)];
  if (ask === undefined) return false;
  const pair = Object.values(asks).filter(
    (other) => other.kind === ask.kind && (other.standInFor === ask.person || other.person === ask.standInFor),
  );
  return pair.some((other) => other.answer === 'acknowledged');
}

function stepOf({ profile }: Rulebook, key: string) {
  return profile.steps.find((step) => step.id === key.split(':')[0]);
}
