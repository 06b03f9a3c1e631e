/** One run: a night of mishaps from a seed, then calm until nothing waits, a week of silence, and the verdict. */
import { resolve } from 'node:path';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import { DAY, HOUR, MINUTE } from '../../src/core/instant';
import { LANES } from '../../src/ports/wake';
import { createWorld } from '../../src/store/memory';
import { sha256 } from '../../src/wiring/chance';
import { HOOK_SECRET } from './channels';
import { type Instance, startInstance, type Town } from './instance';
import { endEverything, PRIVATE_WORDS, startPeople } from './people';
import { createSimPlatform } from './platform';
import { createRandom, type Random } from './random';
import { createRest, type Rest } from './rest';
import { createScheduler, type Scheduler } from './scheduler';
import { createSecretWatch } from './secrets';
import { midway, verdict } from './verdict';
import { createWatch, type Watch } from './watch';
import { type Mishap, weatherOf } from './weather';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Digest of every step. */
  readonly hash: string;
  /** The last steps. */
  readonly tail: readonly string[];
  readonly met: Met;
}

/** What a run met, to show that it was not idle. */
export interface Met {
  readonly steps: number;
  /** Messages that people sent. */
  readonly acts: number;
  readonly crashes: number;
  readonly events: number;
  /** Rings of deadlines that were heard. */
  readonly rings: number;
  /** Calls of the platform that took effect. */
  readonly shown: number;
  readonly repeats: number;
  /** Incidents that came to an end. */
  readonly ended: number;
  /** Virtual milliseconds that were lived through step by step. */
  readonly lived: number;
  /** The same with the quiet stretches that were leapt over: what the bureau's clock went through. */
  readonly passed: number;
}

export interface Ways {
  /** May break the store on purpose. */
  readonly wrap?: Town['wrap'];
  /** Told every line of the trace. */
  readonly heard?: (line: string) => void;
  /** Ends at the first violation, without a verdict on what lies about then. */
  readonly untilViolated?: boolean;
}

/** Six in the evening of a Sunday, in the bureau; seeds begin up to half a day later. */
const START = Date.UTC(2026, 10, 22, 10, 0);
const LATEST_START_HOURS = 12;
const ACTS = 40;
/** After calm has come, nothing may wait longer than this without moving. */
const PATIENCE_MS = 10 * MINUTE;
/** So long an open incident is left to ring, moment by moment; then it is ended, and the rest must come to an end by itself. */
const MOMENTS_LEFT_OPEN = 6;
const MOST_MOMENTS = 14;
/** What is due later than this is left to another night. */
const HORIZON_MS = 60 * DAY;
const CONFIG = configured();

/** Runs one seed. */
export async function simulate(seed: number, ways: Ways = {}): Promise<Outcome> {
  const { town, watch, life, secrets, started } = found(seed, ways);
  const { scheduler, platform, world } = town;
  const thrown: string[] = [];
  try {
    await life.roughNight();
    await life.calmEnd();
  } catch (fault) {
    thrown.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  }
  const met = {
    steps: scheduler.steps(),
    acts: platform.heard(),
    crashes: life.crashes(),
    events: world.rows.events.size,
    rings: watch.rings(),
    shown: platform.effects.length,
    repeats: platform.effects.filter((e) => e.recognised || e.body.includes('（重发）')).length,
    ended: watch.endedAt.size,
    lived: scheduler.now(),
    passed: town.clock() - started,
  };
  const isCutShort = ways.untilViolated === true && watch.violations.length > 0;
  const ended = { world, platform, watch, rulebooks: CONFIG.rulebooks };
  // Whoever stops at the first violation stops in the middle of something: only what had been seen by then counts.
  const violations = isCutShort ? watch.violations : [...watch.violations, ...secrets(), ...verdict(ended), ...thrown];
  return { seed, violations, hash: scheduler.hash(), tail: [...scheduler.tail()], met };
}

interface Life {
  roughNight(): Promise<void>;
  calmEnd(): Promise<void>;
  crashes(): number;
}

/** What changes for everybody: rough or calm, and how far the clock was moved. */
interface Mood {
  rough: boolean;
  moved: number;
}

interface Founded {
  readonly town: Town;
  readonly watch: Watch;
  readonly life: Life;
  /** Lines of the logs that tell what nobody may read there. */
  readonly secrets: () => readonly string[];
  readonly started: number;
}

function found(seed: number, { wrap = (store) => store, heard, untilViolated = false }: Ways): Founded {
  const random = createRandom(seed);
  const scheduler: Scheduler = createScheduler(random, heard, () => untilViolated && watch.violations.length > 0);
  const world = createWorld();
  const weather = weatherOf(random);
  const started = START + random.int(0, LATEST_START_HOURS) * HOUR;
  const mood: Mood = { rough: true, moved: 0 };
  const rough = (what: Mishap): boolean => mood.rough && weather.has(what);
  const clock = (): number => started + scheduler.now() + mood.moved;
  const watch: Watch = createWatch(world, scheduler, clock);
  const platform = createSimPlatform(scheduler, random, rough);
  const log = createSecretWatch([PRIVATE_WORDS, HOOK_SECRET]);
  const instances: Instance[] = [];
  let code = 3000;
  scheduler.note(`tonight: ${[...weather].join(', ')}`);
  const town: Town = {
    ...{ scheduler, random, world, platform, ...CONFIG, wrap, rough, clock },
    databaseIsAway: everySoOften(random, 1_000),
    nextCode: () => String(++code),
    committed: watch.committed,
    calling: watch.calling,
    logged: log.logged,
    others: (by, lane) => {
      for (const instance of instances) if (instance.actor !== by) instance.ring(lane);
    },
    faulty: (by, message, cause) => watch.violated(`${by}: ${message}: ${cause instanceof Error ? cause.stack : String(cause)}`),
  };
  const look = (): void => {
    for (const fault of midway({ world, platform, watch, rulebooks: CONFIG.rulebooks })) watch.violated(`midway: ${fault}`);
  };
  return { town, watch, life: liveIn(town, instances, mood, look), secrets: log.found, started };
}

function liveIn(town: Town, instances: Instance[], mood: Mood, look: () => void): Life {
  const { scheduler, platform, random } = town;
  const most = random.chance(0.3) ? 3 : 2;
  const resting = createRest(town.world);
  const moveClock = (ms: number): void => {
    scheduler.note(`the clock moves by ${(ms / MINUTE).toFixed(2)} minutes`);
    mood.moved += ms;
    for (const instance of instances) for (const lane of LANES) instance.ring(lane);
  };
  const { bear, strike, crashes } = fateOf(town, instances, moveClock);
  return {
    crashes,
    roughNight: async () => {
      for (let i = 0; i < most; i++) bear();
      const people = startPeople(town, ACTS);
      void passNight(town, resting, moveClock, people.done);
      await scheduler.run(() => people.done() && platform.underWay() === 0, strike);
    },
    calmEnd: async () => {
      mood.rough = false;
      await scheduler.run(() => instances.length === most);
      await drain(town, resting, moveClock, look);
    },
  };
}

/** Nobody lives through quiet hours second by second: now and then the clock goes on to the next ring, or half an hour. */
async function passNight(town: Town, resting: Rest, moveClock: (ms: number) => void, isOver: () => boolean): Promise<void> {
  const { scheduler, random, clock } = town;
  while (!isOver()) {
    await scheduler.sleep('night', random.int(10_000, 50_000));
    const ring = resting.nextRing();
    const ahead = (ring ?? clock() + HOUR) - clock() + random.int(0, 3) * MINUTE;
    if (ahead > 0) moveClock(Math.min(ahead, random.int(5, 90) * MINUTE));
  }
}

/** Births and deaths of processes, and what else befalls them now and then. */
function fateOf(
  town: Town,
  instances: Instance[],
  moveClock: (ms: number) => void,
): { readonly bear: () => void; readonly strike: () => void; readonly crashes: () => number } {
  const { scheduler, random, platform, rough } = town;
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
    if (fate <= 2) rough('crash') && crash(victim);
    else if (fate <= 4) rough('standstill') && scheduler.stall(victim.actor, random.int(1_000, 45_000));
    else if (fate === 5) rough('line drops') && platform.drop();
    else if (rough('clock jumps')) moveClock(random.int(1, 25) * MINUTE);
  };
  return { bear, strike, crashes: () => crashes };
}

/** The clock goes from moment to moment, each until nothing moves; then everything is ended, and after the last moment a week passes. */
async function drain(town: Town, resting: Rest, moveClock: (ms: number) => void, look: () => void): Promise<void> {
  const { scheduler, platform, clock } = town;
  const rest = (): Promise<void> => {
    const until = scheduler.now() + PATIENCE_MS;
    return scheduler.run(() => (resting.isAt(clock()) && platform.underWay() === 0) || scheduler.now() > until);
  };
  const horizon = clock() + HORIZON_MS;
  const pass = async (most: number): Promise<void> => {
    for (let i = 0; i < most; i++) {
      const next = resting.nextMoment();
      if (next === null || next > horizon) break;
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
