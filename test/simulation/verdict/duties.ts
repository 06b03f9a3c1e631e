/** State, deadlines and asks are what the events make of them, and whatever is owed rings at its hour. */
import { isDeepStrictEqual } from 'node:util';
import { DECISION_STAND_IN } from '../../../src/core/deadlines/work';
import { hasEnded, type IncidentState } from '../../../src/core/incident/state';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import type { Versioned } from '../../../src/core/upcast';
import { INCIDENT } from '../../../src/handlers/incident';
import type { Life } from '../../../src/handlers/life';
import { DUTY, REGISTER } from '../../../src/handlers/lives';
import { jsonb } from '../../../src/store/memory/jsonb';
import type { Rows } from '../../../src/store/memory/world';
import { type Check, type Ended, endOf, eventsOf, goesOn, rulesOf, stepOf, toldBy } from './ended';

/** Each kind of stream is folded by its own life. */
const folded: Check = (ended, violated) => {
  for (const stream of ended.world.rows.streams.values()) {
    if (stream.kind === 'incident') foldedAs(INCIDENT, ended, stream, violated);
    else if (stream.kind === 'duty') foldedAs(DUTY, ended, stream, violated);
    else if (stream.kind === 'register') foldedAs(REGISTER, ended, stream, violated);
  }
};

function foldedAs<S, E extends Versioned, C extends { readonly type: string }>(
  life: Life<S, E, C>,
  ended: Ended,
  stream: Rows['streams'],
  violated: (what: string) => void,
): void {
  const { world } = ended;
  const state = eventsOf(world, stream.id).reduce<S | null>((before, stored) => {
    const { version, at } = stored;
    const event = life.upcast(toldBy(stored));
    return event === null ? before : life.evolve(before, { version, at, event });
  }, null);
  if ((state !== null && stream.stateV !== life.v) || !isDeepStrictEqual(jsonb(state), stream.state))
    violated(`${stream.id}: state and events differ`);
  const rules = rulesOf(ended, stream.id);
  if (state === null || rules === undefined) return;
  const wanted = life.deadlines(rules, state).map((d) => ({ ...d, stream: stream.id }));
  const keys = new Set(wanted.map((d) => d.key));
  // What is not owed any more, such as a fixed hour of another level, stays as a row that is over.
  const rows = [...world.rows.deadlines.values()].filter((d) => d.stream === stream.id && (d.status === 'open' || keys.has(d.key)));
  const byKey = (list: readonly { readonly key: string }[]) => Object.fromEntries(list.map((d) => [d.key, jsonb(d)]));
  if (!isDeepStrictEqual(byKey(rows), byKey(wanted))) violated(`${stream.id}: deadline rows and state differ`);
  const asks = [...world.rows.asks.values()].filter((ask) => ask.stream === stream.id);
  const known = life.asks(null, state);
  const open = known.filter((ask) => ask.answeredAt === null).length;
  if (asks.length !== known.length || asks.filter((ask) => ask.answeredAt === null).length !== open)
    violated(`${stream.id}: ask rows and state differ`);
}

/** An open duty rings again, unless all its rings were heard; of an ended incident only what outlasts the response is open. */
const owedOn: Check = (ended, violated) => {
  const { rows } = ended.world;
  for (const deadline of rows.deadlines.values()) {
    const stream = rows.streams.get(deadline.stream);
    const rules = rulesOf(ended, deadline.stream);
    if (stream === undefined || rules === undefined) violated(`${deadline.key} belongs to no stream`);
    else if (deadline.status !== 'open') {
      if (deadline.nextAt !== null) violated(`${deadline.key} is ${deadline.status} and rings`);
    } else if (stream.kind !== 'incident') {
      // Shifts and entries ring by ladders of their own, which the folding above holds them to.
    } else if (
      hasEnded(stream.state as IncidentState) &&
      !goesOn(ended, rules, stream.id, deadline.key, endOf(stream.state as IncidentState))
    )
      violated(`${deadline.key} is open after the end`);
    else if (deadline.nextAt === null && deadline.stage < ringsOf(rules, stream.state as IncidentState, deadline.key))
      violated(`${deadline.key} is open and silent`);
  }
};

/** An open ask of an incident has a deadline, or a message that is still on its way. */
const watched: Check = ({ world: { rows } }, violated) => {
  for (const { stream, id, answeredAt } of rows.asks.values()) {
    const row = rows.streams.get(stream);
    if (answeredAt !== null || row?.kind !== 'incident' || hasEnded(row.state as IncidentState)) continue;
    const isTimed = [...rows.deadlines.values()].some((d) => d.stream === stream && d.status === 'open' && d.key.includes(id));
    const isTold = [...rows.deliveries.values()].some((d) => d.stream === stream && (d.state === 'queued' || d.state === 'held'));
    if (!isTimed && !isTold) violated(`ask ${id} of ${stream} is open, and nothing watches it`);
  }
};

/** Asia/Shanghai is eight hours ahead all year, wherever the program runs. */
const SHANGHAI_MS = 8 * HOUR;

/** What is due at fixed hours of the day is due at the bureau's hours. */
const fixedHours: Check = (ended, violated) => {
  for (const { stream, key, dueAt } of ended.world.rows.deadlines.values()) {
    const rules = rulesOf(ended, stream);
    const times = rules === undefined ? undefined : stepOf(rules, key)?.at_times;
    if (times === undefined) continue;
    const minute = Math.floor(((dueAt + SHANGHAI_MS) % DAY) / MINUTE);
    const hours = Object.values(times).flatMap((list) => list ?? []);
    const written = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    if (!hours.includes(written)) violated(`${key} of ${stream} is due at ${written}, not at ${hours.join(' or ')}`);
  }
};

/** How often the profile rings for it; a stand-in has no stand-in, and the escalation goes on with the one stood in for. */
function ringsOf(rules: Rulebook, state: IncidentState, key: string): number {
  const { ladder, overtime, clock_ladder } = rules.profile;
  const rings = isWaiting(state, key) || isRelieved(state, key) ? 'none' : (stepOf(rules, key)?.rings ?? 'clock');
  if (rings === 'none') return 0;
  // What is asked after the end, such as a step of a late paper, is a piece of work and calls nobody in another's place.
  if (rings === 'clock' || state.terminated !== null) return clock_ladder.length;
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

export const OWED: readonly Check[] = [folded, owedOn, watched, fixedHours];
