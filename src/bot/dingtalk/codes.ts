/** From the platform's codes to how a sending ended: the table of dossier section 7 as data. */
import type { SendResult } from '../../ports/platform';
import { road, scrub } from '../wire/ends';
import type { Log } from '../wire/log';
import type { Fault } from './answer';

const TOKEN = new Set(['InvalidAuthentication', '40001', '40014', '41001', '42001', '88.40014']);
const BUSY = new Set(['-1', '15', '500100', '88']);
const RECEIVER = new Set(['33012', '60121', '60103', '50002', '660023', 'openConversationId.notExisted']);
const PERMISSION = new Set(['60011', '88.60011', '60020', 'authFailed', '40089', 'Forbidden.AccessDenied.AccessTokenPermissionDenied']);

/** Does this code say that the token of the call is no good any more? */
export function isTokenFault(code: string): boolean {
  return TOKEN.has(code);
}

/** The end that a fault means for a sending, with a log line wherever an operator must act. */
export function resultOfFault(fault: Fault, where: { readonly channel: string; readonly log: Log }): SendResult {
  const { code, scopes, requestId } = fault;
  where.log.warn({ channel: where.channel, code, message: scrub(fault.message), scopes, requestId }, 'dingtalk refuses a call');
  if (BUSY.has(code) || code.includes('QpsLimit')) return road(code);
  if (RECEIVER.has(code)) return { is: 'refused', code, fault: 'receiver' };
  if (PERMISSION.has(code) || TOKEN.has(code)) return { is: 'refused', code, fault: 'permission' };
  return { is: 'refused', code, fault: 'content' };
}
