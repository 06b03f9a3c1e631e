/** Two bots on one database: which of them owns the connection, and moving the clock for both at the same moment. */
import type { Bot } from './bot';
import type { People } from './people';
import { isConnected, until, type World } from './world';

/** The bot that holds the robot's connection, as it says itself. */
export async function ownerOf(world: World): Promise<Bot> {
  let owner: Bot | undefined;
  await until('a bot owns the connection', async () => {
    const held = await Promise.all(world.bots.map(holds));
    owner = world.bots.find((_, i) => held[i]);
    return owner !== undefined;
  });
  if (owner === undefined) throw new Error('no bot owns the connection');
  return owner;
}

/** Does this bot say that its connection is open? */
export async function holds(bot: Bot): Promise<boolean> {
  return fetch(`${bot.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    async (answer) => Object.values(((await answer.json()) as { connections: Record<string, string> }).connections).includes('open'),
    () => false,
  );
}

/** The other one of two. */
export function otherThan(world: World, bot: Bot): Bot {
  const other = world.bots.find((one) => one !== bot);
  if (other === undefined) throw new Error('there is only one bot');
  return other;
}

/**
 * People whose clock is moved while all bots are stopped: they start again at the same moment, into what has become due, and race for it.
 * It goes from one moment of ringing to the next, since rings slept through would be heard as one. `started` is told when all are up again.
 */
export function racing(world: World, people: People, started: () => Promise<void>): People {
  const raceTo = async (moment: Date): Promise<void> => {
    const lives = world.bots.map((bot) => bot.deaths.length);
    for (const bot of world.bots) bot.signal('SIGTERM');
    await world.pool.query('UPDATE sandbox_clock SET offset_ms = extract(epoch FROM $1::timestamptz - clock_timestamp()) * 1000', [moment]);
    await until('all bots have stopped', async () => world.bots.every((bot, i) => bot.deaths.length > (lives[i] ?? 0)));
    for (const bot of world.bots) await bot.up();
    await until('the robot is connected', () => isConnected(world.simulator));
    await started();
    await people.rest();
  };
  const clockTo: People['clockTo'] = async (minutes, after) => {
    const { rows } = await world.pool.query<{ at: Date }>(`SELECT ${after} + $1 * interval '1 minute' AS at FROM incidents WHERE n = 1`, [
      minutes,
    ]);
    const target = rows[0]?.at;
    if (target === undefined) throw new Error('there is no incident to wait for');
    for (let next = await nextRing(world); next !== null && next < target; next = await nextRing(world)) await raceTo(next);
    await raceTo(target);
  };
  return { ...people, clockTo };
}

async function nextRing({ pool }: World): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(`SELECT min(next_at) AS at FROM deadlines WHERE status = 'open'`);
  return rows[0]?.at ?? null;
}
