/** Everything that stands on the database: store, views, clock, roster and rulebooks. */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Bureau } from '../config/bureau';
import type { RulebookSource } from '../config/rulebooks';
import type { Calendar } from '../core/calendar/calendar';
import type { Rulebook } from '../core/plans/rulebook';
import type { Rulebooks } from '../handlers/deps';
import type { Directory } from '../ports/directory';
import type { PaperDesk } from '../ports/paperDesk';
import type { Store } from '../ports/store';
import type { Views } from '../ports/views';
import type { Settings } from '../settings';
import { createClock, type DatabaseClock } from '../store/clock';
import { createDirectory } from '../store/directory';
import { createStore, createViews } from '../store/postgres';
import { resetSandbox } from '../store/stamp';
import { sha256 } from './chance';
import { importConfig, openDatabase } from './database';
import { createRulebooks } from './rulebooks';

export interface Storage {
  /** Of the database; holds a password, never to be logged. */
  readonly url: string;
  readonly pool: Pool;
  readonly store: Store;
  readonly views: Views;
  readonly clock: DatabaseClock;
  readonly directory: Directory & { refresh(): Promise<void> };
  readonly rulebooks: Rulebooks;
  /** The pinned rulebook of an incident, for pages. */
  rulebookOf(hash: string): Promise<Rulebook>;
  /** Empties a sandbox and puts its clock back to real time. */
  wipe(): Promise<void>;
  stop(): Promise<void>;
}

/** Files of the office: people and rooms, plans, holidays. */
export interface Files {
  readonly bureau: Bureau;
  readonly rulebooks: readonly RulebookSource[];
  readonly calendar: Calendar;
  /** What papers are drafted with. */
  readonly papers: Pick<PaperDesk, 'wording' | 'office'>;
}

export async function openStorage(settings: Settings, log: Logger, files: Files): Promise<Storage> {
  const { bureau, rulebooks: sources, calendar } = files;
  const { url, pool, stop } = await openDatabase(settings, log);
  try {
    const clock = await createClock(pool);
    const store = createStore(pool, { log });
    await importConfig(pool, store, bureau, sources, clock.now());
    const directory = createDirectory(pool, calendar);
    await directory.refresh();
    const rulebooks = createRulebooks(sources, sha256);
    const unfollow = settings.sandbox === 'off' ? null : await clock.follow();
    return {
      url,
      pool,
      store,
      views: createViews(pool),
      clock,
      directory,
      rulebooks,
      rulebookOf: async (hash) => {
        const current = rulebooks.current.find((rules) => rules.hash === hash);
        if (current !== undefined) return current;
        const found = await store.transact({ busy: 'wait' }, (tx) => rulebooks.of(tx, hash));
        if (found === 'busy') throw new Error(`rulebook ${hash} could not be read`);
        return found;
      },
      wipe: async () => {
        await resetSandbox(pool);
        await clock.setOffset(0);
        await importConfig(pool, store, bureau, sources, clock.now());
        await directory.refresh();
      },
      stop: async () => {
        clock.stop();
        await unfollow?.();
        await stop();
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
