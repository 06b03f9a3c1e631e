/** What signing in on the pages stands on: sessions and credentials in the database, the key that seals, the address people use. */
import type { Pool } from 'pg';
import { keptSecret, type Settings } from '../settings';
import { createCredentials, createSessions } from '../store/postgres';
import type { WebPorts } from '../web/app';
import { sealWith } from './seal';

/** `url` is where this process listens; people use it unless the office has named another. */
export function pagePorts(
  pool: Pool,
  settings: Pick<Settings, 'dataDir' | 'publicUrl' | 'sessionKey'>,
  url: () => string,
): Pick<WebPorts, 'sessions' | 'credentials' | 'seal' | 'wallMs' | 'isHttps' | 'publicUrl'> {
  const { publicUrl } = settings;
  return {
    sessions: createSessions(pool),
    credentials: createCredentials(pool),
    seal: sealWith(settings.sessionKey ?? keptSecret(settings.dataDir, 'session-key')),
    wallMs: () => Date.now(),
    isHttps: publicUrl?.startsWith('https:') ?? false,
    publicUrl: () => publicUrl ?? url(),
  };
}
