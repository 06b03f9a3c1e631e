/** Puts one organisation on DingTalk and its records together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type CommonCore, type CommonSurroundings, createRecords, wipeRecords } from '../commonCore';
import type { World } from '../world';
import { Book } from './book';
import { DingTalk } from './dingTalk';
import { type DingBinding, type DingKeys, randomDingKeys } from './keys';
import { DingMedia } from './media';
import { DING_TIMES, type DingTimes } from './parts';
import { Readers } from './readers';
import { DingSwitchBoard } from './switches';
import type { Host } from './wireApi';

/** One organisation on DingTalk; all its addresses lie below `/dingtalk/<tenant>/`. */
export interface DingCore extends CommonCore {
  readonly platform: 'dingtalk';
  readonly keys: DingKeys;
  readonly book: Book;
  readonly switches: DingSwitchBoard;
  readonly dingTalk: DingTalk;
  binding(port: number): DingBinding;
  /** Serves a request that names this organisation; false for any other. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes over an upgrade that names this organisation's stream. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/** What a person may want to see fail; every other name of the record of calls works too. */
const FAULT_APIS = [
  'robot/send',
  'robot/sendBySession',
  'robot/groupMessages/send',
  'robot/oToMessages/batchSend',
  'robot/ding/send',
  'card/instances/createAndDeliver',
  'card/instances/update',
  'topapi/message/corpconversation/asyncsend_v2',
  'oauth2/accessToken',
  'gateway/connections/open',
  'stream/connect',
  'stream/robot',
  'stream/card',
  'stream/event',
  'callback/robot',
  'callback/event',
];

/** Builds one organisation without opening a port. */
export function createDingCore(world: World, { control, base }: CommonSurroundings, times: DingTimes = DING_TIMES): DingCore {
  const now = () => control.now();
  const { tenant } = world.keys;
  const root = `/dingtalk/${tenant}`;
  const records = createRecords(world, now);
  const [book, keys, switches] = [new Book(world), randomDingKeys(tenant), new DingSwitchBoard()];
  const media = new DingMedia(records.files, now);
  const readers = new Readers(world, records.board, switches, now);
  const parts = { world, book, keys, ...records, media, readers, switches, times, now, base: () => `${base()}${root}` };
  const dingTalk = new DingTalk(parts);
  return {
    platform: 'dingtalk',
    tenant,
    world,
    keys,
    book,
    ...records,
    switches,
    dingTalk,
    faultApis: FAULT_APIS,
    binding: (port) => bindingOf(keys, book, `http://127.0.0.1:${port}${root}`),
    robot: () => ({
      name: keys.robotName,
      connected: dingTalk.sockets.connected,
      callback: dingTalk.robot.ears.byUrl || dingTalk.events.byUrl,
      byUrl: dingTalk.robot.ears.byUrl,
    }),
    setCallbackUrl: (url) => dingTalk.events.configure(url),
    serve: (request, response) => serveBelow(`${root}/`, dingTalk, request, response),
    upgrade: (request, socket, head) => {
      const mine = request.url?.startsWith(`${root}/connect`) === true;
      if (mine) dingTalk.upgrade(request, socket, head);
      return mine;
    },
    wipe: () => wipeRecords(records, dingTalk),
    stop: () => dingTalk.stop(),
  };
}

function serveBelow(root: string, dingTalk: DingTalk, request: IncomingMessage, response: ServerResponse): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!pathname.startsWith(root)) return false;
  const [host = '', ...path] = pathname.slice(root.length).split('/');
  if (isHost(host)) dingTalk.serve({ host, path: path.join('/') }, request, response);
  else response.writeHead(404).end();
  return true;
}

function isHost(name: string): name is Host {
  return name === 'api' || name === 'oapi' || name === 'login';
}

function bindingOf(keys: DingKeys, book: Book, base: string): DingBinding {
  const rooms = book.groups.flatMap(({ room, openConversationId, chatId, hook }) => {
    if (!hook) return [];
    const webhook = { url: `${base}/oapi/robot/send?access_token=${hook.accessToken}`, ...hook };
    return [[room.id, { openConversationId, chatId, webhook }] as const];
  });
  return {
    platform: 'dingtalk',
    ...keys,
    apiBase: `${base}/api`,
    oapiBase: `${base}/oapi`,
    loginBase: `${base}/login`,
    rooms: Object.fromEntries(rooms),
    people: Object.fromEntries(book.accounts.map(({ person, userid }) => [person.id, userid])),
  };
}
