/** A card that the platform refuses as such must not cost the message: the same goes in words. */
import type { SendResult } from '../../ports/platform';
import type { Call } from './call';
import { isCardRefusal } from './codes';

/**
 * The given result, unless it refuses the call's card: then how its words fared. `tell` hears the code. A card whose words went before it
 * has none of its own and counts as shown.
 */
export async function plainInstead(
  call: Call,
  result: SendResult,
  tell: (code: string) => void,
  send: (body: Readonly<Record<string, unknown>>) => Promise<SendResult>,
): Promise<SendResult> {
  if (result.is !== 'refused' || call.plain === undefined || !isCardRefusal(result.code)) return result;
  tell(result.code);
  let last: SendResult = { is: 'accepted' };
  for (const [at, body] of call.plain.entries()) {
    last = await send(body);
    if (last.is !== 'accepted') return at === 0 || last.is === 'unknown' ? last : { is: 'unknown', what: `plain ${at + 1}: ${last.code}` };
  }
  return last;
}
