/** A whole Fenghuo for a journey: real PostgreSQL, real queue, the sandbox's wire, and a person's hands on the sandbox API. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type App, startApp } from '../../src/app';
import { readSettings } from '../../src/settings';
import { createLog } from '../../src/wiring/logging';
import { asDingtalk } from './asDingtalk';
import { asGovding } from './asGovding';
import { freshDatabase } from './database';
import { type DutyRoom, dutyRoomAt } from './dutyRoom';

export interface Bureau extends DutyRoom {
  readonly app: App;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly pool: Awaited<ReturnType<typeof freshDatabase>>['pool'];
  close(): Promise<void>;
}

export const API_TOKEN = 'a-token-for-tests-only';

/** `FENGHUO_SANDBOX` walks every journey on another platform than the usual one. */
const CHOSEN = process.env.FENGHUO_SANDBOX === undefined ? {} : { SANDBOX: process.env.FENGHUO_SANDBOX };

/**
 * Starts on a fresh database; `env` adds or changes FENGHUO_ settings by their short names. The clock stands at two in the afternoon
 * unless the test signs calls as a platform does, by real time. `log` is for tests that read it.
 */
export async function openBureau(
  env: Readonly<Record<string, string>> = {},
  clock: 'afternoon' | 'real' = 'afternoon',
  log = createLog(process.env.JOURNEY_LOG === undefined ? 'silent' : 'info'),
): Promise<Bureau> {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-journey-'));
  const given = {
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    CONFIG_DIR: resolve('config'),
    BUREAU: resolve('config/sample-bureau'),
    API_TOKEN,
    LOG_LEVEL: 'silent',
    TIMER_MS: '5000',
    ...CHOSEN,
    ...env,
  };
  const read = readSettings(Object.fromEntries(Object.entries(given).map(([name, value]) => [`FENGHUO_${name}`, value])));
  if (read.is === 'faults') throw new Error(read.faults.join('\n'));
  if (clock === 'afternoon') await setClock(database.pool);
  const app = await startApp(read.settings, log);
  const sandbox = env.SANDBOX_URL ?? app.url;
  const drawn = read.settings.sandbox === 'dingtalk' ? { drawn: asDingtalk } : {};
  const duty = dutyRoomAt({ sandbox, api: app.url, token: API_TOKEN, ...drawn });
  return {
    ...(read.settings.sandbox === 'govding' ? asGovding(duty) : duty),
    app,
    databaseUrl: database.url,
    dataDir,
    pool: database.pool,
    close: async () => {
      await app.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const DAY_MS = 86_400_000;
/** 14:00 in Asia/Shanghai, which has no summer time, counted from midnight UTC. */
const AFTERNOON_MS = 6 * 3_600_000;

/** Today at two in the afternoon, whenever the tests run: terms that end after midnight are told in other words. */
async function setClock(pool: Bureau['pool']): Promise<void> {
  const now = Date.now();
  const today = Math.floor((now + 8 * 3_600_000) / DAY_MS) * DAY_MS;
  await pool.query('UPDATE sandbox_clock SET offset_ms = $1', [today + AFTERNOON_MS - now]);
}
