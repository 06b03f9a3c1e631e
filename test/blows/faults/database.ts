/** The database server killed three times, and restarted for a minute, while reports flow from several rooms and by callback. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type Fault, type Outcome, seconds } from '../fault';
import { flow, stored } from '../flow';
import { CAUGHT_UP_MS, peopleIn } from '../people';
import { judgeReports } from '../reports';
import { onServer, type Server } from '../server';
import { until, type World } from '../world';

/** How the server is treated, and how many reports flow meanwhile. The robot speaks twice for each: more in a minute would wait for the platform's window. */
interface Treatment {
  readonly name: string;
  readonly signal: NodeJS.Signals;
  readonly blows: number;
  /** Pause before each blow, in milliseconds: from, to. */
  readonly everyMs: readonly [number, number];
  readonly reports: number;
  readonly reportEveryMs: number;
  readonly what: string;
}

const KILLED: Treatment = {
  ...{ name: 'database', signal: 'SIGKILL', blows: 3, everyMs: [3_000, 3_000], reports: 11, reportEveryMs: 1_000 },
  what: 'server killed 3 times',
};
/** As an administrator restarts it, again and again for a minute. */
const RESTARTED: Treatment = {
  ...{ name: 'database_restarts', signal: 'SIGINT', blows: 8, everyMs: [5_000, 10_000], reports: 14, reportEveryMs: 4_500 },
  what: 'server restarted 8 times, 5 to 10 s apart',
};

export const databaseFaults: readonly Fault[] = [KILLED, RESTARTED].map((treatment) => ({
  name: treatment.name,
  isAlone: true,
  run: ({ chance }) => onServer({}, (server, world) => treated(treatment, server, world, chance)),
}));

async function treated(treatment: Treatment, server: Server, world: World, chance: () => number): Promise<Outcome> {
  const numbers = Array.from({ length: treatment.reports }, (_, i) => 60 + i);
  const strike = (): void => void process.kill(server.pid(), treatment.signal);
  const [lastBlow, taken] = await Promise.all([
    strikes(server.pool, treatment, chance, strike),
    flow(world, numbers, treatment.reportEveryMs),
  ]);
  await stored(world);
  await peopleIn(world).rest();
  const took = performance.now() - lastBlow;
  const outcome = await judgeReports(world, taken, [treatment.what, `caught up ${seconds(took)} after the last`]);
  return took <= CAUGHT_UP_MS ? outcome : { ...outcome, faults: [...outcome.faults, `caught up only after ${seconds(took)}`] };
}

/** Strikes whenever the server has been back for a while; answers the moment of the last blow. */
async function strikes(pool: Pool, { blows, everyMs: [from, to] }: Treatment, chance: () => number, strike: () => void): Promise<number> {
  for (let blow = 0; blow < blows; blow++) {
    await pause(from + chance() * (to - from));
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
