/** The 48 hours again under blows: kills at moments nobody chose, an emptied queue, three hours of silence, a database clock that jumps. */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../../../src/core/instant';
import { differences } from '../../journeys/night48/differences';
import type { Silence } from '../../journeys/night48/effects';
import { bureauWithoutTurns, type Hands, MINUTES, minuteZero, playNight } from '../../journeys/night48/play';
import { hasRedis, startRedis } from '../../support/redis';
import type { Fault, Given, Outcome } from '../fault';
import { handsIn } from '../nightHands';
import { recordOf } from '../record';
import { BEGIN, openWorld, tick, type World } from '../world';

type NightHands = Hands & { readonly zero: Instant };

/** What is done to the night; `before` is told of each minute with an act. */
interface Strike {
  before(minute: number, world: World, hands: NightHands): Promise<void>;
  /** Spans of minutes in which nothing could ring; what was due in one comes at its end, merged. */
  readonly silences: readonly Silence[];
  readonly notes: readonly string[];
}

const KILLS = 6;
/** So long after the clock begins to move, or somebody speaks. */
const WITHIN_MS = 900;

/** Each at a minute of its own, in the middle of whatever happens then. */
function kills(chance: () => number): Strike {
  const minutes = new Set<number>();
  while (minutes.size < KILLS) minutes.add(MINUTES[Math.floor(chance() * MINUTES.length)] ?? 0);
  return {
    before: async (minute, world) => {
      if (minutes.has(minute)) void pause(chance() * WITHIN_MS).then(() => world.bots[0]?.signal('SIGKILL'));
    },
    silences: [],
    notes: [`killed at minutes ${[...minutes].sort((a, b) => a - b).join(', ')}`],
  };
}

/** Stopped with kill -9 and started three hours later: the clock is moved while no process lives. */
function outage(): Strike {
  const [from, until] = [510, 690];
  return {
    before: async (minute, world, hands) => {
      if (minute !== 1410) return;
      await hands.goTo(hands.zero + from * 60_000);
      const lives = world.bots[0]?.deaths.length ?? 0;
      world.bots[0]?.signal('SIGKILL');
      while ((world.bots[0]?.deaths.length ?? 0) === lives) await pause(5);
      await jump(world, (until - from) * 60);
      await hands.goTo(hands.zero + until * 60_000);
    },
    silences: [[from, until]],
    notes: ['three hours without a process from minute 510'],
  };
}

/** An hour forward and an hour back, the process running: what was rung is not rung again, what was due meanwhile comes once. */
function clockSteps(): Strike {
  return {
    before: async (minute, world, hands) => {
      if (minute === 1410) await step(world, hands, 930, 3_600);
      if (minute === 1530) await step(world, hands, 1_440, -3_600);
    },
    silences: [[930, 990]],
    notes: ['the database clock an hour forward at minute 930, an hour back at 1440'],
  };
}

async function step(world: World, hands: NightHands, minute: number, seconds: number): Promise<void> {
  await hands.goTo(hands.zero + minute * 60_000);
  await jump(world, seconds);
  // The platform has a clock of its own, which nobody sets back.
  if (seconds > 0) await tick(world.simulator, hands.zero + minute * 60_000 + seconds * 1000);
  // The process looks at the database's clock twice a minute.
  await pause(LOOKS_MS);
}

const LOOKS_MS = 31_000;

async function jump({ pool }: World, seconds: number): Promise<void> {
  await pool.query('UPDATE sandbox_clock SET offset_ms = offset_ms + $1', [seconds * 1000]);
}

async function emptied(run: (strike: Strike, env: Record<string, string>) => Promise<Outcome>, chance: () => number): Promise<Outcome> {
  const redis = await startRedis();
  const minutes = new Set([32, 112, 484, 1740]);
  const strike: Strike = {
    before: async (minute) => {
      if (minutes.has(minute)) void pause(chance() * WITHIN_MS).then(() => redis.command('FLUSHALL'));
    },
    silences: [],
    notes: [`the queue on Redis emptied at minutes ${[...minutes].join(', ')}`],
  };
  return run(strike, { REDIS_URL: redis.url }).finally(() => redis.stop());
}

async function live(strike: Strike, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const dir = bureauWithoutTurns();
  const world = await openWorld({ env: { BUREAU: dir, ...env } });
  try {
    const hands = handsIn(world, minuteZero(BEGIN));
    await playNight(hands, hands.zero, (minute) => strike.before(minute, world, hands));
    return await judged(world, hands, strike);
  } catch (cause) {
    throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
  } finally {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Every line of the table once, at its minute or as late as the blow made it; nothing else, unless marked as sent again. */
async function judged(world: World, hands: NightHands, { silences, notes }: Strike): Promise<Outcome> {
  const { unknown, faults } = await recordOf(world);
  const { missing, extra, doubled, repeats } = differences(await hands.seen(), hands.zero, silences);
  const excused = missing.slice(0, unknown.length);
  const counts = [`${repeats} marked repeats`, `${unknown.length} unknown`];
  return { lost: missing.slice(excused.length), doubled: [...extra, ...doubled], faults, notes: [...notes, ...counts] };
}

const night = (name: string, run: (given: Given) => Promise<Outcome>): Fault => ({ name: `night48_${name}`, run });

/** Judged by the table alone, not by the undisturbed road. */
export const nightFaults: readonly Fault[] = [
  night('kills', ({ chance }) => live(kills(chance))),
  night('outage', () => live(outage())),
  night('clock_steps', () => live(clockSteps())),
  ...(hasRedis ? [night('redis', ({ chance }) => emptied(live, chance))] : []),
];
