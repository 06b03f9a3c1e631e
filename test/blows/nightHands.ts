/** The hands of the 48 hours among blows: who was not heard says it again, a press is repeated until it counts, the clock is moved until it is there. */
import type { Instant } from '../../src/core/instant';
import type { Hands } from '../journeys/night48/play';
import type { Seen } from '../support/dutyRoom';
import { ask } from './ask';
import { CAUGHT_UP_MS, peopleIn } from './people';
import { isConnected, until, type World } from './world';

/** The platform repeats a callback by itself for a quarter of a minute. */
const GIVEN_UP_MS = 25_000;

/** Everybody's hands, and when their night begins. */
export function handsIn(world: World, zero: Instant): Hands & { readonly zero: Instant } {
  const { simulator, pool } = world;
  const people = peopleIn(world);
  const post = async (path: string, body: unknown): Promise<boolean> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await ask(`${simulator}/sandbox/api/${path}`, init)).ok;
  };
  const count = async (text: string, values: readonly unknown[]): Promise<number> =>
    Number((await pool.query<{ n: string }>(text, [...values]).catch(() => null))?.rows[0]?.n ?? -1);
  return {
    zero,
    say: people.say,
    press: async (card, from) => {
      const before = await count(PRESSES, [from]);
      for (let pressed = false; !pressed; ) {
        await until('the robot hears', () => isConnected(simulator), CAUGHT_UP_MS);
        await post('click', { message: card.id, button: card.buttons?.[0]?.key, from });
        const counts = async (): Promise<boolean> => (await count(PRESSES, [from])) > before;
        pressed = await until('a press counts', counts, GIVEN_UP_MS).then(
          () => true,
          () => false,
        );
      }
      await people.rest();
    },
    goTo: async (at) => {
      const isThere = async (): Promise<boolean> => (await count(REACHED, [new Date(at)])) > 0;
      await until('the clock is moved', async () => (await isThere()) || post('clock', { now: new Date(at).toISOString() }));
      await people.rest();
    },
    seen: async () => ((await (await ask(`${simulator}/sandbox/api/messages`)).json()) as { messages: readonly Seen[] }).messages,
  };
}

const PRESSES = `
  SELECT count(DISTINCT i.id) AS n FROM events e JOIN inbox i ON e.cause_kind = 'inbox' AND i.id::text = e.cause_id
  WHERE i.source = 'app' AND i.state = 'handled' AND e.actor_person = $1`;
const REACHED = `
  SELECT count(*) AS n FROM sandbox_clock WHERE clock_timestamp() + offset_ms * interval '1 millisecond' >= $1`;
