/** One run: a morning of mishaps from a seed, then calm until nothing waits, a week of silence, and the verdict. */
import { resolve } from 'node:path';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import { DAY, MINUTE } from '../../src/core/instant';
import { LANES } from '../../src/ports/wake';
import { createWorld } from '../../src/store/memory';
import { sha256 } from '../../src/wiring/chance';
import { type Instance, startInstance, type Town } from './instance';
import { endEverything, startPeople } from './people';
import { createSimPlatform } from './platform';
import { createRandom, type Random } from './random';
import { createRest } from './rest';
import { createScheduler } from './scheduler';
import { midway, verdict } from './verdict';
import { createWatch, type Watch } from './watch';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Digest of every step. */
  readonly hash: string;
  readonly tail: readonly string[];
  /** What the run met, to show that it was not idle. */
  readonly met: Readonly<Record<'steps' | 'crashes' | 'events' | 'shown' | 'repeats' | 'ended', number>>;
}

/** A Sunday morning in the bureau. */
const START = Date.UTC(2026, 10, 22, 1, 0);
const ACTS = 45;
/** After calm has come, nothing may wait longer than this without moving. */
const PATIENCE_MS = 10 * MINUTE;
/** So long an open incident is left to ring, moment by moment; then it is ended, and the rest must come to an end by itself. */
const MOMENTS_LEFT_OPEN = 60;
const MOST_MOMENTS = 200;
const CONFIG = configured();

/** Runs one seed; `wrap` may break the store on purpose. */
export async function simulate(seed: number, wrap: Town['wrap'] = (store) => store): Promise<Outcome> {
  const { town, watch, life } = found(seed, wrap);
  const { scheduler, platform, world } = town;
  try {
    await life.roughMorning();
    await life.calmEnd();
  } catch (fault) {
    watch.violated(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  }
  const met = {
    steps: scheduler.steps(),
    crashes: life.crashes(),
    events: world.rows.events.size,
    shown: platform.effects.length,
    repeats: platform.effects.filter((e) => e.recognised || e.body.includes('（重发）')).length,
    ended: watch.endedAt.size,
  };
  const violations = [...watch.violations, ...verdict({ world, platform, watch, rulebooks: CONFIG.rulebooks })];
  return { seed, violations, hash: scheduler.hash(), tail: [...scheduler.tail()], met };
}

interface Life {
  roughMorning(): Promise<void>;
  calmEnd(): Promise<void>;
  crashes(): number;
}

/** What changes for everybody: rough or calm, and how far the clock was moved. */
interface Mood {
  rough: boolean;
  moved: number;
}

function found(seed: number, wrap: Town['wrap']): { readonly town: Town; readonly watch: Watch; readonly life: Life } {
  const random = createRandom(seed);
  const scheduler = createScheduler(random);
  const world = createWorld();
  const mood: Mood = { rough: true, moved: 0 };
  const isRough = (): boolean => mood.rough;
  const clock = (): number => START + scheduler.now() + mood.moved;
  const watch = createWatch(world, scheduler, clock);
  const platform = createSimPlatform(scheduler, random, isRough);
  const instances: Instance[] = [];
  let code = 3000;
  const town: Town = {
    ...{ scheduler, random, world, platform, ...CONFIG, wrap, isRough, clock },
    databaseIsAway: everySoOften(random, 1_000),
    nextCode: () => String(++code),
    committed: watch.committed,
    calling: watch.calling,
    others: (by, lane) => {
      for (const instance of instances) if (instance.actor !== by) instance.ring(lane);
    },
    faulty: (by, message, cause) => watch.violated(`${by}: ${message}: ${cause instanceof Error ? cause.stack : String(cause)}`),
  };
  const look = (): void => {
    for (const fault of midway({ world, platform, watch, rulebooks: CONFIG.rulebooks })) watch.violated(`midway: ${fault}`);
  };
  return { town, watch, life: liveIn(town, instances, mood, look) };
}

function liveIn(town: Town, instances: Instance[], mood: Mood, look: () => void): Life {
  const { scheduler, platform } = town;
  const moveClock = (ms: number): void => {
    scheduler.note(`the clock moves by ${ms / MINUTE} minutes`);
    mood.moved += ms;
    for (const instance of instances) for (const lane of LANES) instance.ring(lane);
  };
  const { bear, strike, crashes } = fateOf(town, instances, moveClock);
  return {
    crashes,
    roughMorning: async () => {
      bear();
      bear();
      const people = startPeople(town, ACTS);
      await scheduler.run(() => people.done() && platform.underWay() === 0, strike);
    },
    calmEnd: async () => {
      mood.rough = false;
      await scheduler.run(() => instances.length === 2);
      await drain(town, moveClock, look);
    },
  };
}

/** Births and deaths of processes, and what else befalls them now and then. */
function fateOf(
  town: Town,
  instances: Instance[],
  moveClock: (ms: number) => void,
): { readonly bear: () => void; readonly strike: () => void; readonly crashes: () => number } {
  const { scheduler, random, platform } = town;
  const strikes = everySoOften(random, 350);
  let born = 0;
  let crashes = 0;
  const bear = (): void => {
    born += 1;
    instances.push(startInstance(town, `bot${born}`));
  };
  const crash = (victim: Instance): void => {
    crashes += 1;
    instances.splice(instances.indexOf(victim), 1);
    victim.crash();
    void scheduler.sleep('town', random.int(500, 20_000)).then(bear);
  };
  const strike = (): void => {
    if (!strikes() || instances.length === 0) return;
    const fate = random.int(1, 6);
    const victim = random.pick(instances);
    if (fate <= 2) crash(victim);
    else if (fate <= 4) scheduler.stall(victim.actor, random.int(1_000, 45_000));
    else if (fate === 5) platform.drop();
    else moveClock(random.int(1, 25) * MINUTE);
  };
  return { bear, strike, crashes: () => crashes };
}

/** The clock goes from moment to moment, each until nothing moves; then everything is ended, and after the last moment a week passes. */
async function drain(town: Town, moveClock: (ms: number) => void, look: () => void): Promise<void> {
  const { scheduler, world, platform, clock } = town;
  const resting = createRest(world);
  const rest = (): Promise<void> => {
    const until = scheduler.now() + PATIENCE_MS;
    return scheduler.run(() => (resting.isAt(clock()) && platform.underWay() === 0) || scheduler.now() > until);
  };
  const pass = async (most: number): Promise<void> => {
    for (let i = 0; i < most; i++) {
      const next = resting.nextMoment();
      if (next === null) break;
      moveClock(Math.max(0, next - clock()));
      await rest();
    }
  };
  await rest();
  await pass(MOMENTS_LEFT_OPEN);
  look();
  await endEverything(town, async () => {
    await rest();
    moveClock(MINUTE);
    await rest();
  });
  await pass(MOST_MOMENTS);
  moveClock(7 * DAY);
  await rest();
}

/** True once in so many askings, on average. */
function everySoOften(random: Random, mean: number): () => boolean {
  let left = random.int(1, 2 * mean);
  return () => {
    left -= 1;
    if (left > 0) return false;
    left = random.int(1, 2 * mean);
    return true;
  };
}

function configured(): Pick<Town, 'roster' | 'rulebooks'> {
  const bureau = readBureau(resolve('config/sample-bureau'));
  const packs = readRulebooks(resolve('config'), 'standard', sha256);
  if (bureau.is === 'faults' || packs.is === 'faults') throw new Error('the sample configuration has faults');
  return { roster: bureau.roster, rulebooks: packs.rulebooks };
}
