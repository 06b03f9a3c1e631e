/** One tenant's binding to WeCom: hosts, identities and the mapping of rooms and people, checked before anything connects. */
import { z } from 'zod';

/** Features that a private deployment may lack (dossier section 6). `probe` is used like `on`: a refusal takes the next route. */
export const CAPABILITIES = ['aibot.groupPush', 'aibot.cards', 'webhook', 'app.cards'] as const;
export type Capability = (typeof CAPABILITIES)[number];

const name = z.string().min(1).max(256);
const id = z.string().min(1).max(64);

/**
 * Schema of a binding; unknown keys are refused. Plain `http` and `ws` only to this machine. `ca` is PEM text trusted besides
 * nothing else; `consoleUrl` is where a card leads that needs a link. `people` maps person ids to plain userids.
 */
export const WecomBinding = z
  .strictObject({
    tenant: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    apiBase: address(['https:', 'http:']),
    wsUrl: address(['wss:', 'ws:']),
    consoleUrl: address(['https:', 'http:']).optional(),
    ca: z.string().min(1).optional(),
    corpId: name,
    agentId: z.number().int().nonnegative(),
    corpSecret: name,
    callbackToken: z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'expected 1 to 32 letters or digits'),
    callbackAesKey: z.string().regex(/^[A-Za-z0-9]{43}$/, 'expected exactly 43 letters or digits'),
    robot: z.strictObject({ botId: name, secret: name, name }),
    rooms: z.record(id, z.strictObject({ chatId: name, webhookKey: name })),
    people: z.record(id, id),
    capabilities: z.partialRecord(z.enum(CAPABILITIES), z.enum(['on', 'off', 'probe'])).optional(),
  })
  .superRefine((binding, faults) => {
    for (const double of doubles(Object.values(binding.people).map((userid) => userid.toLowerCase()))) {
      faults.addIssue({ code: 'custom', path: ['people'], message: `userid ${double} belongs to two people` });
    }
    for (const double of doubles(Object.values(binding.rooms).map((room) => room.chatId))) {
      faults.addIssue({ code: 'custom', path: ['rooms'], message: `chat ${double} belongs to two rooms` });
    }
  });
export type WecomBinding = Readonly<z.infer<typeof WecomBinding>>;

/** Is the feature not switched off for this tenant? */
export function may(binding: WecomBinding, capability: Capability): boolean {
  return binding.capabilities?.[capability] !== 'off';
}

/** The full address of a server call, with the base's port and path prefix kept. */
export function apiUrl(binding: WecomBinding, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(`${binding.apiBase.replace(/\/+$/, '')}/cgi-bin/${path}`);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}

/** Hosts (with port) that the adapter may call over HTTP; every other one is refused before a connection is made. */
export function allowedHosts(binding: WecomBinding): ReadonlySet<string> {
  return new Set([new URL(binding.apiBase).host]);
}

function address(protocols: readonly [string, string]) {
  return z.string().superRefine((text, faults) => {
    const why = faultOfAddress(text, protocols);
    if (why !== null) faults.addIssue({ code: 'custom', message: why });
  });
}

function faultOfAddress(text: string, [secure, plain]: readonly [string, string]): string | null {
  if (!URL.canParse(text)) return 'expected an absolute address';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'expected an address without user, query or fragment';
  }
  if (url.protocol === secure) return null;
  if (url.protocol !== plain) return `expected ${secure}//`;
  return isLoopback(url.hostname) ? null : `expected ${secure}// for a host that is not this machine`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function doubles(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
