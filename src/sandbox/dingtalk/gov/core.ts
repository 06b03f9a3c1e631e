/** Puts one tenant on the government edition and its records together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CommonCore, type CommonSurroundings, createRecords, wipeRecords } from '../../commonCore';
import type { World } from '../../world';
import { headerOf } from '../http';
import { DingMedia } from '../media';
import { DING_TIMES } from '../parts';
import { Readers } from '../readers';
import { GovBook } from './book';
import { GovChats } from './chats';
import { GovDings } from './ding';
import { GovEars } from './ears';
import { Gate } from './gate';
import { type GovBinding, type GovKeys, randomGovKeys } from './keys';
import { GovNotices } from './notices';
import type { GovParts, GovTable } from './parts';
import { GovPeople } from './people';
import { GovSessions } from './sessions';
import { serveGov } from './wire';

/** One tenant on the government edition; its addresses lie at the root, as its requests are signed over the path. */
export interface GovCore extends CommonCore {
  readonly platform: 'govding';
  readonly keys: GovKeys;
  readonly book: GovBook;
  readonly ears: GovEars;
  readonly people: GovPeople;
  readonly readers: Readers;
  binding(port: number): GovBinding;
  /** True for a request that names this tenant by its key or by a session. */
  owns(request: IncomingMessage): boolean;
  serve(request: IncomingMessage, response: ServerResponse): void;
}

/** What a person may want to see fail; every other name of the record of calls works too. */
const FAULT_APIS = [
  'message/workNotification',
  'robot/message/sendgroup',
  'robot/message/sendoto',
  'chat/sendMsg',
  'gov/ding/isv/send.json',
  'robot/sendBySession',
  'gettoken.json',
  'callback/robot',
];

/** Builds one tenant without opening a port. */
export function createGovCore(world: World, { control, base }: CommonSurroundings): GovCore {
  const now = () => control.now();
  const { tenant } = world.keys;
  const records = createRecords(world, now);
  const [book, keys, media] = [new GovBook(world), randomGovKeys(tenant), new DingMedia(records.files, now)];
  const switches = { on: { readAfterMs: null } };
  const readers = new Readers(world, records.board, switches, now);
  const parts = { world, book, keys, ...records, media, readers, callbackMs: DING_TIMES.callbackMs, now, base };
  const { gate, sessions, ears, people, table, wipe } = assemble(parts);
  return {
    platform: 'govding',
    tenant,
    world,
    keys,
    book,
    ears,
    people,
    readers,
    ...records,
    switches,
    faultApis: FAULT_APIS,
    binding: (port) => bindingOf(keys, book, `http://127.0.0.1:${port}`),
    robot: () => ({ name: keys.robotName, connected: false, callback: ears.configured, byUrl: true }),
    setCallbackUrl: async (url) => {
      ears.configure(url);
      return true;
    },
    owns: (request) => {
      const session = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('session');
      return headerOf(request, 'apikey') === keys.appKey || (session !== null && sessions.knows(session));
    },
    serve: (request, response) => void serveGov({ ...parts, gate, sessions, table }, request, response).catch(() => response.destroy()),
    wipe: () => wipeRecords(records, { wipe }),
    stop: () => undefined,
  };
}

/** Everything that answers calls, joined in one table by path. */
function assemble(parts: GovParts) {
  const [gate, sessions] = [new Gate(parts.keys, parts.now), new GovSessions(parts)];
  const ears = new GovEars(parts, sessions);
  const [notices, chats, dings, people] = [new GovNotices(parts), new GovChats(parts), new GovDings(parts), new GovPeople(parts)];
  const token: GovTable = { 'gettoken.json': { open: true, run: ({ params }) => gate.issue(params) } };
  const table = { ...token, ...ears.table(), ...notices.table(), ...chats.table(), ...dings.table(), ...people.table() };
  const wipe = () => {
    for (const part of [gate, sessions, notices, chats, dings, people, parts.media, parts.readers]) part.wipe();
    parts.book.dropMade();
  };
  return { gate, sessions, ears, people, table, wipe };
}

function bindingOf(keys: GovKeys, book: GovBook, base: string): GovBinding {
  return {
    platform: 'govding',
    ...keys,
    base,
    rooms: Object.fromEntries(book.groups.map(({ room, chatId, robotToken }) => [room.id, { chatId, robotToken }])),
    people: Object.fromEntries(book.accounts.map(({ person, employeeCode, accountId }) => [person.id, { employeeCode, accountId }])),
  };
}
