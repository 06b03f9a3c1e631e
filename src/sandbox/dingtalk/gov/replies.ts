/** Answers of the government edition (dossier 6.3): two envelopes, each with its own success. */
import { randomUUID } from 'node:crypto';
import { json, type Reply } from '../replies';

/** Granted. */
export function granted(data: unknown): Reply {
  const requestId = randomUUID();
  const content = { success: true, data, responseCode: '0', responseMessage: 'OK', requestId, bizErrorCode: '0' };
  return json(200, { success: true, content, bizErrorCode: '0' });
}

/** Refused by the service: the gateway's envelope is a success, the inner one is not. Codes are the simulator's own, none are published. */
export function failed(code: string, message: string): Reply {
  const content = { success: false, data: null, responseCode: code, responseMessage: message, requestId: randomUUID(), bizErrorCode: code };
  return json(200, { success: true, content, bizErrorCode: code });
}

/** Refused by the gateway. */
export function turnedAway(code: string, message: string): Reply {
  return json(200, { success: false, Code: code, Message: message, _RequestId: randomUUID(), HostId: '127.0.0.1', bizErrorCode: code });
}

/** Work notifications answer with JSON inside a text. */
export function grantedAsText(content: Record<string, unknown>): Reply {
  return json(200, { success: true, content: JSON.stringify({ success: true, content }), bizErrorCode: '0' });
}
