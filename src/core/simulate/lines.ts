/** An event as lines: its intents, those that say the same merged, and the steps of the ladder for which there is no port. */
import { askStep } from '../deadlines/asks';
import { askKey, deadlines } from '../deadlines/deadlines';
import { DECISION } from '../deadlines/work';
import { unique } from '../incident/audience';
import type { Asked, EventOf, Ring } from '../incident/events';
import type { Instant } from '../instant';
import type { Addressee, Intent, Purpose } from '../notices/intent';
import { PURPOSE_OF } from '../notices/legs';
import { notices } from '../notices/notices';
import { LADDER_PORTS, type LadderPort } from '../plans/profileSchema';
import type { Rulebook } from '../plans/rulebook';
import type { Roster } from '../roster/roster';
import { type Channel, type Item, item, type Line, type What } from './line';
import type { Step } from './play';

interface Told {
  readonly rules: Rulebook;
  readonly roster: Roster;
  readonly step: Step;
}

/** All messages of one event. A card beside an @ in the same room belongs to it and is no line of its own. */
export function linesOfEvent(rules: Rulebook, roster: Roster, step: Step): readonly Line[] {
  const told = { rules, roster, step };
  const intents = notices(step.recorded);
  const beside = (intent: Intent): boolean => intent.leg === 'show' && intents.some((page) => page.leg === 'page' && same(page, intent));
  const lines = intents.filter((intent) => !beside(intent)).map((intent) => lineOf(told, intent));
  return merged([...lines, ...withoutPort(told)]);
}

function same(page: Intent, { to, topic }: Intent): boolean {
  return page.topic === topic && 'room' in page.to && 'room' in to && page.to.room === to.room;
}

function lineOf(told: Told, intent: Intent): Line {
  const { to, leg } = intent;
  const room = roomOf(told.roster, to);
  const channel: Channel = room === null ? 'private' : leg === 'page' ? 'mention' : 'post';
  const people = room === null ? [personOf(to)] : leg === 'page' ? pagedBy(told, intent) : [];
  return { at: told.step.recorded.at, channel, room, people, items: itemsOf(told, intent), skipped: false };
}

/** A conversation of the simulation is a room or one person's private chat. */
function roomOf(roster: Roster, to: Addressee): string | null {
  if ('room' in to) return to.room;
  return 'conversation' in to && roster.rooms.has(to.conversation) ? to.conversation : null;
}

function personOf(to: Addressee): string {
  return 'person' in to ? to.person : 'conversation' in to ? to.conversation : to.room;
}

function pagedBy(told: Told, intent: Intent): Line['people'] {
  return intent.purpose === 'reminder' ? unique(ringsOf(told, intent).flatMap((ring) => ring.people)) : intent.people;
}

function ringsOf({ step: { recorded } }: Told, { keys }: Intent): readonly Ring[] {
  return recorded.event.type === 'DeadlinesRang' ? recorded.event.rings.filter((ring) => keys.includes(ring.key)) : [];
}

/** What is said where no ring and no ask says it. */
const SAYS: Readonly<Partial<Record<Purpose, What>>> = {
  echo: 'echo',
  report_known: 'told',
  leader_told: 'told',
  activation_notice: 'notice',
  summary: 'summary',
};

const OCCASION: Readonly<Record<string, string>> = { IncidentReported: 'reported', ResponseActivated: 'activated' };

function itemsOf(told: Told, intent: Intent): readonly Item[] {
  const { event } = told.step.recorded;
  if (intent.purpose === 'reminder') return ringItems(told, intent, 'reminded');
  if (intent.purpose === 'escalation') return 'room' in intent.to ? ringItems(told, intent, 'dial_list') : reportItems(told, intent);
  if (intent.purpose === 'stand_in_offered') return [item('stand_in_offered', DECISION)];
  if (intent.purpose === 'activation_asked') return [decisionItem(told, intent)];
  const asks = askItems(told, intent);
  return asks.length > 0 ? asks : [item(SAYS[intent.purpose] ?? 'noted', OCCASION[event.type] ?? event.type)];
}

function decisionItem(told: Told, { keys }: Intent): Item {
  const [key = DECISION] = keys;
  return item(key === DECISION ? 'asked' : 'asked_instead', DECISION, { due: dueOf(told, key) });
}

function askItems(told: Told, intent: Intent): readonly Item[] {
  const { event } = told.step.recorded;
  const asked: readonly Asked[] = 'asked' in event ? event.asked : [];
  const meant = asked.filter((one) => PURPOSE_OF[one.kind] === intent.purpose);
  return distinct(
    meant.map((one) => {
      const what = one.standInFor === null ? 'asked' : 'asked_instead';
      return item(what, askStep(one.kind), { ask: one.kind, due: dueOf(told, askKey(one)) });
    }),
  );
}

function dueOf({ rules, step: { state } }: Told, key: string): Instant | null {
  return deadlines(rules, state).find((row) => row.key === key)?.dueAt ?? null;
}

function ringItems(told: Told, intent: Intent, what: What): readonly Item[] {
  return distinct(ringsOf(told, intent).map((ring) => ringItem(told, ring, what)));
}

function ringItem(told: Told, { kind, key, percent, ask }: Ring, what: What): Item {
  const asked = ask === null ? undefined : told.step.state.asks[ask];
  return item(what, kind, { ask: asked?.kind ?? null, due: dueOf(told, key), percent });
}

/** Whom a ring is reported to hears of it as late or, after the term, as one of the escalations. */
function reportItems(told: Told, intent: Intent): readonly Item[] {
  const { overtime, ladder } = told.rules.profile;
  return distinct(
    ringsOf(told, intent).map((ring) => {
      const heard = ringItem(told, ring, 'told');
      const no = ring.stage - ladder.length;
      return ring.percent > 100 ? { ...heard, what: 'escalated' as const, turn: { no, of: overtime.length } } : heard;
    }),
  );
}

/** Strong reminder, SMS and voice of these rings: planned, and said to be skipped. */
function withoutPort(told: Told): readonly Line[] {
  const { at, event } = told.step.recorded;
  if (event.type !== 'DeadlinesRang') return [];
  return LADDER_PORTS.flatMap((channel) => {
    const rings = event.rings.filter((ring) => ring.actions.includes(channel));
    return rings.length === 0 ? [] : [skippedLine(told, at, channel, rings)];
  });
}

function skippedLine(told: Told, at: Instant, channel: LadderPort, rings: EventOf<'DeadlinesRang'>['rings']): Line {
  const items = distinct(rings.map((ring) => ringItem(told, ring, 'called')));
  return { at, channel, room: null, people: unique(rings.flatMap((ring) => ring.people)), items, skipped: true };
}

function distinct(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((one) => [JSON.stringify(one), one])).values()];
}

/** Private messages that say the same are one line with all who get it. */
function merged(lines: readonly Line[]): readonly Line[] {
  const found = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.channel, line.room, line.items, line.skipped]);
    const before = found.get(key);
    found.set(key, before === undefined ? line : { ...before, people: unique([...before.people, ...line.people]) });
  }
  return [...found.values()];
}
