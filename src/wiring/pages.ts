/** What signing in on the pages stands on: sessions and credentials in the database, the key that seals, the address people use. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import { sealFor } from '../bot/wire/seal';
import { keptSecret, type Settings } from '../settings';
import { createCredentials, createSessions } from '../store/postgres';
import type { WebPorts } from '../web/app';

/** `url` is where this process listens; people use it unless the office has named another. */
export function pagePorts(
  pool: Pool,
  settings: Pick<Settings, 'dataDir' | 'publicUrl' | 'sessionKey'>,
  url: () => string,
): Pick<WebPorts, 'sessions' | 'credentials' | 'seal' | 'wallMs' | 'isHttps' | 'publicUrl' | 'pages'> {
  const { publicUrl } = settings;
  return {
    sessions: createSessions(pool),
    credentials: createCredentials(pool),
    seal: sealFor('fenghuo sign-in keys 1', settings.sessionKey ?? keptSecret(settings.dataDir, 'session-key')),
    wallMs: () => Date.now(),
    isHttps: publicUrl?.startsWith('https:') ?? false,
    publicUrl: () => publicUrl ?? url(),
    pages: { folder: join(root(), 'dist', 'console'), make: maker() },
  };
}

/** One building at a time; it ends with the server. */
function maker(): () => void {
  let isMaking = false;
  return () => {
    if (isMaking) return;
    isMaking = true;
    const making = spawn(process.execPath, [join(root(), 'bin', 'pages.js')], { stdio: 'ignore', windowsHide: true });
    const end = () => making.kill();
    process.once('exit', end);
    const ended = () => {
      isMaking = false;
      process.off('exit', end);
    };
    making.once('close', ended).once('error', ended);
    making.unref();
  };
}

/** Walks up: sources and what is compiled from them lie at different depths. */
function root(): string {
  let up = __dirname;
  while (!existsSync(join(up, 'bin', 'fenghuo.js')) && up !== dirname(up)) up = dirname(up);
  return up;
}
