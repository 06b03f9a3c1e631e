/** One tenant's binding to DingTalk: hosts, identities and the mapping of rooms and people, checked before anything connects. */
import { z } from 'zod';
import { address, below, doubles, HOST, PROXY } from '../wire/addresses';

/** Features that an organisation may lack, as `on`, `off` or `probe`; what is not named counts as `on`. */
export const CAPABILITIES = [
  'robot.reply',
  'robot.group',
  'robot.single',
  'robot.files',
  'robot.recall',
  'webhook',
  'cards',
  'ding',
  'ding.sms',
  'ding.phone',
  'work',
  'groups',
  'contacts',
  'oauth',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const name = z.string().min(1).max(256);
const id = z.string().min(1).max(64);

/** The custom robot of a group (dossier 3.2): `keyword` is put into every text where the group demands one. */
const Webhook = z.strictObject({ accessToken: name, secret: name.optional(), keyword: z.string().min(1).max(32).optional() });

/** `chatId`: the older id of the same group; a room without `webhook` has no custom robot. */
const Room = z.strictObject({ openConversationId: name, chatId: name.optional(), webhook: Webhook.optional() });

/** DING in the app is not counted. */
const MonthlyDings = z
  .strictObject({ sms: z.number().int().nonnegative().default(0), phone: z.number().int().nonnegative().default(0) })
  .prefault({});

/** What proves and opens events that come over the callback address (dossier 2.4). */
const Event = z.strictObject({
  token: z.string().regex(/^[\x21-\x7e]{1,64}$/, 'expected 1 to 64 printable characters'),
  aesKey: z.string().regex(/^[A-Za-z0-9]{43}$/, 'expected exactly 43 letters or digits'),
});

/**
 * Schema of a binding; unknown keys are refused. Plain `http` only to this machine. `mode`: heard over the long connection (`stream`) or
 * over callback addresses (`callback`); `event` opens the events there, and `cardRouteKey` is the name under which the platform knows our address for
 * presses (dossier 3.7): without it there are no cards in that mode. `people` maps person ids to userids, `mobiles` to telephones by which a
 * group's robot calls those whom the group knows by no userid; the number is seen there. `sessionHosts` are hosts
 * besides that of `oapiBase` to which an answer may go. `monthlyCalls` is the organisation's quota (dossier 4.3), `monthlyDings` how many DINGs
 * by short message and by call it has bought a month (3.5), 0 for no limit each. `ca` is
 * PEM text trusted besides nothing else; `proxy` an HTTP proxy that allows CONNECT without a password; `callMs` the time limit of a call.
 */
export const DingtalkBinding = z
  .strictObject({
    tenant: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    apiBase: address(['https:', 'http:']),
    oapiBase: address(['https:', 'http:']),
    loginBase: address(['https:', 'http:']).optional(),
    consoleUrl: address(['https:', 'http:']).optional(),
    ca: z.string().min(1).optional(),
    proxy: PROXY.optional(),
    callMs: z.number().int().min(1_000).max(10_000).optional(),
    corpId: name,
    clientId: name,
    clientSecret: name,
    robotCode: name,
    robotName: name,
    agentId: z.number().int().nonnegative().optional(),
    mode: z.enum(['stream', 'callback']).default('stream'),
    event: Event.optional(),
    sessionHosts: z.array(HOST).max(8).default([]),
    cardTemplateId: name.optional(),
    cardRouteKey: name.optional(),
    sceneTemplateId: name.optional(),
    monthlyCalls: z.number().int().nonnegative().default(10_000),
    monthlyDings: MonthlyDings,
    rooms: z.record(id, Room),
    people: z.record(id, name),
    mobiles: z.record(id, z.string().regex(/^1\d{10}$/, 'expected 11 digits')).default({}),
    capabilities: z.partialRecord(z.enum(CAPABILITIES), z.enum(['on', 'off', 'probe'])).optional(),
  })
  .superRefine((binding, faults) => {
    for (const double of doubles(Object.values(binding.people))) {
      faults.addIssue({ code: 'custom', path: ['people'], message: `userid ${double} belongs to two people` });
    }
    for (const double of doubles(Object.values(binding.rooms).map((room) => room.openConversationId))) {
      faults.addIssue({ code: 'custom', path: ['rooms'], message: `group ${double} belongs to two rooms` });
    }
  });
export type DingtalkBinding = Readonly<z.infer<typeof DingtalkBinding>>;

const LOGIN_BASE = 'https://login.dingtalk.com';

/** A call to the new host, with the base's port and path prefix kept. */
export function apiUrl(binding: DingtalkBinding, path: string, query: Readonly<Record<string, string>> = {}): URL {
  return below(binding.apiBase, path, query);
}

/** A call to the old host. */
export function oapiUrl(binding: DingtalkBinding, path: string, query: Readonly<Record<string, string>> = {}): URL {
  return below(binding.oapiBase, path, query);
}

/** How presses on our cards come back to us; null where they would not, so that words have to do. */
export function cardCallback({ cardTemplateId, mode, cardRouteKey }: DingtalkBinding): Readonly<Record<string, string>> | null {
  if (cardTemplateId === undefined) return null;
  if (mode === 'stream') return { callbackType: 'STREAM' };
  return cardRouteKey === undefined ? null : { callbackType: 'HTTP', callbackRouteKey: cardRouteKey };
}

/** Where a browser is sent to sign in (dossier 5). */
export function loginUrl(binding: DingtalkBinding, path: string, query: Readonly<Record<string, string>>): URL {
  return below(binding.loginBase ?? LOGIN_BASE, path, query);
}

/** Hosts (with port) that the adapter may call over HTTP; every other one is refused before a connection is made. */
export function allowedHosts(binding: DingtalkBinding): ReadonlySet<string> {
  return new Set([...[binding.apiBase, binding.oapiBase].map((base) => new URL(base).host), ...binding.sessionHosts]);
}

/**
 * The address at which one message can be answered, if it is one of the platform's own (dossier 2.1): it comes in a body that nobody has
 * signed (2.3), and must not lead the adapter anywhere else. Null for every other.
 */
export function sessionUrl(binding: DingtalkBinding, written: string): URL | null {
  if (written.length > 2_048 || !URL.canParse(written)) return null;
  const [url, base] = [new URL(written), new URL(binding.oapiBase)];
  const isOurs = url.host === base.host || binding.sessionHosts.includes(url.host);
  const isPlain = url.username === '' && url.password === '' && url.hash === '';
  return isOurs && isPlain && url.protocol === base.protocol && url.pathname.endsWith('/robot/sendBySession') ? url : null;
}
