/** One app's part of the shared shelf: sealed, under names of this app, and never in the way when it cannot be reached. */
import type { SharedToken } from '../../ports/platform';
import type { AdapterDeps } from './deps';
import { sealed } from './sealed';

/** As the port's shelf, by short names; one that is away, or not there, is as good as empty. Never rejects. */
export interface Shelf {
  read(name: string): Promise<SharedToken | null>;
  write(name: string, token: SharedToken): Promise<void>;
  drop(name: string, value: string): Promise<void>;
}

/** Over `deps.shelf`, if there is one: names begin with `owner`, which names platform, tenant and app; sealed with the app's own `secret`. */
export function createShelf(owner: string, secret: string, { shelf: bare, log }: AdapterDeps): Shelf {
  const shelf = bare === undefined ? undefined : sealed(bare, secret);
  const key = (name: string) => `${owner}:${name}`;
  const away = (fault: unknown) =>
    log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'platform: shared shelf not reached');
  return {
    read: async (name) => (await shelf?.read(key(name)).catch(away)) ?? null,
    write: async (name, token) => shelf?.write(key(name), token).catch(away),
    drop: async (name, value) => shelf?.drop(key(name), value).catch(away),
  };
}
