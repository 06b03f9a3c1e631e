/** HTTP callbacks of the app: verifies, then decrypts, then parses; decides nothing and answers nothing by itself. */
import type { CallbackReading, CallbackRequest, Intake } from '../../../ports/platform';
import type { Accounts } from '../accounts';
import type { WecomDeps } from '../deps';
import type { WecomBinding } from '../settings';
import { createOpener, decodeUtf8, type Opener } from './decrypt';
import { APP_SOURCE, readApp } from './readApp';
import { isSignedBy } from './signature';
import { fieldOf, MAX_XML_BYTES, readXml } from './xml';

type Refused = Extract<CallbackReading, { is: 'refused' }>;
type Opened = { readonly is: 'open'; readonly text: string } | Refused;

const MAX_AGE_MS = 10 * 60_000;

/**
 * Callbacks of kind `app`: GET is the console's address verification, POST an encrypted message. Refuses with the library codes
 * of dossier 1.7 as text, `stale_timestamp` (more than 10 minutes old), `too_large` (over 64 KB) and `unknown_kind`.
 */
export function createIntake(binding: WecomBinding, accounts: Accounts, deps: WecomDeps): Intake {
  const opener = createOpener(binding.callbackAesKey, binding.corpId);
  const open = (request: CallbackRequest, encrypt: string) =>
    openCallback({ token: binding.callbackToken, opener, now: deps.clock.now() }, request, encrypt);
  return {
    kinds: [APP_SOURCE],
    read(request) {
      if (request.kind !== APP_SOURCE) return refuse(400, 'unknown_kind', 'no callback of this kind');
      return request.method === 'GET' ? verifyAddress(request, open) : takeMessage(request, open, binding.tenant, accounts);
    },
  };
}

function verifyAddress(request: CallbackRequest, open: (request: CallbackRequest, encrypt: string) => Opened): CallbackReading {
  const opened = open(request, request.query.echostr ?? '');
  return opened.is === 'open' ? { is: 'verified', body: opened.text } : opened;
}

function takeMessage(
  request: CallbackRequest,
  open: (request: CallbackRequest, encrypt: string) => Opened,
  tenant: string,
  accounts: Accounts,
): CallbackReading {
  if (request.body.length > MAX_XML_BYTES) return refuse(400, 'too_large', 'body is larger than 64 KB');
  const body = decodeUtf8(request.body);
  const envelope = body === null ? null : readXml(body);
  const encrypt = envelope === null ? null : fieldOf(envelope, 'Encrypt');
  if (encrypt === null) return refuse(400, '-40002', 'envelope is not the expected XML');
  const opened = open(request, encrypt);
  if (opened.is === 'refused') return opened;
  const root = readXml(opened.text);
  const message = root === null ? null : readApp(root, tenant, accounts);
  return message === null ? refuse(400, '-40002', 'message is not the expected XML') : { is: 'taken', messages: [message] };
}

function openCallback(
  { token, opener, now }: { readonly token: string; readonly opener: Opener; readonly now: number },
  request: CallbackRequest,
  encrypt: string,
): Opened {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = request.query;
  if (!isSignedBy(token, { signature, timestamp, nonce, encrypt })) return refuse(401, '-40001', 'signature differs');
  if (now - Number(timestamp) * 1000 > MAX_AGE_MS) return refuse(401, 'stale_timestamp', 'callback is more than 10 minutes old');
  const decrypted = opener(encrypt);
  return decrypted.is === 'open' ? decrypted : refuse(400, String(decrypted.code), decrypted.why);
}

function refuse(status: 400 | 401, code: string, why: string): Refused {
  return { is: 'refused', status, code, why };
}
