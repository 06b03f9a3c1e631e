/** Program and platform as two processes, and a person's hands on the platform: what bench `mention` measures on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';

const messageSchema = z.looseObject({ id: z.string(), at: z.string(), room: z.string(), text: z.string(), pinged: z.array(z.string()) });
const messagesSchema = z.looseObject({ cursor: z.union([z.string(), z.number()]), messages: z.array(messageSchema) });
const stateSchema = z.looseObject({ people: z.array(z.looseObject({ id: z.string() })) });
const saidSchema = z.looseObject({ id: z.string() });
const simulatorSchema = z.looseObject({ url: z.string() });

/** `at` is the moment, by the platform's own clock, at which a person's message was sent or a call of the bot was accepted. */
export type Shown = z.infer<typeof messageSchema>;

export interface Duty {
  people(): Promise<readonly string[]>;
  /** Said to the robot in private. Answers the id of the message. */
  say(person: string, text: string): Promise<string>;
  /** What the platform has shown since then, oldest first. */
  since(cursor: string): Promise<{ readonly cursor: string; readonly messages: readonly Shown[] }>;
  /** Fresh sample data, and every window of the platform empty. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** The local WeCom first, then the program with it. Caps on what people may say are lifted; the platform's own are not. */
export async function openDuty(databaseUrl: string, dataDir: string): Promise<Duty> {
  const settings = {
    SANDBOX: 'wecom',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    WATCHDOG: 'off',
    API_TOKEN: 'a-token-for-the-bench-only',
  };
  const simulator = launch(['sandbox', '--only'], settings);
  const started = [simulator];
  const stop = async (): Promise<void> => {
    for (const child of started.reverse()) await ended(child);
  };
  try {
    const { url } = simulatorSchema.parse(JSON.parse(await firstLine(simulator)));
    const lifted = { MESSAGES_A_MINUTE: '1000000', ROOM_POSTS_AN_HOUR: '1000000' };
    const program = launch(['start'], { ...settings, ...lifted, SANDBOX_URL: url, DATABASE_URL: databaseUrl });
    started.push(program);
    await firstLine(program);
    return { ...handsOn(`${url}/sandbox/api`), stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function handsOn(api: string): Omit<Duty, 'stop'> {
  const read = async (path: string): Promise<unknown> => (await fetch(`${api}/${path}`)).json();
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    people: async () => stateSchema.parse(await read('state')).people.map(({ id }) => id),
    say: async (person, text) => saidSchema.parse(await post('say', { room: `dm:${person}`, from: person, text })).id,
    since: async (cursor) => {
      const { cursor: next, messages } = messagesSchema.parse(await read(`messages?after=${cursor}`));
      return { cursor: String(next), messages };
    },
    reset: async () => void (await post('reset', {})),
  };
}

function launch(args: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
  // Where the peers lie is the bench's own name, which the program does not know.
  const env = Object.fromEntries(Object.entries({ BENCH_PEERS: '', ...settings }).map(([name, value]) => [`FENGHUO_${name}`, value]));
  return spawn(process.execPath, [resolve('bin/run.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What a process says first is said when it stands. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    child.stdout?.once('data', (bytes: Buffer) => done(bytes.toString('utf8')));
    child.once('exit', (code) => failed(new Error(`a process of the bench ended with ${code} before it stood`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}
