/** The wiring, read top to bottom: the only place that joins ports with what implements them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { readBureau } from './config/bureau';
import { type RulebookSource, readRulebooks } from './config/rulebooks';
import type { Roster } from './core/roster/roster';
import type { Deps } from './handlers/deps';
import { createTakeIn } from './handlers/takeIn';
import { holdConnection } from './jobs/holdConnection';
import { runLanes } from './jobs/lanes';
import { realPace } from './jobs/pace';
import { createWake } from './jobs/queue';
import type { Platform } from './ports/platform';
import { createReach } from './ports/reach';
import type { Wake } from './ports/wake';
import { keptApiToken, type Settings } from './settings';
import { createClock } from './store/clock';
import { createDirectory } from './store/directory';
import { createStore, createViews } from './store/postgres';
import { resetSandbox } from './store/stamp';
import { createWeb } from './web/app';
import { realIds, sha256 } from './wiring/chance';
import { importConfig, openDatabase } from './wiring/database';
import { StartFault, sentencesOf } from './wiring/faults';
import { createLeases } from './wiring/leases';
import { realPlatforms, sandboxPlatform } from './wiring/platforms';
import { createRulebooks } from './wiring/rulebooks';
import { type JoinedSandbox, joinInside, joinOutside } from './wiring/sandbox';
import { createControl } from './wiring/sandboxControl';

export interface App {
  /** Where it listens, e.g. http://127.0.0.1:8080. */
  readonly url: string;
  /** The chat page; null with real platforms. */
  readonly page: string | null;
  /** In-process wake-ups, for readiness and tests. */
  readonly wake: Wake;
  /** Orderly: no new work, what runs is finished, connections are let go, the database last. May run once. */
  stop(): Promise<void>;
}

/** A sandbox is announced only when the robot hears: what is said before that is lost, as on the real platform. */
const HEARING_MS = 10_000;
/** Deadlines follow this profile until an office chooses another. */
const PROFILE = 'standard';

/** Starts everything. Throws StartFault with sentences for people when settings, files or database do not allow it. */
export async function startApp(settings: Settings, log: Logger): Promise<App> {
  const { roster, rulebooks } = readConfig(settings);
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.reverse()) await step().catch((cause: unknown) => log.error({ cause }, 'a part did not stop in order'));
  };
  try {
    return await startParts(settings, log, roster, rulebooks, undo, stop);
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function readConfig(settings: Settings): { readonly roster: Roster; readonly rulebooks: readonly RulebookSource[] } {
  const bureau = readBureau(settings.bureau);
  const packs = readRulebooks(settings.configDir, PROFILE, sha256);
  const faults = [bureau, packs].flatMap((r) => (r.is === 'faults' ? r.faults : []));
  if (bureau.is === 'faults' || packs.is === 'faults') throw new StartFault(sentencesOf(faults));
  return { roster: bureau.roster, rulebooks: packs.rulebooks };
}

async function startParts(
  settings: Settings,
  log: Logger,
  roster: Roster,
  sources: readonly RulebookSource[],
  undo: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<App> {
  const database = await openDatabase(settings, log);
  undo.push(() => database.stop());
  const { pool } = database;
  const clock = await createClock(pool);
  undo.push(async () => clock.stop());
  const store = createStore(pool, { log });
  const views = createViews(pool);
  await importConfig(pool, store, roster, sources, clock.now());
  const directory = createDirectory(pool);
  await directory.refresh();
  const rulebooks = createRulebooks(sources, sha256);
  const backend = settings.redisUrl === null ? ({ kind: 'postgres', pool } as const) : ({ kind: 'redis', url: settings.redisUrl } as const);
  const wake = await createWake({ backend, clock, pace: realPace, log, mode: settings.wake, timerMs: settings.timerMs });
  undo.push(() => wake.stop());

  let sandbox: JoinedSandbox | null = null;
  const wipe = async (): Promise<void> => {
    await resetSandbox(pool);
    await clock.refresh();
    sandbox?.wipe();
  };
  const control = createControl({ clock, pace: realPace, store, views, wake, wipe, moved: async (now) => sandbox?.moved(now) });
  const platformDeps = { clock, pace: realPace, log };
  if (settings.sandbox !== 'off') {
    sandbox = settings.sandboxUrl === null ? await joinInside(roster, control) : await joinOutside(settings.sandboxUrl, control);
    undo.push(() => sandbox?.stop() ?? Promise.resolve());
  }
  const platforms: readonly Platform[] =
    sandbox === null ? realPlatforms(settings.platforms ?? '', platformDeps) : [sandboxPlatform(sandbox.binding, platformDeps)];

  const deps: Deps = { store, clock, ids: realIds, digest: sha256, directory, reach: createReach(platforms), rulebooks, log };
  const takeIn = createTakeIn(deps, () => wake.poke('inbox'));
  const stopping = new AbortController();
  runLanes(deps, wake, stopping.signal);
  wake.poke('inbox');
  wake.poke('due');
  wake.poke('send');

  const links: Record<string, string> = {};
  const opened: Promise<void>[] = [];
  const holding = platforms.flatMap((p) => {
    if (p.connection === null) return [];
    const { connection } = p;
    links[connection.id] = 'closed';
    const leases = createLeases(pool, realIds.next());
    let tellOpen: () => void = () => undefined;
    opened.push(new Promise((resolve) => (tellOpen = resolve)));
    const changed = (is: string): void => {
      links[connection.id] = is;
      if (is === 'open') tellOpen();
    };
    return [holdConnection(connection, { pace: realPace, leases, log, takeIn, changed }, stopping.signal)];
  });
  undo.push(async () => {
    stopping.abort();
    await Promise.all(holding);
  });

  const web = createWeb({
    log,
    apiToken: settings.apiToken ?? keptApiToken(settings.dataDir),
    platforms,
    takeIn,
    views,
    clock,
    wake,
    connections: () => links,
    rulebookOf: (hash) =>
      store
        .transact({ busy: 'wait' }, (tx) => rulebooks.of(tx, hash))
        .then((found) => (found === 'busy' ? Promise.reject(new Error('busy')) : found)),
    more: sandbox?.routers ?? [],
  });
  const server = createServer(web.callback());
  const url = await listen(server, settings);
  undo.push(() => closeServer(server));
  if (sandbox !== null) {
    await registerSandbox(sandbox, platforms, url, log);
    await Promise.race([Promise.all(opened), realPace.sleep(HEARING_MS)]);
  }
  return { url, page: sandbox?.page(url) ?? null, wake, stop };
}

async function registerSandbox(sandbox: JoinedSandbox, platforms: readonly Platform[], url: string, log: Logger): Promise<void> {
  for (const p of platforms) {
    const path = `/callback/${p.id}/${p.tenant}/app`;
    if (!(await sandbox.register(url, path))) log.error({ path }, 'the sandbox could not verify the callback address');
  }
}

function listen(server: ReturnType<typeof createServer>, { host, port }: Settings): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new StartFault([`端口 ${port} 已被占用：请设置 FENGHUO_PORT 为另一个端口，或先停止占用它的程序。`])
          : cause,
      ),
    );
    server.listen(port, host, () => {
      const at = server.address() as AddressInfo;
      resolve(`http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`);
    });
  });
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}
