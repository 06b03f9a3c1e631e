/** Rules on who may import whom (design section 3): downward only, no circle, and implementers joined by the wiring alone. */
import { inEach, type Rule } from './rule';
import type { Source } from './source';

/** Rooms in which a port, a file reader or a simulator stands; those above the line of business join them. */
const SIDE = [
  'store',
  'bot/wecom',
  'bot/dingtalk',
  'bot/wire',
  'jobs/queue',
  'config',
  'settings',
  'sandbox',
  'reader',
  'watchdog',
  'carrier',
  'outside',
  'papers',
] as const;
const ROAD = ['core', 'ports', 'handlers', 'bot', 'jobs', 'web'] as const;

/** Each room and the rooms it may import besides itself: main > app > web, jobs > bot > handlers > ports > core. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ports: ['core'],
  handlers: ['ports', 'core'],
  bot: ['handlers', 'ports', 'core'],
  jobs: ['bot', 'handlers', 'ports', 'core'],
  web: ['bot', 'handlers', 'ports', 'core'],
  store: ['ports', 'core'],
  'bot/wecom': ['bot/wire', 'ports', 'core'],
  'bot/dingtalk': ['bot/wire', 'ports', 'core'],
  'bot/wire': ['ports', 'core'],
  'jobs/queue': ['ports', 'core'],
  config: ['zip', 'ports', 'core'],
  reader: ['outside', 'ports', 'core'],
  watchdog: ['outside', 'ports', 'core'],
  carrier: ['outside', 'ports', 'core'],
  papers: ['zip', 'ports', 'core'],
  outside: [],
  zip: [],
  settings: [],
  sandbox: [],
  wiring: [...ROAD, ...SIDE],
  app: [...ROAD, ...SIDE, 'wiring'],
  main: [...ROAD, ...SIDE, 'wiring', 'app'],
  cli: [...ROAD, ...SIDE, 'zip', 'wiring', 'app', 'main'],
};

/** The room a file stands in: its first folder, but adapters and the clock-and-queue files of `jobs` are rooms of their own. */
export function roomOf(path: string): string {
  const adapter = /^bot\/(wecom|dingtalk|wire)\//.exec(path);
  if (adapter !== null) return `bot/${adapter[1]}`;
  if (/^jobs\/(queue[./]|pace\.ts$)/.test(path)) return 'jobs/queue';
  return path.replace(/[./].*$/, '');
}

/** Twins that share `bot/wire` and know nothing of each other. */
const ADAPTERS: readonly string[] = ['bot/wecom', 'bot/dingtalk'];

const everywhere = (): boolean => true;
/** Helpers that stand below a room of their own kind. */
const below = (file: Source): readonly string[] => {
  const room = roomOf(file.path);
  if (['watchdog', 'carrier', 'reader'].includes(room)) return ['outside'];
  return ADAPTERS.includes(room) ? ['bot/wire'] : [];
};

const downward: Rule = {
  title: 'imports point downward only: cli > main > app > wiring > web, jobs > bot > handlers > ports > core',
  guards: everywhere,
  find: inEach((file) => {
    const room = roomOf(file.path);
    const below = MAY_IMPORT[room];
    if (below === undefined) return [{ line: 1, what: `stands in a room no rule knows: ${room}` }];
    return own(file).flatMap(({ to, line }) => (to === room || below.includes(to) ? [] : [{ line, what: `${room} imports ${to}` }]));
  }),
  planted: [{ 'handlers/x.ts': "import type { Reply } from '../bot/reply';", 'bot/reply.ts': 'export type Reply = 1;' }],
};

const everyRoomIsThere: Rule = {
  title: 'every room of the import table still has a file',
  guards: everywhere,
  find: (guarded) =>
    Object.keys(MAY_IMPORT)
      .filter((room) => !guarded.some(({ path }) => roomOf(path) === room))
      .map((room) => ({ path: room, line: 0, what: 'the table names a room without a file' })),
  planted: [{ 'core/x.ts': '' }],
};

const noCircle: Rule = {
  title: 'no file imports itself round a circle, types included',
  guards: everywhere,
  find: (guarded) => circles(guarded).map((circle) => ({ path: circle[0] ?? '', line: 1, what: `circle ${circle.join(' > ')}` })),
  planted: [
    {
      'core/a.ts': "export * from './b';",
      'core/b.ts': "export type B = import('./c').C;",
      'core/c.ts': "import type { A } from './a'; export type C = A;",
    },
  ],
};

const plainTargets: Rule = {
  title: 'every import names its target in plain text',
  guards: everywhere,
  find: inEach((file) => file.unreadable.map((line) => ({ line, what: 'imports something computed' }))),
  planted: [{ 'cli/x.ts': "const name = './y'; export const y = import(name);" }],
};

const joinedOnlyAbove: Rule = {
  title:
    'store, adapter, queue, config, settings, sandbox, second reader, watchdog and papers are joined by main, app, wiring and cli alone',
  guards: (path) => !['main', 'app', 'wiring', 'cli'].includes(roomOf(path)),
  find: inEach((file) =>
    own(file).flatMap(({ to, line }) =>
      to !== roomOf(file.path) && !below(file).includes(to) && (SIDE as readonly string[]).includes(to)
        ? [{ line, what: `joins ${to}` }]
        : [],
    ),
  ),
  planted: [{ 'jobs/x.ts': "import { createStore } from '../store/postgres';", 'store/postgres.ts': 'export const createStore = 1;' }],
};

const sandboxAlone: Rule = {
  title: 'the simulator shares no file with the bot: it imports nothing of ours and only app, wiring and cli know it',
  guards: (path) => roomOf(path) === 'sandbox',
  find: (guarded, all) => [
    ...guarded.flatMap((file) =>
      own(file).flatMap(({ to, line }) => (to === 'sandbox' ? [] : [{ path: file.path, line, what: `imports ${to}` }])),
    ),
    ...all.flatMap((file) =>
      ['sandbox', 'app', 'wiring', 'cli'].includes(roomOf(file.path))
        ? []
        : own(file).flatMap(({ to, line }) => (to === 'sandbox' ? [{ path: file.path, line, what: 'imports the simulator' }] : [])),
    ),
  ],
  planted: [
    {
      'sandbox/wecom/crypt.ts': "import { decrypt } from '../../bot/wecom/intake/decrypt';",
      'bot/wecom/intake/decrypt.ts': 'export const decrypt = 1;',
    },
    { 'web/x.ts': "export const sandbox = () => import('../sandbox/sandbox.js');", 'sandbox/sandbox.ts': '' },
  ],
};

const strangers: Rule = {
  title: 'platform adapters are strangers to the simulator, to each other and to the rest of the bot',
  guards: (path) => roomOf(path).startsWith('bot'),
  find: inEach((file) => {
    const room = roomOf(file.path);
    return own(file).flatMap(({ to, line }) => {
      const foreign = to !== room && !below(file).includes(to) && (to.startsWith('bot') || to === 'sandbox');
      return foreign ? [{ line, what: `${room} imports ${to}` }] : [];
    });
  }),
  planted: [
    { 'bot/router.ts': "export { split } from './wire/split';", 'bot/wire/split.ts': 'export const split = 1;' },
    { 'bot/dingtalk/call.ts': "export { call } from '../wecom/call';", 'bot/wecom/call.ts': 'export const call = 1;' },
  ],
};

export const directions: readonly Rule[] = [downward, everyRoomIsThere, noCircle, plainTargets, joinedOnlyAbove, sandboxAlone, strangers];

/** Rooms of the own files that a file imports. */
function own(file: Source): readonly { readonly to: string; readonly line: number }[] {
  return file.imports.filter((i) => i.own).map(({ to, line }) => ({ to: roomOf(to), line }));
}

/** One circle for each way back found while walking down; none when there is no circle. */
function circles(files: readonly Source[]): readonly (readonly string[])[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const back = way.indexOf(path);
    if (back >= 0) found.push([...way.slice(back), path]);
    if (back >= 0 || done.has(path)) return;
    for (const { to } of byPath.get(path)?.imports ?? []) if (byPath.has(to)) walk(to, [...way, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return found;
}
