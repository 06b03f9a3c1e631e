/** One tenant's binding to WeCom: hosts, identities and the mapping of rooms and people, checked before anything connects. */
import { z } from 'zod';
import { address, below, doubles, HOST, PROXY } from '../wire/addresses';

/**
 * Features that a private deployment may lack (dossier section 6). `probe`: used until the platform refuses it as something it does not
 * have, then left out until the next start. `on`: used always. `off`: never. What is not named counts as `on`.
 */
export const CAPABILITIES = [
  'aibot.ws',
  'aibot.url',
  'aibot.groupPush',
  'aibot.cards',
  'aibot.files',
  'webhook',
  'webhook.files',
  'app.cards',
  'app.files',
  'app.appchat',
  'app.recall',
  'app.mention',
  'contacts',
  'oauth',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const name = z.string().min(1).max(256);
const id = z.string().min(1).max(64);
const callbackToken = z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'expected 1 to 32 letters or digits');
const callbackAesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, 'expected exactly 43 letters or digits');

/** `secret`: heard over the long connection; `callbackToken` and `callbackAesKey`: over its callback address. One of the two, never both. */
const Robot = z
  .strictObject({
    botId: name,
    name,
    secret: name.optional(),
    callbackToken: callbackToken.optional(),
    callbackAesKey: callbackAesKey.optional(),
    /** Minutes without a word from any group after which the long connection is made anew; groups were seen to fall silent alone. */
    quietMinutes: z.number().int().min(5).max(1440).default(60),
  })
  .superRefine((robot, faults) => {
    const byUrl = [robot.callbackToken, robot.callbackAesKey].filter((part) => part !== undefined).length;
    const ways = (robot.secret === undefined ? 0 : 1) + (byUrl === 0 ? 0 : 1);
    if (ways !== 1 || byUrl === 1)
      faults.addIssue({ code: 'custom', message: 'expected either secret, or callbackToken and callbackAesKey' });
  });

/** A room without `webhookKey` has no webhook; `appChatId` is the app's own group for the same people. */
const Room = z.strictObject({
  chatId: name,
  webhookKey: name.optional(),
  appChatId: z
    .string()
    .regex(/^[0-9A-Za-z]{1,32}$/)
    .optional(),
});

/**
 * Schema of a binding; unknown keys are refused. Plain `http` and `ws` only to this machine. `ca` is PEM text trusted besides
 * nothing else; `consoleUrl` is where a card leads that needs a link. `people` maps person ids to plain userids. `hostAliases` names
 * the host to call instead of one that the platform writes into an address; `callMs` is the time limit of one call. `proxy` is an HTTP
 * proxy that allows CONNECT without a password; everything of this tenant goes through it, the long connection too.
 */
export const WecomBinding = z
  .strictObject({
    tenant: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    apiBase: address(['https:', 'http:']),
    webhookBase: address(['https:', 'http:']).optional(),
    oauthBase: address(['https:', 'http:']).optional(),
    wsUrl: address(['wss:', 'ws:']).optional(),
    consoleUrl: address(['https:', 'http:']).optional(),
    ca: z.string().min(1).optional(),
    proxy: PROXY.optional(),
    hostAliases: z.record(HOST, HOST).optional(),
    callMs: z.number().int().min(1_000).max(10_000).optional(),
    corpId: name,
    agentId: z.number().int().nonnegative(),
    corpSecret: name,
    callbackToken,
    callbackAesKey,
    robot: Robot,
    rooms: z.record(id, Room),
    people: z.record(id, id),
    capabilities: z.partialRecord(z.enum(CAPABILITIES), z.enum(['on', 'off', 'probe'])).optional(),
  })
  .superRefine((binding, faults) => {
    if (binding.robot.secret !== undefined && binding.wsUrl === undefined) {
      faults.addIssue({ code: 'custom', path: ['wsUrl'], message: 'expected the address of the long connection' });
    }
    for (const double of doubles(Object.values(binding.people).map((userid) => userid.toLowerCase()))) {
      faults.addIssue({ code: 'custom', path: ['people'], message: `userid ${double} belongs to two people` });
    }
    for (const double of doubles(Object.values(binding.rooms).map((room) => room.chatId))) {
      faults.addIssue({ code: 'custom', path: ['rooms'], message: `chat ${double} belongs to two rooms` });
    }
  });
export type WecomBinding = Readonly<z.infer<typeof WecomBinding>>;

const OAUTH_BASE = 'https://open.weixin.qq.com';

/** The full address of a server call, with the base's port and path prefix kept. */
export function apiUrl(binding: WecomBinding, path: string, query: Readonly<Record<string, string>>): URL {
  return below(binding.apiBase, `cgi-bin/${path}`, query);
}

/** The same for the group webhook, which may stand on a host of its own. */
export function webhookUrl(binding: WecomBinding, path: string, query: Readonly<Record<string, string>>): URL {
  return below(binding.webhookBase ?? binding.apiBase, `cgi-bin/webhook/${path}`, query);
}

/** Where a browser is sent to sign in (dossier 5.8). */
export function oauthUrl(binding: WecomBinding, path: string, query: Readonly<Record<string, string>>): URL {
  return below(binding.oauthBase ?? OAUTH_BASE, path, query);
}

/** An address that the platform wrote, led to the host that this deployment reaches it by; null for anything else, and for hosts that are none of ours. */
export function aliased(binding: WecomBinding, written: string): URL | null {
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  const alias = binding.hostAliases?.[url.host];
  if (alias !== undefined) return new URL(`${new URL(binding.apiBase).protocol}//${alias}${url.pathname}${url.search}`);
  const isOurs = allowedHosts(binding).has(url.host) && url.protocol === new URL(binding.apiBase).protocol;
  return isOurs ? url : null;
}

/** Hosts (with port) that the adapter may call over HTTP; every other one is refused before a connection is made. */
export function allowedHosts(binding: WecomBinding): ReadonlySet<string> {
  const bases = [binding.apiBase, ...(binding.webhookBase === undefined ? [] : [binding.webhookBase])];
  return new Set([...bases.map((base) => new URL(base).host), ...Object.values(binding.hostAliases ?? {})]);
}
