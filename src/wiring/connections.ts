/** The long connections of all platforms, each held under its own lease. */
import type { Pool } from 'pg';
import type { TakeIn } from '../handlers/takeIn';
import { holdConnection } from '../jobs/holdConnection';
import { realPace } from '../jobs/pace';
import type { Log } from '../ports/log';
import type { Connection, Platform } from '../ports/platform';
import { realIds } from './chance';
import { createLeases } from './leases';

export interface Connections {
  /** State of each connection, by id. */
  readonly states: () => Readonly<Record<string, string>>;
  /** Resolves when every connection was open once, here. */
  readonly allOpen: Promise<void>;
  stop(): Promise<void>;
}

export function holdConnections(platforms: readonly Platform[], pool: Pool, log: Log, takeIn: TakeIn): Connections {
  const states: Record<string, string> = {};
  const stopping = new AbortController();
  const held = platforms.flatMap((p) => (p.connection === null ? [] : [hold(p.connection)]));

  function hold(connection: Connection): { readonly opened: Promise<void>; readonly ended: Promise<void> } {
    states[connection.id] = 'closed';
    let tellOpen: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      tellOpen = resolve;
    });
    const changed = (is: string): void => {
      states[connection.id] = is;
      if (is === 'open') tellOpen();
    };
    const leases = createLeases(pool, realIds.next());
    return { opened, ended: holdConnection(connection, { pace: realPace, leases, log, takeIn, changed }, stopping.signal) };
  }

  return {
    states: () => states,
    allOpen: Promise.all(held.map((h) => h.opened)).then(() => undefined),
    stop: async () => {
      stopping.abort();
      await Promise.all(held.map((h) => h.ended));
    },
  };
}
