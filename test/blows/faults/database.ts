/** kill -9 of the database server, three times while reports flow from several rooms and by callback. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import pino from 'pino';
import { startEmbedded } from '../../../src/store/embedded/startEmbedded';
import { bindingOf, postText } from '../callbacks';
import { type Fault, seconds } from '../fault';
import { CAUGHT_UP_MS, peopleIn } from '../people';
import { judgeReports, REPORTING, reportFrom } from '../reports';
import { openWorld, until, type World } from '../world';

/** The duty room's robot speaks twice for each: more in a minute would wait for the platform's window, not for us. */
const REPORTS = 11;
const EVERY_MS = 1_000;
const BLOWS = 3;
const BLOW_EVERY_MS = 3_000;

export const databaseFault: Fault = {
  name: 'database',
  isAlone: true,
  run: async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-blow-db-'));
    chmodSync(dataDir, 0o755);
    const server = await startEmbedded({ dataDir, log: pino({ level: 'silent' }) });
    const pool = new Pool({ connectionString: server.url, max: 4 });
    pool.on('error', () => undefined);
    const drop = (): Promise<void> => pool.end();
    try {
      const world = await openWorld({ database: { url: server.url, pool, drop } });
      try {
        const numbers = Array.from({ length: REPORTS }, (_, i) => 60 + i);
        const [lastBlow, taken] = await Promise.all([strikes(pool, () => process.kill(server.pid(), 'SIGKILL')), flow(world, numbers)]);
        await stored(world);
        await peopleIn(world).rest();
        const took = performance.now() - lastBlow;
        const outcome = await judgeReports(world, taken, [`server killed ${BLOWS} times`, `caught up ${seconds(took)} after the last`]);
        return took <= CAUGHT_UP_MS ? outcome : { ...outcome, faults: [...outcome.faults, `caught up only after ${seconds(took)}`] };
      } catch (cause) {
        throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
      } finally {
        await world.close();
      }
    } finally {
      await server.stop();
      // Helpers of a server that was killed may still be writing their last.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
};

/** Kills the server whenever it has been back for a while; answers the moment of the last blow. */
async function strikes(pool: Pool, strike: () => void): Promise<number> {
  for (let blow = 0; blow < BLOWS; blow++) {
    await pause(BLOW_EVERY_MS);
    await until('the database answers', () =>
      pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
    strike();
  }
  return performance.now();
}

/** Says all reports, every third by callback; answers those the bot has taken: heard on its connection, or answered with 200. */
async function flow(world: World, numbers: readonly number[]): Promise<readonly number[]> {
  const binding = await bindingOf(world.simulator);
  const callbacks: Promise<number[]>[] = [];
  const heard: number[] = [];
  for (const [i, number] of numbers.entries()) {
    const county = REPORTING[i % REPORTING.length] ?? 'hubin';
    const text = reportFrom(county, number);
    const url = world.bots[0]?.url ?? '';
    if (i % 3 === 2)
      callbacks.push(
        insist(() => postText(url, binding, { id: String(number), from: `${county}2`, text })).then((yes) => (yes ? [number] : [])),
      );
    else {
      await speak(world, `county-${county}`, `${county}1`, text);
      heard.push(number);
    }
    await pause(EVERY_MS);
  }
  return [...heard, ...(await Promise.all(callbacks)).flat()];
}

async function speak(world: World, room: string, from: string, text: string): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ room, from, text }) };
  await fetch(`${world.simulator}/sandbox/api/say`, init);
}

/** As the platform does: what was not answered with 200 comes again. */
async function insist(deliver: () => Promise<number | null>): Promise<boolean> {
  for (let tries = 0; tries < 4; tries++) {
    if ((await deliver()) === 200) return true;
    await pause(5_000);
  }
  return false;
}

/** Every frame that reached the bot has its row: the bot lives, so none may be missing. */
async function stored(world: World): Promise<void> {
  const answer = await fetch(`${world.simulator}/sandbox/api/calls?api=aibot_msg_callback`);
  const { calls } = (await answer.json()) as { calls: { answer: string }[] };
  const sent = calls.filter((call) => call.answer === 'sent').length;
  await until('every frame is stored', async () => {
    const found = await world.pool.query(`SELECT FROM inbox WHERE source = 'robot'`).catch(() => null);
    return found !== null && found.rowCount === sent;
  });
}
