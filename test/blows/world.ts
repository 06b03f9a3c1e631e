/** What one run of blows happens in: a simulator that survives everything, a database, and the bots. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Instant } from '../../src/core/instant';
import { freshDatabase } from '../support/database';
import { ask } from './ask';
import { type Bot, startBot } from './bot';
import { bindingOf, callbackTo } from './callbacks';

export interface World {
  /** The simulator's address. */
  readonly simulator: string;
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly bots: readonly Bot[];
  /** Starts one more bot in this world; `own` are settings that it alone has. */
  addBot(first?: Readonly<Record<string, string>>, own?: Readonly<Record<string, string>>): Promise<Bot>;
  /** Sends a signal to the simulator: while it is stopped the platform is there and says nothing. */
  signalSimulator(name: NodeJS.Signals): void;
  close(): Promise<void>;
}

/** Still ahead when the last of all runs begins. */
const AHEAD_MS = 6 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Nine o'clock in the duty room. */
const NINE_UTC_MS = 3_600_000;

/**
 * When every road begins: at nine in the morning of one and the same day. What falls due at hours of the day (续报 at 08:00, the
 * 17:30 digest) would else ring in the one run and not in the other.
 */
export const BEGIN: Instant = nineAfter(Date.now());

interface WorldOptions {
  /** FENGHUO_ settings of all bots by their short names. */
  readonly env?: Readonly<Record<string, string>>;
  /** Given to the first process of the first bot only. */
  readonly first?: Readonly<Record<string, string>>;
  /** Another database than a fresh one of the run's server; its clock is left as it is. */
  readonly database?: { readonly url: string; readonly pool: Pool; drop(): Promise<void> };
}

/** A simulator, a database and one bot that hears. */
export async function openWorld({ env = {}, first = {}, database }: WorldOptions = {}): Promise<World> {
  const { url: databaseUrl, pool, drop } = database ?? (await freshDatabase());
  const { url: simulator, signal: signalSimulator, stop } = await startSimulator();
  if (database === undefined) await beginIn(pool, simulator);
  const bots: Bot[] = [];
  const addBot: World['addBot'] = async (given = {}, own = {}) => {
    const bot = await startBot({ SANDBOX_URL: simulator, DATABASE_URL: databaseUrl, ...env, ...own }, given);
    bots.push(bot);
    await bot.up();
    return bot;
  };
  const close = async (): Promise<void> => {
    await Promise.all(bots.map((bot) => bot.close()));
    await stop();
    await drop();
  };
  try {
    const { url } = await addBot(first);
    await until('the robot is connected', () => isConnected(simulator));
    await until('the callback address is verified', () => isVerified(simulator, url));
    return { simulator, pool, databaseUrl, bots, addBot, signalSimulator, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** Platform and database agree on the hour before the first bot asks them. */
async function beginIn(pool: Pool, simulator: string): Promise<void> {
  await tick(simulator, BEGIN);
  await pool.query('UPDATE sandbox_clock SET offset_ms = $1 - extract(epoch FROM clock_timestamp()) * 1000', [BEGIN]);
}

/** Sets the platform's own clock, forward only. */
export async function tick(simulator: string, now: Instant): Promise<void> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: new Date(now).toISOString() }),
  };
  if (!(await ask(`${simulator}/sandbox/clock-tick`, init)).ok) throw new Error('the platform does not take the hour');
}

function nineAfter(now: Instant): Instant {
  return Math.ceil((now + AHEAD_MS - NINE_UTC_MS) / DAY_MS) * DAY_MS + NINE_UTC_MS;
}

/** Is a robot connection subscribed at the simulator? */
export async function isConnected(simulator: string): Promise<boolean> {
  const state = (await (await ask(`${simulator}/sandbox/api/state`)).json()) as { robot: { connected: boolean } };
  return state.robot.connected;
}

/** Is the callback address known? The platform waits one second for its verification; a clerk tries again. */
async function isVerified(simulator: string, bot: string): Promise<boolean> {
  const { robot } = (await (await ask(`${simulator}/sandbox/api/state`)).json()) as { robot: { callback: boolean } };
  if (robot.callback) return true;
  const { tenant } = await bindingOf(simulator);
  return callbackTo(simulator, `${bot}/callback/wecom/${tenant}/app`);
}

/** Waits until it holds; fails after `ms` of real time, saying what did not come true. */
export async function until(what: string, holds: () => Promise<boolean>, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${ms / 1000} s: ${what}`);
    await pause(25);
  }
}

async function startSimulator(): Promise<{ readonly url: string; signal(name: NodeJS.Signals): void; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [resolve('bin/run.js'), 'sandbox', '--only'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((done, failed) => {
    child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString('utf8')));
    child.once('exit', (code) => failed(new Error(`the simulator ended at once with ${code}`)));
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url: (JSON.parse(line) as { url: string }).url, signal: (name) => void child.kill(name), stop };
}
