/** Whatever is owed to somebody is sent once, visibly, within the platform's limits, and nobody is called after the end. */
import type { IncidentState } from '../../../src/core/incident/state';
import type { World } from '../../../src/store/memory/world';
import { type Check, endOf, eventsOf, goesOn, rulesOf } from './ended';

/** Whatever is owed has an end that says how. */
const delivered: Check = ({ world, watch }, violated) => {
  const sent = new Set(watch.fixed.flatMap((call) => call.deliveries));
  for (const row of world.rows.deliveries.values()) {
    if (row.state === 'queued' || row.state === 'held' || row.state === 'sending')
      violated(`delivery ${row.id} (${row.purpose}) is still ${row.state}`);
    if ((row.state === 'cancelled' || row.state === 'refused' || row.state === 'unknown') && row.reason === null)
      violated(`delivery ${row.id} is ${row.state} without a reason`);
    if (row.unheeded.length > 0) violated(`nobody heard that delivery ${row.id} (${row.purpose}) did not arrive`);
    if (row.state === 'accepted' && !sent.has(row.id)) violated(`delivery ${row.id} was never sent`);
  }
  for (const row of world.rows.dispatches.values()) if (row.state === 'sending') violated(`dispatch ${row.id} was never settled`);
};

/** Nobody reads the same thing twice, but for what is marked as a repeat; nothing counts as accepted that nobody can read. */
const shownOnce: Check = ({ world, platform, watch }, violated) => {
  const shown = new Map<string, { plain: number; marked: number }>();
  const firstCalls = new Map(watch.fixed.toReversed().map((call) => [call.id, call]));
  for (const effect of platform.effects) {
    const call = firstCalls.get(effect.dispatch);
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
  const reached = new Set(platform.effects.flatMap((e) => firstCalls.get(e.dispatch)?.deliveries ?? []));
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
const silentAfterEnd: Check = (ended, violated) => {
  const { world, watch } = ended;
  for (const [stream, endedAt] of watch.endedAt) {
    const rules = rulesOf(ended, stream);
    // A task given after the end was said goes on, though the saying was handled later: the clock may have been moved between.
    const saidAt = endOf(world.rows.streams.get(stream)?.state as IncidentState);
    const tooLate = (keys: readonly string[]): boolean =>
      rules === undefined || keys.some((key) => !goesOn(ended, rules, stream, key, saidAt));
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

function isMarked(world: World, payload: string): boolean {
  return (world.rows.vault.get(payload)?.body ?? '').includes('（重发）');
}

export const SENT: readonly Check[] = [delivered, shownOnce, withinWindows, silentAfterEnd];
