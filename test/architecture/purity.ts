/** Rules on what may touch a clock, chance, the machine or a foreign library: the core never, the line of business only through ports. */
import { roomOf } from './directions';
import { inEach, type Rule } from './rule';
import type { Node, Source } from './source';

/** Real time and chance, which arrive through `Clock`, `Pace` and `Ids`. */
const CLOCKS = new Set(['Date.now', 'DateTime.now', 'DateTime.local', 'DateTime.utc', 'performance.now', 'AbortSignal.timeout']);
const CHANCE = new Set(['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues']);
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);
/** Names of the machine and the network that the core does not know. */
const MACHINE = new Set(['process', 'console', 'fetch', 'globalThis', 'Buffer', 'require']);

const CORE_LIBRARIES = new Set(['luxon', 'zod']);

const coreIsPure: Rule = {
  title: 'the core knows no clock, no chance, no timer and no machine: moments and ids arrive with the command',
  guards: (path) => roomOf(path) === 'core',
  find: inEach((file) => [...spoken(file, (word) => isRealTime(word) || word === 'new Date'), ...machineWords(file)]),
  planted: [
    { 'core/a.ts': 'export const today = () => new Date().getDate();' },
    { 'core/report/calendar.ts': 'export const yearOf = (at: number) => new Date(at).getUTCFullYear();' },
    { 'core/b.ts': 'export const zone = process.env.TZ;' },
    { 'core/c.ts': "import { DateTime } from 'luxon'; export const now = () => DateTime.now();" },
  ],
};

const coreImports: Rule = {
  title: 'the core imports nothing but itself, luxon and zod',
  guards: (path) => roomOf(path) === 'core',
  find: inEach((file) =>
    file.imports.flatMap(({ to, own, line }) =>
      (own && roomOf(to) === 'core') || CORE_LIBRARIES.has(to) ? [] : [{ line, what: `imports ${to}` }],
    ),
  ),
  planted: [{ 'core/x.ts': "import { createHash } from 'node:crypto'; export const of = createHash;" }],
};

const realTimeThroughPorts: Rule = {
  title: 'handlers, bot and jobs take real time and chance from their ports; only adapters, queue and pace hold them',
  guards: (path) => ['handlers', 'bot', 'jobs'].includes(roomOf(path)),
  find: inEach((file) => [
    ...spoken(file, isRealTime),
    ...file.imports.flatMap(({ to, line }) => (/^node:(timers|crypto)/.test(to) ? [{ line, what: `imports ${to}` }] : [])),
  ]),
  planted: [
    { 'jobs/x.ts': 'export const later = (work: () => void) => setTimeout(work, 1000);' },
    { 'jobs/y.ts': 'export const soon = (work: () => void) => globalThis.setImmediate(work);' },
    { 'bot/x.ts': 'export const code = () => Math.floor(Math.random() * 10000);' },
    { 'handlers/x.ts': "import { randomUUID } from 'node:crypto'; export const id = randomUUID;" },
  ],
};

/** Ways out of the machine, as modules and as words; `ws` stands in the list of libraries too, for the rooms below. */
const SOCKETS = /^(node:)?(net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster)(\/|$)|^(ws|undici)$/;
const CALLS_OUT = new Set(['fetch', 'new WebSocket', 'new EventSource', 'new Worker']);

const noSockets: Rule = {
  title: 'core, handlers, bot and jobs open no socket and start no process: the world is reached through ports alone',
  guards: (path) => ['core', 'handlers', 'bot', 'jobs'].includes(roomOf(path)),
  find: inEach((file) => [
    ...spoken(file, (word) => CALLS_OUT.has(word)),
    ...file.imports.flatMap(({ to, own, line }) => (!own && SOCKETS.test(to) ? [{ line, what: `imports ${to}` }] : [])),
  ]),
  planted: [
    { 'handlers/x.ts': "import { connect } from 'node:net'; export const c = connect;" },
    { 'jobs/x.ts': "export const call = async () => (await import('node:https')).get('https://example.com');" },
    { 'core/x.ts': "import type { Socket } from 'dgram'; export type S = Socket;" },
    { 'jobs/send/x.ts': "import tls = require('node:tls'); export const c = tls.connect;" },
    { 'bot/x.ts': "import { WebSocket } from 'ws'; export const w = WebSocket;" },
    { 'bot/y.ts': "export const get = () => fetch('http://127.0.0.1');" },
    { 'handlers/y.ts': "export const get = () => globalThis.fetch('http://127.0.0.1');" },
    { 'jobs/y.ts': "export const line = () => new WebSocket('ws://127.0.0.1');" },
  ],
};

/** Each library and the rooms that may know it; adding a room here is a decision, not a detail. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  bullmq: ['jobs/queue'],
  ioredis: ['jobs/queue'],
  pg: ['store', 'jobs/queue', 'wiring', 'app'],
  kysely: ['store'],
  koa: ['web', 'sandbox', 'wiring'],
  '@koa/router': ['web', 'sandbox', 'wiring'],
  ws: ['bot/wecom', 'bot/dingtalk', 'sandbox'],
  '@wecom/crypto': ['bot/wecom'],
  saxes: ['bot/wecom', 'config', 'papers'],
  fflate: ['config', 'papers'],
  docx: ['papers'],
  'prom-client': ['web'],
  yaml: ['config'],
  pino: ['app', 'wiring', 'store', 'jobs/queue'],
  luxon: ['core', 'web'],
};

const librariesAtHome: Rule = {
  title: 'each library is known to its own rooms alone',
  guards: (path) => path.endsWith('.ts'),
  find: inEach((file) =>
    file.imports.flatMap(({ to, own, line }) => {
      const rooms = own ? undefined : LIBRARIES[to];
      return rooms === undefined || rooms.includes(roomOf(file.path)) ? [] : [{ line, what: `${roomOf(file.path)} imports ${to}` }];
    }),
  ),
  planted: [{ 'handlers/x.ts': "import { Queue } from 'bullmq'; export const q = Queue;" }],
};

export const purity: readonly Rule[] = [coreIsPure, coreImports, realTimeThroughPorts, noSockets, librariesAtHome];

function isRealTime(word: string): boolean {
  return CLOCKS.has(word) || CHANCE.has(word) || TIMERS.has(word) || word === 'new Date()';
}

/** Reads of a clock, of chance or of a timer, as `Date.now`, `setTimeout`, `new Date` and, without a moment given, `new Date()`. */
function spoken(file: Source, isMeant: (word: string) => boolean): readonly { readonly line: number; readonly what: string }[] {
  return file.nodes.flatMap((node) => {
    const what = wordsOf(node).find(isMeant);
    return what === undefined ? [] : [{ line: file.lineOf(node), what }];
  });
}

function wordsOf(node: Node): readonly string[] {
  if (node.type === 'MemberExpression') {
    const [object, property] = [nameOf(node.object), nameOf(node.property)];
    return object === 'globalThis' ? [property] : [`${object}.${property}`];
  }
  if (node.type === 'CallExpression') return [nameOf(node.callee)];
  if (node.type !== 'NewExpression') return [];
  if (nameOf(node.callee) !== 'Date') return [`new ${nameOf(node.callee)}`];
  const given = (node.arguments as readonly unknown[] | undefined)?.length ?? 0;
  return given === 0 ? ['new Date()', 'new Date'] : ['new Date'];
}

function machineWords(file: Source): readonly { readonly line: number; readonly what: string }[] {
  return file.nodes.flatMap((node) => {
    const used = node.type === 'MemberExpression' ? nameOf(node.object) : node.type === 'CallExpression' ? nameOf(node.callee) : '';
    return MACHINE.has(used) ? [{ line: file.lineOf(node), what: used }] : [];
  });
}

function nameOf(node: unknown): string {
  const { type, value } = node as Node;
  return type === 'Identifier' ? String(value) : '';
}
