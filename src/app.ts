/** The wiring, read top to bottom: the only place that joins ports with what implements them. */
import { rmSync } from 'node:fs';
import type { Logger } from 'pino';
import { machinePlatform } from './bot/machines';
import type { Passed } from './bot/wire/deps';
import { readBureau } from './config/bureau';
import { readCalendars } from './config/calendars';
import { readPaperWording } from './config/paperWording';
import { readRulebooks } from './config/rulebooks';
import { readWorkbook } from './config/sheet/workbook';
import { dayOf, yearWanted } from './core/calendar/calendar';
import type { Roster } from './core/roster/roster';
import { noteActs, noteSettings } from './handlers/adminRecord';
import { catchUp } from './handlers/catchUp';
import type { Deps } from './handlers/deps';
import { openDesk } from './handlers/duty';
import { readDutyLog, readDutyPapers } from './handlers/dutyPapers';
import { createLongWorks } from './handlers/longWork';
import { noteAllowance } from './handlers/noteAllowance';
import { onDutyNow } from './handlers/onDutyNow';
import { importMonth, type MonthSheet } from './handlers/rosterMonth';
import { type ShiftPaperKind, shiftPaper } from './handlers/shiftPapers';
import { createTakeIn } from './handlers/takeIn';
import { runLanes } from './jobs/lanes';
import { realPace } from './jobs/pace';
import { createWake } from './jobs/queue';
import type { Carrier } from './ports/carrier';
import type { Platform } from './ports/platform';
import { createReach } from './ports/reach';
import { createRefusals } from './ports/refusals';
import { LANES, type Wake } from './ports/wake';
import { keptApiToken, type Settings } from './settings';
import { bindOutlets } from './store/connections';
import { createLongWork, createMeter, createTokenShelf, createUsedSignatures } from './store/postgres';
import { createPaperSource } from './store/postgres/files';
import { createWeb } from './web/app';
import { anchorsFile, startAnchoring } from './wiring/anchoring';
import { sandboxCarrier } from './wiring/carriers';
import { digestFor, realIds, sha256, sha256Of } from './wiring/chance';
import { holdConnections } from './wiring/connections';
import { examine } from './wiring/doctor';
import { StartFault, sentencesOf } from './wiring/faults';
import { type FirstLink, firstLinks } from './wiring/firstAdmin';
import { beWatched } from './wiring/heartbeat';
import { createLeases } from './wiring/leases';
import { listen } from './wiring/listening';
import { readMachines } from './wiring/machines';
import { pagePorts } from './wiring/pages';
import { openPaperWorks } from './wiring/papers';
import { realPlatforms, sandboxCallback, sandboxPlatform, waysOverConnections } from './wiring/platforms';
import { withReach } from './wiring/reachable';
import { configShown, recordPorts } from './wiring/record';
import { type JoinedSandbox, joinInside, joinOutside } from './wiring/sandbox';
import { createControl, type SandboxControl } from './wiring/sandboxControl';
import { type Files, openStorage, type Storage } from './wiring/storage';

export interface App {
  /** Where it listens, e.g. http://127.0.0.1:8080. */
  readonly url: string;
  /** The chat page; null with real platforms. */
  readonly page: string | null;
  /** Links that open an administrator's first sign-in once, to be shown and kept nowhere; none in the sandbox. */
  readonly firstLinks: readonly FirstLink[];
  /** Orderly: no new work, what runs is finished, connections are let go, the database last. May run once. */
  stop(): Promise<void>;
}

/** Deadlines follow this profile until an office chooses another. */
const PROFILE = 'standard';
/** The platform gives a second for the answer; a machine that is just starting may need a second try. */
const MOST_INTRODUCTIONS = 3;
/** A sandbox is announced only when the robot hears: what is said before that is lost, as on the real platform. */
const HEARING_MS = 10_000;

/** Starts everything. Throws StartFault with sentences for people when settings, files or database do not allow it. */
export async function startApp(settings: Settings, log: Logger): Promise<App> {
  const files = readConfig(settings);
  const parts = stopList(log);
  try {
    const storage = await openStorage(settings, log, files);
    parts.add(() => storage.stop());
    return await startOn(storage, settings, log, files, parts);
  } catch (cause) {
    await parts.stop();
    throw cause;
  }
}

function readConfig(settings: Settings): Files {
  const bureau = readBureau(settings.bureau);
  const packs = readRulebooks(settings.configDir, PROFILE, sha256);
  const days = readCalendars(settings.configDir);
  const wording = readPaperWording(settings.configDir);
  const faults = [bureau, packs, days, wording].flatMap((r) => (r.is === 'faults' ? r.faults : []));
  if (bureau.is === 'faults' || packs.is === 'faults' || days.is === 'faults' || wording.is === 'faults')
    throw new StartFault(sentencesOf(faults));
  return { bureau, rulebooks: packs.rulebooks, calendar: days.calendar, papers: { wording: wording.wording, office: bureau.office } };
}

async function startOn(
  storage: Storage,
  settings: Settings,
  log: Logger,
  { bureau, calendar, papers }: Files,
  parts: StopList,
): Promise<App> {
  const { store, views, clock, rulebooks, directory, pool } = storage;
  const backend = settings.redisUrl === null ? ({ kind: 'postgres', pool } as const) : ({ kind: 'redis', url: settings.redisUrl } as const);
  const wake = await createWake({ backend, clock, pace: realPace, log, mode: settings.wake, timerMs: settings.timerMs });
  parts.add(() => wake.stop());
  const machines = readMachines(settings, bureau.roster);
  const begin: Begin = { desk: async () => undefined, passed: () => undefined };
  const { platforms, carriers, sandbox } = await meetPlatforms(storage, settings, log, bureau.roster, wake, parts, begin);

  const refusals = createRefusals();
  const leases = createLeases(pool, realIds.next());
  await bindOutlets(pool, waysOverConnections(platforms));
  const reach = createReach([...platforms, machinePlatform], carriers);
  const { bundle, files, renderer, kept } = openPaperWorks(settings, pool, clock);
  const digest = digestFor(settings);
  const deps: Deps = {
    store,
    clock,
    ids: realIds,
    digest,
    directory: withReach(directory, reach),
    reach,
    rulebooks,
    papers: { ...papers, renderer, hashOf: sha256Of },
    log,
    refusals,
    held: leases.held,
    messagesAMinute: settings.messagesAMinute,
    roomPostsAnHour: settings.roomPostsAnHour,
    ...(settings.publicUrl === null ? {} : { pagesAt: `${settings.publicUrl}/console` }),
  };
  const takeIn = createTakeIn(deps, () => wake.poke('inbox'));
  const works = settings.role !== 'web';
  begin.desk = () => openDesk(deps);
  begin.passed = (allowance) =>
    noteAllowance(deps, allowance).then(
      () => wake.poke('send'),
      (cause: unknown) => log.error({ cause }, 'the duty room could not be told of a platform’s allowance'),
    );
  if (works) await begin.desk();
  const wanted = yearWanted(calendar, dayOf(clock.now()));
  if (wanted !== null) log.warn(wanted, 'the holidays of a year are not known');
  if (works) startLanes(deps, wake, parts);
  if (works) parts.add(startAnchoring({ pool, clock, digest, log }, anchorsFile(settings.dataDir)));
  if (works && settings.secondReader !== null) {
    parts.add(secondReading().startSecondReading(settings.secondReader, { deps, pool, leases, offered: () => wake.poke('send') }));
  }
  const connections = holdConnections(works ? platforms : [], { leases, log, takeIn, opened: () => wake.poke('send') });
  parts.add(() => connections.stop());

  const apiToken = apiTokenOf(settings);
  const more = sandbox?.routers ?? [];
  const at = { url: '' };
  const pages = pagePorts(pool, settings, () => at.url);
  const work = createLongWork(pool);
  const longWorks = createLongWorks({ rows: work, pace: realPace, log });
  parts.add(() => longWorks.stop());
  const record = recordPorts(pool, settings.dataDir, { note: noteActs(deps), digest, clock, log });
  parts.add(() => record.chainCheck.stop());
  if (works) await noteSettings(deps, { ...settings.shown, ...configShown(bureau, rulebooks.current, sha256) });
  const web = createWeb({
    ...{ log, refusals, apiToken, platforms, takeIn, views, clock, wake, directory, pace: realPace },
    ...pages,
    ...record,
    settingsShown: settings.shown,
    examine: async () => {
      const now = clock.now();
      return examine({ settings, running: record.running, roster: await deps.directory.at(now), calendar, plans: rulebooks.current, now });
    },
    ...{ machines, used: createUsedSignatures(pool), sandbox: sandbox !== null, onDuty: () => onDutyNow(deps) },
    importMonth: async (month: MonthSheet) => {
      const done = await importMonth(deps, month);
      await directory.refresh();
      wake.poke('send');
      return done;
    },
    shiftPaper: (n: number, kind: ShiftPaperKind) => shiftPaper(deps, n, kind),
    ...{ work, longWorks, newId: () => realIds.next() },
    ...{
      readMonthFile: readWorkbook,
      dutyPapers: (n: number | null) => readDutyPapers(deps, n),
      dutyLog: (n: number | null) => readDutyLog(deps, n),
    },
    ...{ bundle, files, renderer, office: papers.office, paperFiles: kept },
    connections: connections.states,
    calendar,
    plans: rulebooks.current,
    rulebookOf: storage.rulebookOf,
    more,
  });
  const listening = await listen(web.callback(), settings, log);
  at.url = listening.url;
  parts.add(() => listening.stop());
  parts.add(await beWatched(storage, settings, { platforms, roster: bureau.roster, log, heard: connections.heardAgo }));

  if (sandbox === null) parts.add(checkUps(platforms));
  if (sandbox !== null) await introduce(sandbox, platforms, listening.url, log);
  if (sandbox !== null) await Promise.race([connections.allOpen, realPace.sleep(HEARING_MS)]);
  const links = sandbox === null && works ? await firstLinks({ ...pages, note: record.note, directory, clock }) : [];
  return { url: listening.url, page: sandbox?.page(listening.url) ?? null, firstLinks: links, stop: parts.stop };
}

function apiTokenOf({ apiToken, dataDir }: Settings): string {
  try {
    return apiToken ?? keptApiToken(dataDir);
  } catch {
    throw new StartFault([`数据目录 ${dataDir} 不可写：请检查权限和磁盘空间，或用 FENGHUO_DATA_DIR 换一个目录。`]);
  }
}

/** Loaded where an office has set a model. */
const secondReading = (): typeof import('./wiring/secondReader') => require('./wiring/secondReader');

function startLanes(deps: Deps, wake: Wake, parts: StopList): void {
  parts.add(runLanes(deps, wake, realPace));
  for (const lane of LANES) wake.poke(lane);
  catchUp(deps).then(
    (saved) => saved > 0 && wake.poke('due'),
    (cause: unknown) => deps.log.error({ cause }, 'incidents could not be looked through'),
  );
}

/** What platforms and the sandbox start before everything stands that they start. */
interface Begin {
  desk(): Promise<unknown>;
  passed(allowance: Passed): unknown;
}

/** Asks every platform how it stands while everything else begins; the stop does not wait for an answer. */
function checkUps(platforms: readonly Platform[]): () => Promise<void> {
  const stopping = new AbortController();
  for (const platform of platforms) void platform.checkUp?.(stopping.signal);
  return async () => stopping.abort();
}

/** What carries messages. */
interface Met {
  readonly platforms: readonly Platform[];
  readonly carriers: readonly Carrier[];
  readonly sandbox: JoinedSandbox | null;
}

/** The sandbox's platform and carrier, spoken to over their wire, or the real ones; never both. */
async function meetPlatforms(
  storage: Storage,
  settings: Settings,
  log: Logger,
  roster: Roster,
  wake: Wake,
  parts: StopList,
  begin: Begin,
): Promise<Met> {
  const { pool, clock, directory } = storage;
  const carrierPorts = { clock, directory, log };
  const now = () => clock.now();
  const platformDeps = {
    clock,
    pace: realPace,
    log,
    shelf: createTokenShelf(pool, now),
    papers: createPaperSource(pool),
    meter: createMeter(pool, now),
    allowance: (passed: Passed) => begin.passed(passed),
  };
  if (settings.sandbox === 'off') return { ...realPlatforms(settings.platforms ?? '', platformDeps, carrierPorts), sandbox: null };
  let joined: JoinedSandbox | null = null;
  const control: SandboxControl = createControl({
    ...storage,
    pace: realPace,
    wake,
    moved: async (now) => joined?.moved(now),
    wipe: async () => {
      await storage.wipe();
      rmSync(anchorsFile(settings.dataDir), { force: true });
      joined?.wipe();
      await begin.desk();
    },
  });
  joined =
    settings.sandboxUrl === null ? await joinInside(roster, control, settings.sandbox) : await joinOutside(settings.sandboxUrl, control);
  const { stop } = joined;
  parts.add(stop);
  const platforms = [sandboxPlatform(joined.binding, platformDeps)];
  return { platforms, carriers: [sandboxCarrier(joined.carrier, carrierPorts)], sandbox: joined };
}

/** Tells the sandbox where the bot takes callbacks, as a clerk does in the admin console. */
async function introduce(sandbox: JoinedSandbox, platforms: readonly Platform[], url: string, log: Logger): Promise<void> {
  for (const p of platforms) {
    const path = sandboxCallback(p, sandbox.binding);
    let passed = false;
    for (let tries = 0; tries < MOST_INTRODUCTIONS && !passed; tries++) passed = await sandbox.register(url, path);
    if (!passed) log.error({ platform: p.id }, 'the sandbox could not verify the callback address');
  }
}

interface StopList {
  add(stop: () => Promise<void>): void;
  /** Stops all parts, the last started first; a part that fails does not keep the others. */
  stop(): Promise<void>;
}

function stopList(log: Logger): StopList {
  const stops: (() => Promise<void>)[] = [];
  return {
    add: (stop) => void stops.push(stop),
    stop: async () => {
      for (const stop of stops.splice(0).reverse())
        await stop().catch((cause: unknown) => log.error({ cause }, 'a part did not stop in order'));
    },
  };
}
