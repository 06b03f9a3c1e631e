/** Starts the second reading where an office has set a model, and says so in one line. */
import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import type { Deps } from '../handlers/deps';
import { realPace } from '../jobs/pace';
import { runSecondReading } from '../jobs/secondReading';
import type { Leases } from '../ports/leases';
import { createChatReader } from '../reader/chat';
import type { SecondReaderSettings } from '../settings';
import { createUnread } from '../store/unread';
import { StartFault } from './faults';

/** One process of all asks; the lease outlasts the longest question. */
const LEASE = 'second-reader';
const LEASE_MS = 60_000;

/** Runs until the answer is called. Throws StartFault where the certificates cannot be read. */
export function startSecondReading(
  settings: SecondReaderSettings,
  { deps, pool, leases, offered }: { readonly deps: Deps; readonly pool: Pool; readonly leases: Leases; readonly offered: () => void },
): () => Promise<void> {
  const { model, key, timeoutMs } = settings;
  const url = new URL(`${settings.url}/chat/completions`);
  const stop = runSecondReading(deps, {
    reader: createChatReader({ url, model, key, timeoutMs, ca: settings.ca === null ? null : certificates(settings.ca) }),
    unread: createUnread(pool),
    pace: realPace,
    isMine: async () => (await leases.claim(LEASE, LEASE_MS)) !== null,
    offered,
  });
  return async () => {
    await stop();
    await leases.release(LEASE);
  };
}

/** What stands on the screen at the start; no key. */
export function secondReaderLine({ url, model, timeoutMs }: SecondReaderSettings): string {
  return `第二阅读：已开，主机 ${new URL(url).host}，模型 ${model}，限时 ${timeoutMs} 毫秒；只提建议，不定级`;
}

function certificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new StartFault([`FENGHUO_SECOND_READER_CA：读不到文件 ${path}。`]);
  }
}
