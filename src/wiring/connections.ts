/** The long connections of all platforms, each held under its own lease. */
import type { TakeIn } from '../handlers/takeIn';
import { holdConnection } from '../jobs/holdConnection';
import { realPace } from '../jobs/pace';
import type { Leases } from '../ports/leases';
import type { Log } from '../ports/log';
import type { Connection, Platform } from '../ports/platform';

export interface Connections {
  /** State of each connection, by id. */
  readonly states: () => Readonly<Record<string, string>>;
  /** Milliseconds since each connection that is held here last heard its platform, by id. */
  readonly heardAgo: () => Readonly<Record<string, number>>;
  /** Resolves when every connection was open once, here. */
  readonly allOpen: Promise<void>;
  stop(): Promise<void>;
}

export interface Line {
  readonly leases: Leases;
  readonly log: Log;
  readonly takeIn: TakeIn;
  /** Told whenever a connection has opened here: what waited for it can go. */
  readonly opened: () => void;
}

export function holdConnections(platforms: readonly Platform[], { leases, log, takeIn, opened: tellAll }: Line): Connections {
  const states: Record<string, string> = {};
  const heardAt: Record<string, number> = {};
  const stopping = new AbortController();
  const held = platforms.flatMap((p) => (p.connection === null ? [] : [hold(p.connection)]));

  function hold(connection: Connection): { readonly opened: Promise<void>; readonly ended: Promise<void> } {
    states[connection.id] = 'closed';
    let tellOpen: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      tellOpen = resolve;
    });
    const heard = (): void => {
      heardAt[connection.id] = realPace.mono();
    };
    const changed = (is: string): void => {
      states[connection.id] = is;
      if (is === 'standby') delete heardAt[connection.id];
      if (is !== 'open') return;
      heard();
      tellOpen();
      tellAll();
    };
    return { opened, ended: holdConnection(connection, { pace: realPace, leases, log, takeIn, changed, heard }, stopping.signal) };
  }

  return {
    states: () => states,
    heardAgo: () => Object.fromEntries(Object.entries(heardAt).map(([id, at]) => [id, realPace.mono() - at])),
    allOpen: Promise.all(held.map((h) => h.opened)).then(() => undefined),
    stop: async () => {
      stopping.abort();
      await Promise.all(held.map((h) => h.ended));
    },
  };
}
