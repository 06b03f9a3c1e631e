/** Programs measured beside that are no dependency: `npm run bench` installs them from `bench/package.json` and says where they are. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const FOLDER = process.env.FENGHUO_BENCH_PEERS ?? '';

/** Its version as installed; null where it could not be installed, e.g. without a network. */
export function peerVersion(name: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(FOLDER, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return null;
  }
}

/** Loads one. Throws where it is not installed: ask for its version first. */
export function loadPeer<T>(name: string): T {
  return createRequire(join(FOLDER, 'package.json'))(name) as T;
}
