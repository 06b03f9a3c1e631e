/** Kills under load, seen from the store: what was taken in is in the table. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Incoming } from '../../../../src/ports/inbox';
import type { Store } from '../../../../src/ports/store';
import { migrate } from '../../../../src/store/migrate';
import { openPool } from '../../../../src/store/pool';
import { createStore } from '../../../../src/store/postgres';
import { up } from '../judge';
import { type Case, onBegunScene, until } from '../scene';

export const load: readonly Case[] = [
  { name: 'kill -9 of the database three times under load: every row taken in is in the table, none twice', run: killedUnderLoad },
];

const SENDERS = 8;
const KILLS = 3;

async function killedUnderLoad(): Promise<string> {
  return onBegunScene(async (scene) => {
    const bot = up(await scene.bot());
    const pool = openPool(bot.url, { max: SENDERS });
    await migrate(pool);
    const sending = senders(createStore(pool, { log: { warn: () => undefined } }));
    const server = (): number => Number.parseInt(readFileSync(join(scene.dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10);
    let slowest = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = sending.taken.size;
      await until('rows are taken in', () => sending.taken.size > before + 200);
      const [at, killed] = [performance.now(), server()];
      process.kill(killed, 'SIGKILL');
      await until('another server', () => server() !== killed);
      const during = sending.taken.size;
      await until('rows are taken in again', () => sending.taken.size > during, 60_000);
      slowest = Math.max(slowest, performance.now() - at);
    }
    await sending.stop();
    const { rows } = await pool.query<{ key: string }>('SELECT dedupe_key AS key FROM inbox');
    await pool.end();
    const found = new Set(rows.map(({ key }) => key));
    assert.equal([...sending.taken].filter((key) => !found.has(key)).length, 0);
    assert.equal(rows.length, found.size);
    assert.ok(sending.failed() > 0 && slowest < 60_000);
    assert.equal(await bot.stop(), 0);
    return `${sending.taken.size} rows acknowledged, 0 lost, ${sending.failed()} calls failed and were repeated, slowest gap ${Math.round(slowest)} ms`;
  });
}

interface Sending {
  readonly taken: ReadonlySet<string>;
  failed(): number;
  stop(): Promise<void>;
}

/** Platforms repeat what was not acknowledged: the same message again until it is. */
function senders(store: Store): Sending {
  const taken = new Set<string>();
  let [failed, stopped] = [0, false];
  const send = async (sender: number): Promise<void> => {
    for (let n = 0; !stopped; n += 1) {
      const key = `${sender}-${n}`;
      while (!taken.has(key) && !stopped) {
        await store.takeIn([incoming(key)]).then(
          () => taken.add(key),
          () => {
            failed += 1;
            return pause(20);
          },
        );
      }
    }
  };
  const running = Promise.all(Array.from({ length: SENDERS }, (_, sender) => send(sender)));
  return {
    taken,
    failed: () => failed,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

function incoming(dedupeKey: string): Incoming {
  const at = Date.UTC(2026, 10, 22, 1, 0);
  return {
    tenant: 'city',
    source: 'robot',
    dedupeKey,
    chat: { id: `chat-${dedupeKey.split('-')[0]}`, kind: 'group' },
    room: null,
    account: 'account-1',
    sentAt: at,
    receivedAt: at,
    words: { text: '湖滨区某超市门前有人聚集', quote: null },
    meta: { is: 'text' },
    ticket: null,
  };
}
