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
 * People whose clock is moved while all bots are stopped: they start again at the same moment, into the rings that have become due,
 * and race for them. `started` is told when all are up again.
 */
export function racing(world: World, people: People, started: () => Promise<void>): People {
  const clockTo: People['clockTo'] = async (minutes, after) => {
    const lives = world.bots.map((bot) => bot.deaths.length);
    for (const bot of world.bots) bot.signal('SIGTERM');
    await world.pool.query(
      `UPDATE sandbox_clock SET offset_ms = (SELECT extract(epoch FROM ${after} + $1 * interval '1 minute' - clock_timestamp()) * 1000 FROM incidents WHERE n = 1)`,
      [minutes],
    );
    await until('all bots have stopped', async () => world.bots.every((bot, i) => bot.deaths.length > (lives[i] ?? 0)));
    for (const bot of world.bots) await bot.up();
    await until('the robot is connected', () => isConnected(world.simulator));
    await started();
    await people.rest();
  };
  return { ...people, clockTo };
}
