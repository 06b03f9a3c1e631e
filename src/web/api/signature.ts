/** Signed calls of machines: HMAC-SHA256 over timestamp and raw body, good for a few minutes, each signature once. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { Machine, UsedSignatures } from '../../ports/machines';
import { HttpFault } from '../errors';

/** Names of the headers, as they are documented. */
export const SIGNATURE_HEADERS = {
  system: 'X-Fenghuo-System',
  timestamp: 'X-Fenghuo-Timestamp',
  signature: 'X-Fenghuo-Signature',
} as const;
/** How far a timestamp may be from our real time, either way, in milliseconds. */
export const SIGNATURE_WINDOW_MS = 5 * 60_000;

export interface Signed {
  readonly machine: Machine;
  /** What is remembered of it, so that it counts once. */
  readonly mark: string;
}

/**
 * Whose signature it is; `content` is the raw body, or for a call without one its path and query. Real time counts, also where the
 * sandbox's clock was moved. Throws HttpFault 401: `bad_signature` (also for an unknown system), `stale_timestamp`.
 */
export function signedBy(ctx: Context, content: Uint8Array | string, machines: readonly Machine[], nowMs: number): Signed {
  const timestamp = ctx.get(SIGNATURE_HEADERS.timestamp);
  const given = ctx
    .get(SIGNATURE_HEADERS.signature)
    .replace(/^sha256=/, '')
    .toLowerCase();
  const machine = machines.find(({ id, key }) => key !== null && id === ctx.get(SIGNATURE_HEADERS.system));
  const wanted = createHmac('sha256', machine?.key ?? NOBODYS_KEY)
    .update(`${timestamp}.`)
    .update(content)
    .digest();
  const isRight = timingSafeEqual(digest(given), wanted);
  if (machine === undefined || !isRight)
    throw new HttpFault(401, 'bad_signature', '签名不正确。', `${Object.values(SIGNATURE_HEADERS).join('、')}，见 docs/api.md`);
  if (!isFresh(timestamp, nowMs))
    throw new HttpFault(401, 'stale_timestamp', '时间戳与本机时间相差超过 5 分钟。', '请核对时钟，用当前时间重新签名');
  return { machine, mark: `${machine.id}:${given}` };
}

/** Throws HttpFault 409 `replayed` when this very signature was used before. */
export async function useOnce({ mark }: Signed, used: UsedSignatures): Promise<void> {
  if (await used.first(mark, 2 * SIGNATURE_WINDOW_MS + 60_000)) return;
  throw new HttpFault(409, 'replayed', '这个签名已经用过。', '重试请用新的时间戳重新签名，Idempotency-Key 不变');
}

/** For a system nobody knows, so that its refusal takes as long. */
const NOBODYS_KEY = 'nobody';

/** 32 bytes in any case: what is no hexadecimal digest equals none. */
function digest(hex: string): Buffer {
  return /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : Buffer.alloc(32);
}

/** Seconds or milliseconds since 1970. */
function isFresh(timestamp: string, nowMs: number): boolean {
  if (!/^\d{10}(\d{3})?$/.test(timestamp)) return false;
  const at = timestamp.length === 10 ? Number(timestamp) * 1000 : Number(timestamp);
  return Math.abs(nowMs - at) <= SIGNATURE_WINDOW_MS;
}
