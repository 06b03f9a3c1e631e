/** One database server for a whole test run, started when the first test asks for a database; ended with the run. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import pino from 'pino';
import { type Embedded, startEmbedded } from '../../../src/store/embedded/startEmbedded';
import { migrate } from '../../../src/store/migrate';
import { quickFolder } from '../quickFolder';

/** Where a test worker asks: answers `{admin, template}`, the server's connection string and the database to copy. */
export const ASK_AT = 'TEST_DATABASE_ASK_AT';

/** Tests want speed and may lose their data: nothing is forced to the disk. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
  autovacuum: 'off',
};

export interface TestServer {
  stop(): Promise<void>;
}

/** Listens for the first ask; `TEST_DATABASE_URL` names a server to use instead of one of our own. */
export async function offerTestServer(): Promise<TestServer> {
  let begun: Promise<Begun> | null = null;
  const door = createServer((_, answer) => {
    begun ??= begin();
    begun.then(
      ({ admin, template }) => answer.end(JSON.stringify({ admin, template })),
      (fault: unknown) => answer.writeHead(500).end(String(fault)),
    );
  });
  process.env[ASK_AT] = await listen(door);
  return {
    stop: async () => {
      door.close();
      door.closeAllConnections();
      await begun?.then((started) => started.stop()).catch(() => undefined);
    },
  };
}

interface Begun extends TestServer {
  readonly admin: string;
  readonly template: string;
}

async function begin(): Promise<Begun> {
  const external = process.env.TEST_DATABASE_URL;
  const dataDir = mkdtempSync(join(quickFolder(), 'fenghuo-test-'));
  chmodSync(dataDir, 0o755);
  const own: Embedded | null = external ? null : await startEmbedded({ dataDir, log: pino({ level: 'warn' }), settings: FAST });
  const admin = external ?? own?.url ?? '';
  const template = `fenghuo_template_${process.pid}`;
  const stop = async (): Promise<void> => {
    if (external) await administer(admin, `DROP DATABASE IF EXISTS ${template}`);
    await own?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  await makeTemplate(admin, template).catch(async (fault) => {
    await stop();
    throw fault;
  });
  return { admin, template, stop };
}

async function makeTemplate(admin: string, template: string): Promise<void> {
  await administer(admin, `CREATE DATABASE ${template}`);
  const pool = new Pool({ connectionString: ofDatabase(admin, template), max: 2 });
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
}

/** The same server, another database. */
export function ofDatabase(admin: string, database: string): string {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.href;
}

/** One statement outside any transaction. */
export async function administer(admin: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: admin });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function listen(door: Server): Promise<string> {
  return new Promise((resolve) => {
    door.listen(0, '127.0.0.1', () => {
      const bound = door.address();
      door.unref();
      resolve(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`);
    });
  });
}
