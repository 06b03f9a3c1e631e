/** HTTP callbacks of robot, cards and events: verifies, then reads; decides nothing and answers nothing by itself. */
import type { CallbackReading, CallbackRequest, Intake } from '../../../ports/platform';
import { parseJson } from '../../wire/ends';
import { decodeUtf8 } from '../../wire/frameCipher';
import type { DingParts } from '../parts';
import { sessionUrl } from '../settings';
import { readCard } from './card';
import { readEvent } from './event';
import { CIPHER_CODES, createEventOpener, successAnswer } from './eventCipher';
import { messageOf, RobotMessage } from './message';
import { isSignedEvent, judgeHeaders, SIGN_LIFE_MS } from './signature';

type Refused = Extract<CallbackReading, { is: 'refused' }>;
type Door = (request: CallbackRequest) => CallbackReading;

const MAX_BODY_BYTES = 64 * 1024;
/** The platform waits 1500 ms for the answer to an event (dossier 2.4); some of it is spent on the way. */
const ANSWER_MS = 1_200;
const EMPTY = '{}';

/**
 * Kinds `robot` and `card` where callbacks are used instead of the long connection, and `event` where the settings can open one. Refuses
 * with the library codes of dossier 2.4 as text, `sign_mismatch`, `stale_timestamp` (more than an hour away), `stale_message` (written
 * more than an hour ago), `foreign_robot`, `foreign_answer_address`, `unreadable`, `too_large` (over 64 KB) and `unknown_kind`. Never throws.
 */
export function createIntake(parts: DingParts): Intake {
  const { binding } = parts;
  const doors = new Map<string, Door>([
    ...(binding.mode === 'callback'
      ? ([
          ['robot', signed(parts, robotDoor)],
          ['card', signed(parts, cardDoor)],
        ] as const)
      : []),
    ...(binding.event === undefined ? [] : ([['event', eventDoor(parts, binding.event.token)]] as const)),
  ]);
  return {
    kinds: [...doors.keys()],
    answerMs: ANSWER_MS,
    read: (request) => doors.get(request.kind)?.(request) ?? refuse(400, 'unknown_kind', 'no callback of this kind'),
  };
}

/** Behind headers that only the platform can have made; what is inside the body is not proven by them. */
function signed(parts: DingParts, door: (body: unknown, parts: DingParts) => CallbackReading): Door {
  return ({ method, headers, body }) => {
    const now = parts.deps.clock.now();
    const verdict = judgeHeaders(parts.binding.clientSecret, headers?.timestamp ?? '', headers?.sign ?? '', now);
    if (verdict === 'mismatch') return refuse(401, 'sign_mismatch', 'signature differs');
    if (verdict === 'stale') return refuse(401, 'stale_timestamp', 'callback is more than an hour away from our time');
    const json = jsonOf(method, body);
    return 'is' in json ? json : door(json.value, parts);
  };
}

function robotDoor(value: unknown, parts: DingParts): CallbackReading {
  const { binding, deps } = parts;
  const body = RobotMessage.safeParse(value);
  const message = body.success ? messageOf(body.data, parts) : null;
  if (!body.success || message === null) return refuse(400, 'unreadable', 'message is not as expected');
  const { robotCode, sessionWebhook, createAt } = body.data;
  if (robotCode !== undefined && robotCode !== binding.robotCode) return refuse(401, 'foreign_robot', 'message is for another robot');
  if (sessionWebhook !== undefined && sessionUrl(binding, sessionWebhook) === null) {
    return refuse(400, 'foreign_answer_address', 'answers would leave the platform');
  }
  if (createAt !== undefined && deps.clock.now() - createAt > SIGN_LIFE_MS) {
    return refuse(401, 'stale_message', 'message was written more than an hour ago');
  }
  return { is: 'taken', messages: [message], answer: EMPTY };
}

function cardDoor(value: unknown, parts: DingParts): CallbackReading {
  const click = readCard(value, parts);
  return click === null
    ? refuse(400, 'unreadable', 'press is not as expected')
    : { is: 'taken', messages: [click], answer: JSON.stringify({ response: {} }) };
}

function eventDoor(parts: DingParts, token: string): Door {
  const open = createEventOpener(parts.binding);
  return ({ method, query, body }) => {
    const json = jsonOf(method, body);
    if ('is' in json) return json;
    const encrypt = encryptedIn(json.value);
    if (encrypt === null) return refuse(400, 'unreadable', 'envelope is not as expected');
    const { msg_signature, signature = '', timestamp = '', nonce = '' } = query;
    if (!isSignedEvent(token, { timestamp, nonce, encrypt }, msg_signature ?? signature)) return refuse(401, '900005', 'signature differs');
    const now = parts.deps.clock.now();
    if (!(Math.abs(now - Number(timestamp)) <= SIGN_LIFE_MS)) {
      return refuse(401, 'stale_timestamp', 'event is more than an hour away from our time');
    }
    const opened = open(encrypt);
    if (opened.is === 'damaged') return refuse(400, CIPHER_CODES[opened.fault], opened.why);
    return eventReading(parseJson(opened.text), parts, now);
  };
}

/** The check of the address, which the console makes when it is saved, is answered like any other event. */
function eventReading(event: unknown, parts: DingParts, now: number): CallbackReading {
  const message = readEvent(event, parts);
  if (message === null) return refuse(400, 'unreadable', 'event is not as expected');
  return { is: 'taken', messages: message === 'nothing' ? [] : [message], answer: successAnswer(parts.binding, now) };
}

function encryptedIn(envelope: unknown): string | null {
  if (typeof envelope !== 'object' || envelope === null || !('encrypt' in envelope)) return null;
  return typeof envelope.encrypt === 'string' ? envelope.encrypt : null;
}

function jsonOf(method: CallbackRequest['method'], body: Uint8Array): { readonly value: unknown } | Refused {
  if (method !== 'POST') return refuse(400, 'unreadable', 'only POST is understood');
  if (body.length > MAX_BODY_BYTES) return refuse(400, 'too_large', 'body is larger than 64 KB');
  const text = decodeUtf8(body);
  const value = text === null ? undefined : parseJson(text);
  return value === undefined ? refuse(400, 'unreadable', 'body is not JSON') : { value };
}

function refuse(status: 400 | 401, code: string, why: string): Refused {
  return { is: 'refused', status, code, why };
}
