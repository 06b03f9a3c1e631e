/** HTTP callbacks of app and robot: verifies, then decrypts, then parses; decides nothing and answers nothing by itself. */
import type { CallbackReading, CallbackRequest, Intake } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import { type CipherFault, createOpener, decodeUtf8, type Opener } from '../../wire/frameCipher';
import type { Accounts } from '../accounts';
import type { WecomBinding } from '../settings';
import type { Door } from './door';
import { appDoor, robotDoor } from './doors';
import { isSignedBy } from './signature';
import { MAX_XML_BYTES } from './xml';

type Refused = Extract<CallbackReading, { is: 'refused' }>;
type Opened = { readonly is: 'open'; readonly text: string } | Refused;

/** Library error codes of dossier 1.7. */
export const CIPHER_CODES: Readonly<Record<CipherFault, string>> = {
  key: '-40004',
  receiver: '-40005',
  cipher: '-40007',
  frame: '-40008',
  base64: '-40010',
};

/** The platform signs with its own time; more than so much away from ours it is a repeat of somebody else's, or a clock is wrong. */
const MAX_SKEW_MS = 10 * 60_000;
/** The platform repeats a callback within seconds: one that was written so long ago is none of its own, however it is signed. */
const MAX_MESSAGE_AGE_MS = 30 * 60_000;

/**
 * Callbacks of kind `app`, and `robot` where the robot is heard over a callback address: GET is the console's address verification,
 * POST an encrypted message. Refuses with the library codes of dossier 1.7 as text, `stale_timestamp` (more than 10 minutes away),
 * `stale_message` (written more than 30 minutes ago), `too_large` (over 64 KB) and `unknown_kind`. Never throws.
 */
export function createIntake(binding: WecomBinding, accounts: Accounts, deps: AdapterDeps): Intake {
  const robot = robotDoor(binding, accounts, deps);
  const doors = new Map([appDoor(binding, accounts), ...(robot === null ? [] : [robot])].map((door) => [door.kind, behind(door, deps)]));
  return {
    kinds: [...doors.keys()],
    read: (request) => doors.get(request.kind)?.(request) ?? refuse(400, 'unknown_kind', 'no callback of this kind'),
  };
}

function behind(door: Door, deps: AdapterDeps): (request: CallbackRequest) => CallbackReading {
  const opener = createOpener(door.aesKey, door.receiveId);
  return (request) => {
    const now = deps.clock.now();
    if (request.method === 'POST') return takeMessage(request, door, opener, now);
    const opened = openCallback({ door, opener, now }, request, request.query.echostr ?? '');
    return opened.is === 'open' ? { is: 'verified', body: opened.text } : opened;
  };
}

function takeMessage(request: CallbackRequest, door: Door, opener: Opener, now: number): CallbackReading {
  if (request.body.length > MAX_XML_BYTES) return refuse(400, 'too_large', 'body is larger than 64 KB');
  const body = decodeUtf8(request.body);
  const encrypt = body === null ? null : door.encryptedIn(body);
  if (encrypt === null) return refuse(400, '-40002', 'envelope is not as expected');
  const opened = openCallback({ door, opener, now }, request, encrypt);
  if (opened.is === 'refused') return opened;
  const message = door.messageIn(opened.text);
  if (message === null) return refuse(400, '-40002', 'message is not as expected');
  if (message === 'nothing') return { is: 'taken', messages: [] };
  if (message.sentAt !== null && now - message.sentAt > MAX_MESSAGE_AGE_MS) {
    return refuse(401, 'stale_message', 'message was written more than 30 minutes ago');
  }
  return { is: 'taken', messages: [message] };
}

function openCallback(
  { door, opener, now }: { readonly door: Door; readonly opener: Opener; readonly now: number },
  request: CallbackRequest,
  encrypt: string,
): Opened {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = request.query;
  if (!isSignedBy(door.token, { signature, timestamp, nonce, encrypt })) return refuse(401, '-40001', 'signature differs');
  if (Math.abs(now - Number(timestamp) * 1000) > MAX_SKEW_MS) {
    return refuse(401, 'stale_timestamp', 'callback is more than 10 minutes away from our time');
  }
  const decrypted = opener(encrypt);
  return decrypted.is === 'open' ? decrypted : refuse(400, CIPHER_CODES[decrypted.fault], decrypted.why);
}

function refuse(status: 400 | 401, code: string, why: string): Refused {
  return { is: 'refused', status, code, why };
}
