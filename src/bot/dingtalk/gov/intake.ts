/** What the robot hears over its callback address. How the platform signs it is not known, so the address itself holds our secret (dossier 6.5). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CallbackReading, CallbackRequest, Inbound, Intake } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import { parseJson } from '../../wire/ends';
import { createIdentify } from '../../wire/identify';
import type { Accounts } from './accounts';
import type { Session } from './channels/session';
import type { Features } from './features';
import type { GovdingBinding } from './settings';

/** The kind of the robot's callback, and the identity under which its messages are stored. */
export const ROBOT = 'robot';

const text = z.string().max(20_000);
const id = z.union([z.string().min(1).max(256), z.number()]).transform(String);
const millis = z.coerce.number().int().positive();
/** What one implementation was seen to receive; every other field is passed over. */
const Heard = z.looseObject({
  msgId: id.optional(),
  msgtype: z.string().min(1).max(64),
  text: z.looseObject({ content: text }).optional().catch(undefined),
  senderId: id,
  conversationId: id,
  conversationType: id.optional().catch(undefined),
  createAt: millis.optional().catch(undefined),
  sessionWebhook: z.string().max(2048).optional().catch(undefined),
  sessionWebhookExpiredTime: millis.optional().catch(undefined),
});
type Heard = z.infer<typeof Heard>;

/** What the one known implementation says back. */
const ANSWER = JSON.stringify({ errmsg: 'ok' });
const MAX_BYTES = 64 * 1024;
const MAX_AHEAD_MS = 10 * 60_000;
const MAX_AGE_MS = 30 * 60_000;
const MOST_TOLD = 1000;
/** How long an answer is taken is said nowhere; ours come within seconds. */
const SESSION_LIFE_MS = 5 * 60_000;

/** What reading needs. */
export interface IntakeParts {
  readonly binding: GovdingBinding;
  readonly accounts: Accounts;
  readonly features: Features;
  readonly deps: AdapterDeps;
}

/**
 * Kind `robot` where an office has switched the hearing on, else none. Refuses `bad_key` (our secret is not in the address), `not_post`,
 * `too_large` (over 64 KB), `not_json`, `not_a_message`, `stale_message` (written more than 30 minutes ago or 10 ahead). Never throws.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { binding, accounts, features, deps } = parts;
  const key = binding.callbackKey;
  if (key === undefined || !features.may('robot.hears'))
    return { kinds: [], read: () => refuse(400, 'unknown_kind', 'no callback of this kind') };
  const tell = oncePerChat(parts);
  const isForeign = (account: string) => accounts.personOf(account) === null && accounts.isIncomplete();
  return {
    kinds: [ROBOT],
    read: (request) => tell(read(parts, key, request)),
    identify: createIdentify({ isForeign, plainOf: accounts.codeOf }, deps),
  };
}

function read(parts: IntakeParts, key: string, { method, kind, query, body }: CallbackRequest): CallbackReading {
  if (kind !== ROBOT) return refuse(400, 'unknown_kind', 'no callback of this kind');
  if (!isSame(key, query.key ?? '')) return refuse(401, 'bad_key', 'the secret in the callback address is missing or wrong');
  if (method !== 'POST') return refuse(400, 'not_post', 'messages are posted');
  if (body.length > MAX_BYTES) return refuse(400, 'too_large', 'body is larger than 64 KB');
  const json = parseJson(Buffer.from(body).toString('utf8'));
  if (json === undefined) return refuse(400, 'not_json', 'body is no JSON');
  const heard = Heard.safeParse(json);
  if (!heard.success) return refuse(400, 'not_a_message', 'message is not as expected');
  const { createAt } = heard.data;
  const age = createAt === undefined ? 0 : parts.deps.clock.now() - createAt;
  if (age > MAX_AGE_MS || age < -MAX_AHEAD_MS) return refuse(401, 'stale_message', 'message was written too long ago or in the future');
  return { is: 'taken', messages: [messageOf(parts, heard.data, body)], answer: ANSWER };
}

/** Whoever sets the bot up reads the id of a group here, once; at most 1000 of them. */
function oncePerChat({ binding, deps }: IntakeParts): (reading: CallbackReading) => CallbackReading {
  const bound = new Set(Object.values(binding.rooms).map(({ chatId }) => chatId));
  const told = new Set<string>();
  return (reading) => {
    const chat = reading.is === 'taken' ? reading.messages[0]?.chat : undefined;
    if (chat?.kind !== 'group' || bound.has(chat.id) || told.has(chat.id) || told.size >= MOST_TOLD) return reading;
    told.add(chat.id);
    deps.log.info({ chat: chat.id }, 'govding: heard in a group that is bound to no room');
    return reading;
  };
}

function messageOf({ binding, accounts, deps }: IntakeParts, heard: Heard, body: Uint8Array): Inbound {
  const account = accounts.normalise(heard.senderId);
  const isGroup = heard.conversationType === '2' || Object.values(binding.rooms).some((room) => room.chatId === heard.conversationId);
  const words = heard.msgtype === 'text' ? heard.text?.content : undefined;
  return {
    tenant: binding.tenant,
    source: ROBOT,
    dedupeKey: heard.msgId ?? createHash('sha256').update(body).digest('hex'),
    chat: { id: heard.conversationId, kind: isGroup ? 'group' : 'single' },
    account,
    sentAt: heard.createAt ?? null,
    content:
      words === undefined ? { is: 'other', what: heard.msgtype } : { is: 'text', text: withoutName(words, binding.robotName), quote: null },
    ticket: sessionOf(heard, deps.clock.now()),
  };
}

/** The mention of the robot may stand before the words. */
function withoutName(words: string, robotName: string): string {
  const bare = words.trim();
  return bare.startsWith(`@${robotName}`) ? bare.slice(robotName.length + 1).trim() : bare;
}

function sessionOf({ sessionWebhook, sessionWebhookExpiredTime }: Heard, now: number): Inbound['ticket'] {
  if (sessionWebhook === undefined) return null;
  const session: Session = {
    kind: 'session',
    url: sessionWebhook,
    until: String(Math.min(sessionWebhookExpiredTime ?? Number.POSITIVE_INFINITY, now + SESSION_LIFE_MS)),
  };
  return { ...session };
}

/** In the same time whatever was given. */
function isSame(expected: string, given: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

function refuse(status: 400 | 401, code: string, why: string): CallbackReading {
  return { is: 'refused', status, code, why };
}
