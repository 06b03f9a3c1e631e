/** A place of its own for one case: folders, bots as processes, and nothing left behind, however it ends. */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { quickFolder } from '../../support/quickFolder';
import { holdStage } from './stage';

/** One thing that happens to an embedded database in the field, as a plain function: tests and the command `blows` run the same. */
export interface Case {
  readonly name: string;
  /** Why it cannot be provoked on this machine; null when it can. */
  leftOut?(): string | null;
  /** Throws when the database does not stand it; else one sentence on what it did. Cleans up after itself. */
  run(): Promise<string>;
}

export interface Scene {
  /** Empty, absolute, may be entered by every account; sockets go below it too. */
  readonly folder: string;
  /** Below `folder`; not there yet. */
  readonly dataDir: string;
  /** Puts a database into `dataDir` that an earlier start has made; saves the second that a first start takes. */
  begin(): Promise<void>;
  /** The compiled sources that bots run from. */
  readonly sources: string;
  /** Starts the database of a bot in a process of its own. */
  bot(how?: BotOptions): Promise<Bot | Refused>;
  /** kill -9 of every process started here so far; databases are left behind. */
  killAll(): void;
  /** kill -9 of the databases that work below a folder outside this one. */
  endServers(below: string): Promise<void>;
  /** Starts the whole program and waits until it ends or says that it serves. */
  program(env?: Readonly<Record<string, string>>, how?: BotOptions): Promise<Program>;
}

export interface BotOptions {
  readonly dataDir?: string;
  /** An ordinary account to run as. */
  readonly as?: { readonly uid: number; readonly gid: number };
  /** A program that runs it, e.g. setpriv with its options. */
  readonly through?: readonly string[];
  readonly tmp?: string;
  /** Where another copy of the scripts stands. */
  readonly scripts?: string;
  readonly nodeFlags?: readonly string[];
}

export interface Bot {
  readonly is: 'up';
  readonly url: string;
  /** Number of the database's process at the start. */
  readonly pid: number;
  readonly process: ChildProcess;
  /** Everything it has logged so far. */
  log(): string;
  /** Orderly; answers the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 of the bot; the database is left behind. */
  kill(): Promise<void>;
}

export interface Refused {
  readonly is: 'refused';
  readonly code: string;
  readonly message: string;
  readonly isSentence: boolean;
}

export interface Program {
  /** Its exit code; null while it serves. */
  readonly code: number | null;
  /** What it had printed when it ended or served. */
  readonly said: string;
  /** Everything it has printed so far. */
  log(): string;
  stop(): Promise<number | null>;
}

/** Runs `work` on a scene of its own and clears it away: processes by their ids, folders last. */
export async function onScene<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(quickFolder(), 'fenghuo-case-'));
  chmodSync(folder, 0o777);
  const children: ChildProcess[] = [];
  const stage = holdStage();
  const start = (script: string, args: readonly string[], how: BotOptions, env: NodeJS.ProcessEnv = {}): ChildProcess => {
    const [command = '', ...rest] = [...(how.through ?? []), process.execPath, ...(how.nodeFlags ?? [])];
    const options: SpawnOptions = {
      ...how.as,
      env: { ...process.env, TMPDIR: how.tmp ?? folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    };
    const child = spawn(command, [...rest, join(how.scripts ?? stage.scripts, script), ...args], options);
    children.push(child);
    return child;
  };
  const dataDir = join(folder, 'data');
  try {
    return await work({
      folder,
      dataDir,
      sources: stage.sources,
      begin: async () => copy(await stage.begun(), dataDir),
      killAll: () => {
        for (const child of children) child.kill('SIGKILL');
      },
      endServers: endServersBelow,
      bot: (how = {}) => startBot(start('botProcess.js', [how.dataDir ?? dataDir], how)),
      program: (env = {}, how = {}) =>
        startProgram(start('programProcess.js', [], how, { FENGHUO_PORT: '0', FENGHUO_DATA_DIR: how.dataDir ?? dataDir, ...env })),
    });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await endServersBelow(folder);
    rmSync(folder, { recursive: true, force: true });
    stage.release();
  }
}

/** The same on a data folder with a database that was begun by root, or by whoever runs this, and stopped in order. */
export async function onBegunScene<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
  return onScene(async (scene) => {
    await scene.begin();
    return work(scene);
  });
}

/** One statement, one value. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks until `look` answers something; throws after `ms` what it was waiting for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 20_000,
): Promise<T> {
  for (const end = performance.now() + ms; ; ) {
    const seen = await Promise.resolve()
      .then(look)
      .catch(() => null);
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await pause(25);
  }
}

/** With owners and modes, as a careful administrator copies. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function startBot(child: ChildProcess): Promise<Bot | Refused> {
  const heard = listenTo(child);
  const first = await new Promise<Omit<Bot, 'process' | 'log'> | Refused>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Bot | Refused));
    // Not `exit`: that may come before the last word is read.
    child.once('close', (code) => reject(new Error(`the bot ended with ${code} and no word:\n${heard()}`)));
  });
  if (first.is === 'refused') return first;
  const ended = endOf(child);
  return {
    ...first,
    process: child,
    log: heard,
    stop: () => {
      child.send('stop');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function startProgram(child: ChildProcess): Promise<Program> {
  const heard = listenTo(child);
  const ended = endOf(child);
  const over = new AbortController();
  const serves = (): boolean => over.signal.aborted || /烽火已启动/.test(heard());
  const code = await Promise.race([
    ended.finally(() => over.abort()),
    until('the program serves or ends', serves, 60_000).then(() => null),
  ]);
  return {
    code,
    said: heard(),
    log: heard,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function listenTo(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  return () => said;
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

/** Servers whose bot was killed live on; each is named by the folder it works in. */
async function endServersBelow(folder: string): Promise<void> {
  await until('no server works in the folder', () => {
    const left = workersBelow(folder);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    return left.length === 0;
  });
}

function workersBelow(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && worksBelow(pid, folder));
}

function worksBelow(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}
