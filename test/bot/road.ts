/** The road of a typed message without a platform: real store (its twin), real inbox lane, real router; answers are read where they are stored. */

import type { Reply } from '../../src/bot/reply';
import type { OfferReply } from '../../src/bot/wordOffers';
import { wordReply } from '../../src/bot/wordReply';
import type { IncidentState } from '../../src/core/incident/state';
import type { Message } from '../../src/core/notices/message';
import type { Deps } from '../../src/handlers/deps';
import { createTakeIn } from '../../src/handlers/takeIn';
import { workInbox } from '../../src/jobs/inbox';
import type { Inbound, Platform } from '../../src/ports/platform';
import { createReach } from '../../src/ports/reach';
import { sha256 } from '../../src/wiring/chance';
import { createRulebooks } from '../../src/wiring/rulebooks';
import { clock, NETWORK, ROSTER, RULES } from '../core/builders';
import { openImaginedOffice } from '../handlers/office';

/** What became of one message: its outcome, and the answer in its conversation where it was answered at all. */
export interface Answered {
  readonly outcome: string;
  readonly reply: Reply | null;
  /** Heading and lines of the answer, one below the other; empty without one. */
  readonly text: string;
}

export interface Road {
  readonly deps: Deps;
  /** The moment it is. */
  now: number;
  /** Said in a room, or in private where the room is null. */
  say(room: string | null, from: string, text: string, quote?: string): Promise<Answered>;
  click(room: string | null, from: string, key: string): Promise<Answered>;
  /** Says a decision and confirms it with the code of the question. */
  decide(room: string | null, from: string, text: string): Promise<Answered>;
  incident(n: number): IncidentState;
  incidents(): readonly IncidentState[];
  /** Outcomes of all messages heard, oldest first. */
  outcomes(): readonly string[];
}

const TENANT = 'city';

/** A bureau as it is shipped, on a morning. */
export function openRoad(more: Partial<Pick<Deps, 'messagesAMinute' | 'log' | 'refusals'>> = {}): Road {
  const { office, world } = openImaginedOffice();
  let heard = 0;
  let code = 4710;
  const nextCode = (): string => {
    code += 1;
    return String(code);
  };
  const deps: Deps = {
    ...office.deps,
    ...more,
    clock: { now: () => road.now },
    ids: { next: office.deps.ids.next, code4: nextCode },
    reach: createReach([platform()]),
    rulebooks: createRulebooks(
      [RULES, NETWORK].map((rulebook) => ({ rulebook, pack: '', profile: '' })),
      sha256,
    ),
  };
  const takeIn = createTakeIn(deps, () => undefined);
  const hear = async (room: string | null, from: string, content: Inbound['content']): Promise<Answered> => {
    heard += 1;
    const chat = { id: room ?? from, kind: room === null ? ('single' as const) : ('group' as const) };
    await takeIn.take({
      tenant: TENANT,
      source: 'robot',
      dedupeKey: `m${heard}`,
      chat,
      account: from,
      sentAt: road.now,
      content,
      ticket: null,
    });
    await workInbox(deps, () => undefined);
    return answered(String(heard));
  };
  const answered = (inbox: string): Answered => {
    const row = world.rows.inbox.get(inbox);
    const delivery = [...world.rows.deliveries.values()].find((one) => one.inbox === inbox && one.purpose === 'reply');
    const reply = (delivery?.intent.reply ?? null) as Exclude<Reply | OfferReply, OfferReply> | null;
    const texts = new Map([...world.rows.vault].map(([id, { body }]) => [id, body]));
    const said = reply === null ? null : wordReply(reply, { roster: ROSTER, texts, now: road.now });
    return { outcome: row?.outcome ?? 'waiting', reply, text: said === null ? '' : textOf(said) };
  };
  const road: Road = {
    deps,
    now: clock('09:00'),
    say: (room, from, text, quote) => hear(room, from, { is: 'text', text, quote: quote ?? null }),
    click: (room, from, key) => hear(room, from, { is: 'click', key }),
    decide: async (room, from, text) => {
      const asked = await road.say(room, from, text);
      return road.say(room, from, `确认 ${/确认 (\d{4})/u.exec(asked.text)?.[1] ?? ''}`);
    },
    incident: (n) => {
      const found = road.incidents().find((state) => state.n === n);
      if (found === undefined) throw new Error(`there is no incident ${n}`);
      return found;
    },
    incidents: () =>
      [...world.rows.streams.values()].flatMap(({ kind, state }) =>
        kind === 'incident' && state !== null ? [state as IncidentState] : [],
      ),
    outcomes: () => [...world.rows.inbox.values()].map(({ outcome }) => outcome ?? 'waiting'),
  };
  return road;
}

function textOf({ heading, lines }: Message): string {
  return [heading, ...lines.map(({ parts }) => parts.map(({ text }) => text).join(''))].join('\n');
}

/** Everybody's account is the person's id, every chat the room's; nothing can be sent. */
function platform(): Platform {
  return {
    ...{ id: 'none', tenant: TENANT, channels: [], connection: null },
    intake: {} as Platform['intake'],
    personOf: (account) => (ROSTER.people.has(account) ? account : null),
    roomOf: (chat) => (ROSTER.rooms.has(chat) ? chat : null),
    routesToRoom: () => [],
    routesToPerson: () => [],
    routesToChat: () => [],
  };
}
