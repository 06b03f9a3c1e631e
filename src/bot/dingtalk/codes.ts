/** From the platform's codes to how a sending ended, with a log line wherever an operator must act (dossier 4.2, 7). */
import type { SendResult } from '../../ports/platform';
import { road, scrub } from '../wire/ends';
import type { Log } from '../wire/log';
import type { Fault } from './answer';
import { reactionTo } from './codeTable';

/** An end of a sending that is not the platform’s yes. */
export type Failed = Exclude<SendResult, { is: 'accepted' }>;

/** Does this code say that the token of the call is no good any more? */
export function isTokenFault(code: string): boolean {
  return reactionTo(code).is === 'token';
}

/** Does it say that calls of this kind come too fast, so that fewer should be made? */
export function isRateFault(code: string): boolean {
  const reaction = reactionTo(code);
  return reaction.is === 'again' && reaction.why === 'rate';
}

/** Does it say that the month's calls are used up? */
export function isCallsFault(code: string): boolean {
  return quotaOf(code) === 'calls';
}

/** Does it say that the DINGs that were bought are used up? */
export function isDingsFault(code: string): boolean {
  return quotaOf(code) === 'dings';
}

function quotaOf(code: string): 'calls' | 'dings' | null {
  const reaction = reactionTo(code);
  return reaction.is === 'quota' ? reaction.of : null;
}

/** The end that a fault means for a sending. What the month does not allow any more is refused, so that another way is taken. */
export function resultOfFault(
  { code, message, scopes, requestId }: Fault,
  { channel, log }: { readonly channel: string; readonly log: Log },
): Failed {
  const reaction = reactionTo(code);
  const fields = { channel, code, message: scrub(message), requestId, ...(scopes.length === 0 ? {} : { scopes }) };
  switch (reaction.is) {
    case 'again':
      log[reaction.why === 'ban' || reaction.why === 'credential' ? 'error' : 'warn'](
        { ...fields, why: reaction.why },
        'dingtalk asks to wait',
      );
      return { is: 'road', code, blocks: reaction.blocks, waitMs: reaction.waitMs };
    case 'early':
      return road(code);
    case 'token':
      log.error(fields, 'dingtalk refuses the credentials');
      return { is: 'refused', code, fault: 'permission' };
    case 'quota':
      log.error(fields, 'dingtalk: what the month allows is used up');
      return { is: 'refused', code, fault: 'capability' };
    case 'refused':
      log.error({ ...fields, why: reaction.why }, 'dingtalk refuses a message');
      return { is: 'refused', code, fault: reaction.fault };
    default:
      return reaction satisfies never;
  }
}
