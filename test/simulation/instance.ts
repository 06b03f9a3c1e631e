/** One process of the bot: the real handlers, lanes, sender and router on the twin, with chance, time and road of the simulation. */
import type { RulebookSource } from '../../src/config/rulebooks';
import type { Roster } from '../../src/core/roster/roster';
import type { Deps } from '../../src/handlers/deps';
import { createTakeIn } from '../../src/handlers/takeIn';
import { holdConnection } from '../../src/jobs/holdConnection';
import { runLanes } from '../../src/jobs/lanes';
import { createPace, LONGEST_TIMER_MS } from '../../src/jobs/pace';
import type { Pace } from '../../src/ports/clock';
import type { Platform } from '../../src/ports/platform';
import { createReach } from '../../src/ports/reach';
import type { Store } from '../../src/ports/store';
import { LANES, type Lane } from '../../src/ports/wake';
import { StoreFault } from '../../src/store/fault';
import { createMemoryLeases, createMemoryStore, createProcess, kill, type World } from '../../src/store/memory';
import { sha256 } from '../../src/wiring/chance';
import { createRulebooks } from '../../src/wiring/rulebooks';
import { readDesk } from '../support/paperDesk';
import { createPlatformAt } from './channels';
import type { SimPlatform } from './platform';
import type { Random } from './random';
import type { Scheduler } from './scheduler';
import { createSimWake } from './wake';
import type { Mishap } from './weather';

const DESK = readDesk();

/** What all processes of a run share. */
export interface Town {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly world: World;
  readonly platform: SimPlatform;
  readonly roster: Roster;
  readonly rulebooks: readonly RulebookSource[];
  /** Does this go wrong now and then? Nothing does in the calm. */
  readonly rough: (what: Mishap) => boolean;
  /** The domain's clock: virtual time with what the clock was moved forward. */
  readonly clock: () => number;
  /** Asked at every statement while times are rough. */
  readonly databaseIsAway: () => boolean;
  /** A confirmation code that no other prompt of the run has. */
  readonly nextCode: () => string;
  /** Told after every commit, before anything else happens. */
  readonly committed: (by: string) => void;
  readonly others: (by: string, lane: Lane) => void;
  /** Told of every line of a log. */
  readonly logged: (fields: object, message: string) => void;
  readonly calling: (by: string, outlet: string, dispatch: string) => () => void;
  /** A fault that no simulated mishap explains. */
  readonly faulty: (by: string, message: string, cause: unknown) => void;
  /** The store as the process gets it; a test that breaks a rule of the store wraps it here. */
  readonly wrap: (store: Store, world: World) => Store;
}

export interface Instance {
  readonly actor: string;
  readonly ring: (lane: Lane) => void;
  /** The process is gone: nothing of it goes on, its transactions are rolled back. */
  crash(): void;
}

export function startInstance(town: Town, actor: string): Instance {
  const { scheduler, random, world, platform } = town;
  const turn = (what: string): Promise<void> => scheduler.turn(actor, what);
  const pace = paceOf(town, actor);
  const process = createProcess({ turn: (what) => storeTurn(town, actor, what), real: scheduler.now });
  const leases = createMemoryLeases(world, process, actor);
  const road = roadOf(town, actor);
  const log = logOf(town, actor);
  const store = town.wrap(createMemoryStore(world, process), world);
  const deps: Deps = { ...knowledgeOf(town, turn), papers: DESK, store, log, held: leases.held, reach: createReach([road]) };
  const wake = createSimWake({
    ...{ random, pace, now: town.clock, turn, isRough: () => town.rough('rings lost') },
    tooEarly: (ms) => town.faulty(actor, `an alarm rang ${ms} ms before its time`, ''),
    others: (lane) => town.others(actor, lane),
    failed: (lane, fault) => log.error({ cause: fault }, `lane ${lane} failed`),
  });
  const takeIn = createTakeIn(deps, () => wake.poke('inbox'));
  runLanes(deps, wake, pace);
  for (const lane of LANES) wake.poke(lane);
  const changed = (is: string): void => {
    if (is === 'open') wake.poke('send');
  };
  if (road.connection !== null)
    void holdConnection(road.connection, { pace, leases, log, takeIn, changed, heard: () => undefined }, new AbortController().signal);
  platform.doors.set(actor, async (message) => {
    if (town.rough('slow intake') && random.chance(0.2)) await pace.sleep(random.int(500, 8_000));
    return takeIn.take(message);
  });
  const crash = (): void => {
    scheduler.note(`${actor} crashes`);
    scheduler.kill(actor);
    kill(process);
    platform.doors.delete(actor);
    void scheduler.sleep('platform', random.int(0, 20_000)).then(() => platform.close(actor));
  };
  return { actor, ring: wake.ring, crash };
}

/** The product's own pace on virtual timers, which know no more than those of Node.js: too long a one fires at once. */
function paceOf({ scheduler }: Town, actor: string): Pace {
  return createPace({
    now: scheduler.now,
    nap: (ms, stop) => scheduler.sleep(actor, ms > LONGEST_TIMER_MS ? 1 : ms, stop),
  });
}

/** The platform as this process sees it. */
function roadOf(town: Town, actor: string): Platform {
  const { scheduler, roster, platform, random, rough } = town;
  return createPlatformAt({
    ...{ actor, roster, platform, random, rough },
    sleep: (ms, stop) => scheduler.sleep(actor, ms, stop),
    turn: (what) => scheduler.turn(actor, what),
    standStill: (ms) => scheduler.stall(actor, ms),
    afterwards: (ms, happen) => void scheduler.sleep('platform', ms).then(happen),
    calling: (outlet, dispatch) => town.calling(actor, outlet, dispatch),
  });
}

/** What every process knows alike. */
function knowledgeOf(
  town: Town,
  turn: (what: string) => Promise<void>,
): Pick<Deps, 'clock' | 'digest' | 'ids' | 'rulebooks' | 'directory'> {
  return {
    clock: { now: town.clock },
    digest: sha256,
    ids: idsOf(town),
    rulebooks: createRulebooks(town.rulebooks, sha256),
    directory: { at: () => turn('roster').then(() => town.roster) },
  };
}

/** A statement may find the database away; after a commit that means that nobody knows whether it counted. */
function storeTurn(town: Town, actor: string, what: string): Promise<void> {
  if (what === 'committed') town.committed(actor);
  const turn = town.scheduler.turn(actor, what);
  if (!town.rough('database away')) return turn;
  return turn.then(() => {
    if (town.databaseIsAway()) throw new StoreFault(what, { code: '08006', retryable: true });
  });
}

function idsOf({ clock, random, nextCode }: Town): Deps['ids'] {
  return {
    next: () => clock().toString(16).padStart(12, '0') + random.hex(20),
    code4: nextCode,
  };
}

/** Only a database that is away may be complained of. */
function logOf(town: Town, actor: string): Deps['log'] {
  const { logged } = town;
  const complain = (fields: object, message: string): void => {
    logged(fields, message);
    const cause = 'cause' in fields ? fields.cause : undefined;
    if (cause === undefined || (cause instanceof StoreFault && cause.found.code === '08006')) return;
    town.faulty(actor, message, cause);
  };
  return { debug: logged, info: logged, warn: complain, error: complain };
}
