/** The only reader of the environment: FENGHUO_ settings, checked at start with every fault listed at once. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { mayCall, mayRead } from './settings/mayCall';
import { nearest } from './settings/nearest';
import { shownSettings } from './settings/shown';

const PREFIX = 'FENGHUO_';

const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `应为以 ${schemes.map((scheme) => `${scheme}//`).join(' 或 ')} 开头的地址`,
    );
const oneOf = <const T extends readonly [string, ...string[]]>(names: T) => z.enum(names, `应为 ${names.join('、')} 之一`);
const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `应为 ${from} 至 ${to} 的整数`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `应为 ${from} 至 ${to} 的整数`);
const text = z.string().min(1, '不能为空');
const outside = z.string().refine(mayCall, '应为 https:// 地址，或本机、内网地址的 http:// 地址，不带账号');
const loopbackUrl = url('http:').refine((at) => isLoopback(at), '应为本机地址（127.0.0.1、localhost 或 [::1]）');

const schema = z.strictObject({
  PORT: whole(0, 65535).default(8080),
  HOST: text.default('127.0.0.1'),
  DATA_DIR: text.default('./data').transform((path) => resolve(path)),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  CONFIG_DIR: text.default('./config').transform((path) => resolve(path)),
  BUREAU: text.default('config/sample-bureau').transform((path) => resolve(path)),
  PLATFORMS: text.transform((path) => resolve(path)).optional(),
  SANDBOX: oneOf(['wecom', 'dingtalk', 'govding', 'off']).optional(),
  SANDBOX_URL: loopbackUrl.optional(),
  API_TOKEN: z.string().min(16, '至少 16 个字符').optional(),
  SESSION_KEY: z.string().min(32, '至少 32 个字符').optional(),
  PUBLIC_URL: url('https:', 'http:').refine(isBare, '应为不带账号、路径和参数的地址').optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ROLE: oneOf(['all', 'web', 'worker', 'watchdog']).default('all'),
  WAKE: oneOf(['all', 'queue', 'timer']).default('all'),
  TIMER_MS: whole(100, 60_000).default(5000),
  MESSAGES_A_MINUTE: whole(1, 1_000_000).default(20),
  ROOM_POSTS_AN_HOUR: whole(4, 1_000_000).default(60),
  WATCHDOG: oneOf(['beside', 'off']).default('beside'),
  WATCHDOG_WEBHOOK: outside.optional(),
  WATCHDOG_EVERY_MS: whole(200, 60_000).default(30_000),
  WATCHDOG_SILENCE_MS: whole(1000, 600_000).default(45_000),
  DEADMAN_URL: outside.optional(),
  PDF_COMMAND: text.optional(),
  DIGEST: oneOf(['sha256', 'sm3']).default('sha256'),
  SECOND_READER_URL: z.string().refine(mayRead, '应为 https:// 地址，或本机、内网地址的 http:// 地址，不带账号和参数').optional(),
  SECOND_READER_MODEL: text.optional(),
  SECOND_READER_KEY: text.regex(/^[\x21-\x7e]+$/, '应为可见的英文字符').optional(),
  SECOND_READER_TIMEOUT_MS: whole(1000, 30_000).optional(),
  SECOND_READER_CA: text.transform((path) => resolve(path)).optional(),
});
type Raw = z.output<typeof schema>;

/** Those that hold a secret, or an address with a password in it: each may be given as `..._FILE` instead. */
const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'API_TOKEN', 'SESSION_KEY', 'SECOND_READER_KEY', 'WATCHDOG_WEBHOOK', 'DEADMAN_URL'] as const;
const NAMES = [...Object.keys(schema.shape), ...SECRETS.map((name) => `${name}_FILE`)];

export type SandboxPlatform = 'wecom' | 'dingtalk' | 'govding';

export interface Settings {
  /** 0 means any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute, like all folders here. */
  readonly dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly configDir: string;
  readonly bureau: string;
  /** The file of real platforms, `platforms.yaml`; null means that there are none. */
  readonly platforms: string | null;
  readonly sandbox: SandboxPlatform | 'off';
  /** A simulator in a process of its own, on loopback; null: inside this process. */
  readonly sandboxUrl: string | null;
  /** Null: the one kept in `dataDir`, see `keptApiToken`. */
  readonly apiToken: string | null;
  /** Seals keys of people who sign in; null: the one kept in `dataDir`. */
  readonly sessionKey: string | null;
  /** Where browsers reach the pages, without a slash at the end; null: where this process listens. */
  readonly publicUrl: string | null;
  readonly logLevel: Raw['LOG_LEVEL'];
  readonly role: Raw['ROLE'];
  /** What wakes the lanes; anything but `all` is for fault-finding and tests. */
  readonly wake: Raw['WAKE'];
  /** Pause of the plain timer in milliseconds. */
  readonly timerMs: number;
  /** Messages of one person that are handled in a minute; a room takes three times as many. */
  readonly messagesAMinute: number;
  /** Messages a room is shown in an hour over all its ways; notices wait from three quarters of it on. */
  readonly roomPostsAnHour: number;
  readonly watchdog: WatchdogSettings;
  /** LibreOffice's program, a path or a name; null: looked for by its usual names. */
  readonly pdfCommand: string | null;
  /** By which new records are chained; those under the other one stay good. */
  readonly digest: Raw['DIGEST'];
  /** Null: the rules read alone. */
  readonly secondReader: SecondReaderSettings | null;
  /** All that are set or have a usual value, by name, as people may read them: of secrets only that they are set. */
  readonly shown: Readonly<Record<string, string>>;
}

export interface WatchdogSettings {
  /** Does this server start one beside itself? */
  readonly isBeside: boolean;
  /** The duty room's webhook; null: with the sandbox the simulated one, else nothing can be said. */
  readonly webhook: string | null;
  /** Pause between two rounds, in milliseconds. */
  readonly everyMs: number;
  /** A process counts as silent, and what waits as late, after so many milliseconds. */
  readonly silenceMs: number;
  /** Called after each round in which all was well. */
  readonly deadman: string | null;
}

export interface SecondReaderSettings {
  /** Up to and without `/chat/completions`. */
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  /** Milliseconds for one whole question. */
  readonly timeoutMs: number;
  /** Absolute path of the certificates to trust; null: the usual ones. */
  readonly ca: string | null;
}

export type SettingsResult =
  | { readonly is: 'ok'; readonly settings: Settings }
  | { readonly is: 'faults'; readonly faults: readonly string[] };

/**
 * Reads the FENGHUO_ names of `env` and ignores all others. An empty value counts as unset. Faults are Chinese sentences, one a
 * name, that say what was expected; no fault repeats a secret. An unknown FENGHUO_ name is a fault with the nearest known one.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): SettingsResult {
  const given = givenNames(env);
  const { values, faults } = withFiles(given);
  const parsed = schema.safeParse(values);
  const found = parsed.success ? [...faults, ...conflicts(parsed.data)] : [...faults, ...parsed.error.issues.flatMap(faultOf)];
  if (found.length > 0 || !parsed.success) return { is: 'faults', faults: found };
  return { is: 'ok', settings: settingsOf(parsed.data) };
}

/** The API token when none is set: kept in `DATA_DIR/api-token`. */
export function keptApiToken(dataDir: string): string {
  return keptSecret(dataDir, 'api-token');
}

/**
 * A secret kept in a file of the data folder (mode 0600), made at random the first time. May run again and in several processes at once;
 * all get the same.
 */
export function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) {
    try {
      writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (fault) {
      if (!existsSync(path)) throw fault;
    }
  }
  return readFileSync(path, 'utf8').trim();
}

function givenNames(env: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const ours = Object.entries(env).filter(([name, value]) => name.startsWith(PREFIX) && value !== undefined && value.trim() !== '');
  return new Map(ours.map(([name, value]) => [name.slice(PREFIX.length), (value ?? '').trim()]));
}

/** Puts the contents of `..._FILE` in the place of the value. */
function withFiles(given: ReadonlyMap<string, string>): { values: Record<string, string>; faults: string[] } {
  const values = Object.fromEntries(given);
  const faults: string[] = [];
  for (const name of SECRETS) {
    const path = given.get(`${name}_FILE`);
    if (path === undefined) continue;
    delete values[`${name}_FILE`];
    if (given.has(name)) faults.push(`${PREFIX}${name} 与 ${PREFIX}${name}_FILE 只能设置一个。`);
    else if (existsSync(path)) values[name] = readFileSync(path, 'utf8').trim();
    else faults.push(`${PREFIX}${name}_FILE：文件 ${path} 不存在，应为含有该值的文件。`);
  }
  return { values, faults };
}

function faultOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [`${PREFIX}${issue.path.join('.')}：${issue.message}。`];
  return issue.keys.map((name) => {
    const near = nearest(name, NAMES);
    return `${PREFIX}${name}：没有这项设置${near ? `，是否应为 ${PREFIX}${near}` : ''}。`;
  });
}

function conflicts(raw: Raw): string[] {
  const faults: string[] = [];
  const sandboxAsked = raw.SANDBOX !== undefined && raw.SANDBOX !== 'off';
  if (raw.PLATFORMS !== undefined && !existsSync(raw.PLATFORMS))
    faults.push(`${PREFIX}PLATFORMS：文件 ${raw.PLATFORMS} 不存在，应为平台配置文件 platforms.yaml。`);
  if (sandboxAsked && platformsOf(raw))
    faults.push(`${PREFIX}SANDBOX：已配置真实平台（${platformsOf(raw)}），不能同时运行沙箱。请二者只留其一。`);
  if (raw.SANDBOX_URL && (raw.SANDBOX === 'off' || platformsOf(raw))) faults.push(`${PREFIX}SANDBOX_URL：沙箱未启用，此项不应设置。`);
  return [...faults, ...secondReaderConflicts(raw)];
}

function secondReaderConflicts(raw: Raw): string[] {
  const more = (['MODEL', 'KEY', 'TIMEOUT_MS', 'CA'] as const).map((part) => `SECOND_READER_${part}` as const);
  const lone = raw.SECOND_READER_URL === undefined ? more.filter((name) => raw[name] !== undefined) : [];
  return [
    ...lone.map((name) => `${PREFIX}${name}：没有设置 ${PREFIX}SECOND_READER_URL，此项不应设置。`),
    ...(raw.SECOND_READER_URL && !raw.SECOND_READER_MODEL ? [`${PREFIX}SECOND_READER_MODEL：应为模型名称，第二阅读启用时必须设置。`] : []),
    ...(raw.SECOND_READER_CA && !existsSync(raw.SECOND_READER_CA)
      ? [`${PREFIX}SECOND_READER_CA：文件 ${raw.SECOND_READER_CA} 不存在，应为 PEM 证书文件。`]
      : []),
  ];
}

function platformsOf(raw: Raw): string | null {
  if (raw.PLATFORMS) return raw.PLATFORMS;
  const beside = join(raw.BUREAU, 'platforms.yaml');
  return existsSync(beside) ? beside : null;
}

function settingsOf(raw: Raw): Settings {
  const platforms = platformsOf(raw);
  return {
    port: raw.PORT,
    host: raw.HOST,
    dataDir: raw.DATA_DIR,
    databaseUrl: raw.DATABASE_URL ?? null,
    redisUrl: raw.REDIS_URL ?? null,
    configDir: raw.CONFIG_DIR,
    bureau: raw.BUREAU,
    platforms,
    sandbox: raw.SANDBOX ?? (platforms ? 'off' : 'wecom'),
    sandboxUrl: raw.SANDBOX_URL ?? null,
    apiToken: raw.API_TOKEN ?? null,
    sessionKey: raw.SESSION_KEY ?? null,
    publicUrl: raw.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    logLevel: raw.LOG_LEVEL,
    role: raw.ROLE,
    wake: raw.WAKE,
    timerMs: raw.TIMER_MS,
    messagesAMinute: raw.MESSAGES_A_MINUTE,
    roomPostsAnHour: raw.ROOM_POSTS_AN_HOUR,
    watchdog: {
      isBeside: raw.WATCHDOG === 'beside',
      webhook: raw.WATCHDOG_WEBHOOK ?? null,
      everyMs: raw.WATCHDOG_EVERY_MS,
      silenceMs: raw.WATCHDOG_SILENCE_MS,
      deadman: raw.DEADMAN_URL ?? null,
    },
    pdfCommand: raw.PDF_COMMAND ?? null,
    digest: raw.DIGEST,
    secondReader: secondReaderOf(raw),
    shown: shownSettings(raw, SECRETS),
  };
}

function secondReaderOf(raw: Raw): SecondReaderSettings | null {
  if (raw.SECOND_READER_URL === undefined) return null;
  return {
    url: raw.SECOND_READER_URL.replace(/\/+$/, ''),
    model: raw.SECOND_READER_MODEL ?? '',
    key: raw.SECOND_READER_KEY ?? null,
    timeoutMs: raw.SECOND_READER_TIMEOUT_MS ?? 8000,
    ca: raw.SECOND_READER_CA ?? null,
  };
}

function isBare(at: string): boolean {
  const { username, password, pathname, search, hash } = new URL(at);
  return [username, password, search, hash].every((part) => part === '') && pathname === '/';
}

function isLoopback(at: string): boolean {
  return URL.canParse(at) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(at).hostname);
}
