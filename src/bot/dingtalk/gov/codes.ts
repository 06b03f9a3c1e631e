/** What a refusal means. No list of codes is known, so the wording decides what little the dossier lets it decide (section 7, end). */
import type { SendResult } from '../../../ports/platform';
import { road, scrub } from '../../wire/ends';
import type { Log } from '../../wire/log';
import type { Reading } from './answer';

type Denied = Extract<Reading, { is: 'denied' }>;

/**
 * `token`: fetch a new one and repeat once. `repeat`: this message came before. `missing`: the deployment has no such call. `often`: worded as
 * too often. `gateway`: key, signature or clock, the operator must act. `nobody`: no such person. `content`: everything else.
 */
export type Meaning = 'token' | 'repeat' | 'missing' | 'often' | 'gateway' | 'nobody' | 'content';

const TOKEN = /access[\s_-]?token/i;
const REPEAT = /重复|duplicate/i;
const MISSING = /没有(?:该|此)?接口|接口不存在|api[\s_-]?not[\s_-]?(?:found|exists?)|no such api/i;
const OFTEN = /频繁|限流|流控|超限|qps|rate[\s_-]?limit|throttl|too[\s_-]?(?:many|fast|often|frequent)/i;
const NOBODY = /不存在|not[\s_-]?(?:found|exists?)/i;

/** The meaning of a refusal by its code and words. Pure. */
export function meaningOf({ by, code, words }: Denied): Meaning {
  const said = `${code} ${words}`;
  if (TOKEN.test(said)) return 'token';
  if (MISSING.test(said)) return 'missing';
  if (OFTEN.test(said)) return 'often';
  if (by === 'gateway') return 'gateway';
  if (REPEAT.test(said)) return 'repeat';
  return NOBODY.test(said) ? 'nobody' : 'content';
}

const OFTEN_WAIT_MS = 60_000;
const FAULTS = {
  token: 'permission',
  gateway: 'permission',
  missing: 'capability',
  nobody: 'receiver',
  often: 'content',
  repeat: 'content',
  content: 'content',
} as const;

/** How a sending that was refused so has ended; an operator reads the platform's own words and its number of the request in the log. */
export function resultOf(
  denied: Denied,
  where: { readonly channel: string; readonly log: Log; readonly waitsWhenOften: boolean },
): Exclude<SendResult, { is: 'accepted' }> {
  const meaning = meaningOf(denied);
  const code = denied.code === '' ? 'denied' : denied.code.slice(0, 64);
  const fields = { channel: where.channel, code, words: scrub(denied.words), requestId: denied.requestId, meaning };
  if (meaning === 'often' && where.waitsWhenOften) {
    where.log.warn(fields, 'govding asks to wait');
    return road(code, OFTEN_WAIT_MS);
  }
  where.log.error(fields, 'govding refuses a call');
  return { is: 'refused', code, fault: FAULTS[meaning] };
}
