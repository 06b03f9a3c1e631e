/** People who go on working while the bot is being killed: who was not heard says it again, what was heard is never repeated. */
import type { Seen } from '../support/dutyRoom';
import { ask } from './ask';
import { isConnected, until, type World } from './world';

/** What went over the robot's line. */
interface Frame {
  readonly request: { readonly body: { readonly msgid: string } };
}

export interface People {
  /** Says it until the bot has stored it, then waits until everything is at rest. */
  say(room: string, from: string, text: string): Promise<void>;
  /** Presses the first button of the newest card in a room; a private one goes by callback, which the platform repeats by itself. */
  press(room: string, from: string): Promise<void>;
  /** Says a decision, reads the code from the bot's question and confirms it. */
  decide(room: string, from: string, text: string): Promise<void>;
  /** Moves the sandbox clock to so many minutes after a moment of the incident. */
  clockTo(minutes: number, after: 'activated_at' | 'received_at'): Promise<void>;
  /** Waits until nothing is handled, due, sent or held, and the robot hears; fails after 60 s. */
  rest(): Promise<void>;
  /** How often somebody had to say or press something again because the bot was killed before it was stored. */
  saidAgain(): number;
  /** Longest time from a blow until everything was at rest again, in real milliseconds. */
  longestMs(): number;
}

/** A frame that no process has stored by then, and whose connection is gone, is lost by the protocol. */
const LOST_MS = 1_000;
const CALM_LOOKS = 2;
/** The platform repeats a callback three times, 5 s apart; a bot that is not back by then was never asked to keep it. */
const GIVEN_UP_MS = 25_000;
export const CAUGHT_UP_MS = 60_000;

export function peopleIn(world: World): People {
  const { simulator, pool, bots } = world;
  let again = 0;
  let longest = 0;
  let deathsSeen = 0;

  const lives = (): number => bots.reduce((sum, bot) => sum + bot.deaths.length, 0);
  const one = async <T>(text: string, values: readonly unknown[] = []): Promise<T | undefined> =>
    (await pool.query<T & object>(text, [...values]).catch(() => ({ rows: [] as T[] }))).rows[0];
  const hears = (): Promise<void> => until('the robot hears', () => isConnected(simulator), CAUGHT_UP_MS);
  const post = async (path: string, body: unknown): Promise<{ readonly ok: boolean; readonly id?: string }> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await ask(`${simulator}/sandbox/api/${path}`, init);
    return { ...((await answer.json()) as { id?: string }), ok: answer.ok };
  };
  const stateOf = async (key: string): Promise<string | undefined> =>
    (await one<{ state: string }>(`SELECT state FROM inbox WHERE source = 'robot' AND dedupe_key = $1`, [key]))?.state;

  /** Until one utterance has a row. Another try is made only when the process that may have heard it is dead and left no row. */
  async function heard(utter: () => Promise<string>): Promise<void> {
    for (;;) {
      await hears();
      const before = lives();
      const key = await utter();
      let stored = false;
      let diedAt = Number.POSITIVE_INFINITY;
      await until('a message is stored or its process has died', async () => {
        stored = (await stateOf(key)) !== undefined;
        if (lives() !== before && diedAt === Number.POSITIVE_INFINITY) diedAt = performance.now();
        return stored || performance.now() - diedAt > LOST_MS;
      });
      if (stored) return;
      again += 1;
    }
  }

  async function isCalm(): Promise<boolean> {
    const row = await one<{ calm: boolean }>(CALM);
    if (row?.calm !== true || !(await isConnected(simulator))) return false;
    return (await Promise.all(bots.map((bot) => bot.isUp()))).every(Boolean);
  }

  async function rest(): Promise<void> {
    let calm = 0;
    await until(
      'everything is at rest',
      async () => {
        calm = (await isCalm()) ? calm + 1 : 0;
        return calm >= CALM_LOOKS;
      },
      CAUGHT_UP_MS,
    );
    const deaths = bots.flatMap((bot) => bot.deaths);
    if (deaths.length > deathsSeen) longest = Math.max(longest, performance.now() - Math.max(...deaths));
    deathsSeen = deaths.length;
  }

  const messages = async (room: string, after = '0'): Promise<{ readonly cursor: string; readonly messages: readonly Seen[] }> =>
    (await (await ask(`${simulator}/sandbox/api/messages?room=${room}&after=${after}`)).json()) as never;

  /** Does something in the simulator and answers under which identity it went over the robot's line; empty where nobody was there to hear. */
  const overTheLine = async (frame: string, act: () => Promise<unknown>): Promise<string> => {
    const frames = async (after: string): Promise<{ readonly cursor: string; readonly calls: readonly Frame[] }> =>
      (await (await ask(`${simulator}/sandbox/api/calls?api=${frame}&after=${after}`)).json()) as never;
    const { cursor } = await frames('0');
    await act();
    return (await frames(cursor)).calls.at(-1)?.request.body.msgid ?? '';
  };

  const say: People['say'] = async (room, from, text) => {
    await heard(() => overTheLine('aibot_msg_callback', () => post('say', { room, from, text })));
    await rest();
  };

  async function cardIn(room: string): Promise<Seen> {
    let card: Seen | undefined;
    await until(`a card with a button in ${room}`, async () => {
      card = (await messages(room)).messages.findLast((m) => (m.buttons?.length ?? 0) > 0);
      return card !== undefined;
    });
    if (card === undefined) throw new Error(`no card in ${room}`);
    return card;
  }

  return {
    say,
    rest,
    saidAgain: () => again,
    longestMs: () => longest,
    press: async (room, from) => {
      const card = await cardIn(room);
      const click = { message: card.id, button: card.buttons?.[0]?.key, from };
      if (!room.startsWith('dm:')) await heard(() => overTheLine('aibot_event_callback', () => post('click', click)));
      else {
        for (let tries = 0; (await one(PRESSED, [from])) === undefined; tries++) {
          if (tries > 0) again += 1;
          await hears();
          await post('click', click);
          await until('a press is stored', async () => (await one(PRESSED, [from])) !== undefined, GIVEN_UP_MS).catch(() => undefined);
        }
      }
      await rest();
    },
    decide: async (room, from, text) => {
      for (;;) {
        const { cursor } = await messages(room);
        await say(room, from, text);
        const codes = (await messages(room, cursor)).messages.flatMap((m) => (m.fromBot ? (/确认 (\d{4})/.exec(m.text)?.[1] ?? []) : []));
        if (codes.length === 0) again += 1;
        else return say(room, from, `确认 ${codes.at(-1)}`);
      }
    },
    clockTo: async (minutes, after) => {
      const row = await one<{ at: Date }>(`SELECT ${after} AS at FROM incidents WHERE n = 1`);
      if (row === undefined) throw new Error('there is no incident to wait for');
      const now = new Date(row.at.getTime() + minutes * 60_000).toISOString();
      const isThere = async (): Promise<boolean> => (await one<{ there: boolean }>(REACHED, [now]))?.there === true;
      await until('the clock is moved', async () => (await isThere()) || (await post('clock', { now })).ok);
      await rest();
    },
  };
}

const NOW = `(SELECT clock_timestamp() + offset_ms * interval '1 millisecond' FROM sandbox_clock)`;
const REACHED = `SELECT ${NOW} >= $1 AS there`;
const CALM = `
  SELECT NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'received')
    AND NOT EXISTS (SELECT 1 FROM deliveries WHERE state IN ('queued', 'held', 'sending'))
    AND NOT EXISTS (SELECT 1 FROM dispatches WHERE state = 'sending')
    AND NOT EXISTS (SELECT 1 FROM deadlines WHERE status = 'open' AND next_at <= ${NOW}) AS calm`;
const PRESSED = `
  SELECT 1 AS there FROM events e JOIN inbox i ON e.cause_kind = 'inbox' AND i.id::text = e.cause_id
  WHERE i.source = 'app' AND i.state = 'handled' AND e.actor_person = $1`;
