/** How long the process takes from its command to its first yes to a callback, and what it holds when idle, against the imported libraries alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { realPace } from '../src/jobs/pace';
import { freePort } from '../test/support/freePort';
import { type Figure, figure, median } from './figure';
import { callback } from './intake/tenant';
import { onDatabase } from './ownDatabase';
import { platformsFile } from './start/platforms';
import { inTurns, type Length, ratios } from './turns';

/** `own`: with its database inside, as the clerk starts it, on data that are there; `apart`: with a database elsewhere; `libraries`: nothing but imports. */
const WAYS = ['own', 'apart', 'libraries'] as const;
type Way = (typeof WAYS)[number];

interface Round {
  /** From the command to the first callback answered with 200, or until everything is imported. */
  readonly ms: number;
  /** Resident memory of the process when it has been idle for a while; null where the system does not tell. */
  readonly mb: number | null;
}

const ROUNDS = 7;
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;
const IDLE_MS = 8_000;
/** The start tidies up after itself within three seconds. */
const QUICK_IDLE_MS = 4_000;
const PATIENCE_MS = 60_000;

export async function start({ messages }: Length): Promise<readonly Figure[]> {
  const isQuick = messages <= QUICK_MESSAGES;
  return onDatabase(async ({ url }) => {
    const folder = mkdtempSync(join(tmpdir(), 'fenghuo-bench-start-'));
    chmodSync(folder, 0o755);
    const idleMs = isQuick ? QUICK_IDLE_MS : IDLE_MS;
    const measure = async (way: Way, warmsUp: boolean): Promise<Round> => {
      const launched = way === 'libraries' ? libraries() : await server(folder, way === 'own' ? null : url);
      try {
        const begun = performance.now();
        await launched.ready();
        const ms = performance.now() - begun + launched.before;
        if (!warmsUp) await realPace.sleep(idleMs);
        return { ms, mb: residentMb(launched.child.pid ?? 0) };
      } finally {
        await ended(launched.child);
      }
    };
    try {
      const length = { sittings: 1, rounds: isQuick ? 1 : ROUNDS };
      const open = async () => ({ measure, close: async () => undefined });
      return figuresOf(await inTurns(WAYS, { ...length, messages }, open));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  });
}

interface Launched {
  readonly child: ChildProcess;
  /** Milliseconds since its command when it is handed over. */
  readonly before: number;
  ready(): Promise<void>;
}

/** The built program with one real platform whose address nobody answers, and no sandbox. */
async function server(folder: string, databaseUrl: string | null): Promise<Launched> {
  const port = await freePort();
  const { path, secrets } = platformsFile(folder);
  const settings = {
    ...{ PORT: String(port), DATA_DIR: join(folder, databaseUrl === null ? 'own' : 'apart'), PLATFORMS: path, LOG_LEVEL: 'silent' },
    ...{ WATCHDOG: 'off', API_TOKEN: 'a-token-for-the-bench-only', ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) },
    // The bench's own name, which the program does not know.
    BENCH_PEERS: '',
  };
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`FENGHUO_${name}`, value]));
  const begun = performance.now();
  const child = spawn(process.execPath, [resolve('bin/run.js'), 'start'], { env: { ...process.env, ...secrets, ...env }, stdio: 'ignore' });
  return { child, before: performance.now() - begun, ready: () => firstYes(child, `http://127.0.0.1:${port}/callback/wecom/city/app`) };
}

let sent = 0;

async function firstYes(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until && child.exitCode === null) {
    sent += 1;
    const { query, body } = callback(sent, Math.floor(Date.now() / 1000));
    const answer = await fetch(`${url}?${new URLSearchParams(query)}`, { method: 'POST', body }).catch(() => null);
    if (answer?.status === 200) return;
    await realPace.sleep(5);
  }
  throw new Error(`no callback was answered with yes; the program ended with ${child.exitCode}`);
}

/** What the program imports at start. Written into the process itself: it says a word when all are there, and stays. */
const LIBRARIES = '@koa/router @wecom/crypto bullmq ioredis koa kysely luxon otpauth pg pino prom-client saxes ws yaml zod'.split(' ');

function libraries(): Launched {
  const code = `for (const name of ${JSON.stringify(LIBRARIES)}) require(name); process.stdout.write('there'); setInterval(() => {}, 1000)`;
  const begun = performance.now();
  const child = spawn(process.execPath, ['-e', code], { cwd: resolve('.'), stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, before: performance.now() - begun, ready: () => new Promise((there) => child.stdout?.once('data', () => there())) };
}

function residentMb(pid: number): number | null {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return null;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function figuresOf({ own, apart, libraries }: Readonly<Record<Way, readonly Round[]>>): readonly Figure[] {
  const ms = (rounds: readonly Round[]): readonly number[] => rounds.map((round) => round.ms);
  const mb = (rounds: readonly Round[]): readonly number[] => rounds.flatMap((round) => round.mb ?? []);
  const bench = 'start';
  const imports = `importing ${LIBRARIES.length} libraries takes ${median(ms(libraries)).toFixed(0)} ms`;
  const twoSeconds = { is: 'most', value: 2_000 } as const;
  const times = [
    figure({ bench, unit: 'ms', what: 'to the first yes, database inside', bar: twoSeconds, note: 'data are there' }, ms(own)),
    figure({ bench, unit: 'ms', what: 'to the first yes, database elsewhere', bar: twoSeconds, note: imports }, ms(apart)),
    figure({ bench, unit: 'x', what: 'the time of importing the libraries', bar: null, note: imports }, ratios(ms(apart), ms(libraries))),
  ];
  if (mb(own).length === 0) return times;
  const alone = `the libraries alone ${median(mb(libraries)).toFixed(0)} MB, in turns`;
  const most = { is: 'most', value: 160 } as const;
  return [...times, figure({ bench, unit: 'MB', what: 'idle memory, no sandbox', bar: most, note: alone }, [...mb(own), ...mb(apart)])];
}
