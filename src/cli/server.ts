/** The running server on this machine, asked over its API with the office's own token. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings';

/** Whoever answers on the other end; `path` is below `/api/v1/`. */
export type Ask = (path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;

/** The server did not answer as expected; the message is for people. */
export class Unreachable extends Error {}

/** Asks throw `Unreachable` where nothing listens. */
export function serverOf({ host, port, apiToken, dataDir }: Settings): Ask {
  const file = join(dataDir, 'api-token');
  const token = apiToken ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  return async (path, body) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`http://${host}:${port}/api/v1/${path}`, { ...init, headers }).catch(() => null);
    if (answer === null)
      throw new Unreachable(`连不上 http://${host}:${port}：请先启动服务（fenghuo start），或核对 FENGHUO_HOST、FENGHUO_PORT。`);
    return { status: answer.status, body: await answer.json() };
  };
}
