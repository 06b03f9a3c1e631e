/** The wire of docs/carriers.md: signed JSON out, a code and a reference back, receipts by question. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type End, exchange } from '../outside/exchange';
import type { Clock } from '../ports/clock';
import type { Receipt, SendResult } from '../ports/platform';
import type { CarrierSettings } from './settings';

export interface Call {
  /** The same for a repeat of the same call. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

export interface Line {
  post(kind: 'sms' | 'voice', call: Call, stop: AbortSignal): Promise<End>;
  receipt(ref: string, stop: AbortSignal): Promise<End>;
}

const LIMIT_MS = 8_000;
const ROAD_WAIT_MS = 15_000;

export function createLine(settings: CarrierSettings, clock: Clock): Line {
  const base = settings.url.replace(/\/+$/, '');
  return {
    post: (kind, call, stop) => {
      const body = JSON.stringify(call);
      const headers = { ...signed(settings, clock, body), 'idempotency-key': call.id };
      return exchange({ url: new URL(`${base}/${kind}`), body, headers, limitMs: LIMIT_MS }, stop);
    },
    receipt: (ref, stop) => {
      const url = new URL(`${base}/receipts/${encodeURIComponent(ref)}`);
      return exchange({ url, body: null, headers: signed(settings, clock, url.pathname), limitMs: LIMIT_MS }, stop);
    },
  };
}

/** HMAC-SHA256 over the moment and the body, or the path where there is no body. */
function signed({ key, signingKey }: CarrierSettings, clock: Clock, what: string): Readonly<Record<string, string>> {
  const at = String(clock.now());
  return {
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(signingKey === undefined
      ? {}
      : { 'x-fenghuo-timestamp': at, 'x-fenghuo-signature': createHmac('sha256', signingKey).update(`${at}\n${what}`).digest('hex') }),
  };
}

const Answer = z.looseObject({
  code: z.int(),
  ref: z.string().min(1).max(200).optional(),
  retryAfterSeconds: z.int().min(1).max(3600).optional(),
});

/** The codes of docs/carriers.md; an unknown one counts as refused. */
const REFUSED: Readonly<Record<number, Extract<SendResult, { is: 'refused' }>>> = {
  1001: { is: 'refused', code: 'number_wrong', fault: 'receiver' },
  1002: { is: 'refused', code: 'number_blocked', fault: 'receiver' },
  2001: { is: 'refused', code: 'content_refused', fault: 'content' },
  3001: { is: 'refused', code: 'carrier_credentials', fault: 'permission' },
  3002: { is: 'refused', code: 'carrier_balance', fault: 'permission' },
};
const BUSY: readonly number[] = [4001, 5001];

/** How a call ended. */
export function resultOf(end: End): SendResult {
  if (end.is === 'not_sent') return road(end.why);
  if (end.is === 'no_answer') return { is: 'unknown', what: end.why };
  if (end.status === 401 || end.status === 403) return REFUSED[3001] ?? road('http');
  if (end.status !== 200) return road(`http_${end.status}`);
  const answer = Answer.safeParse(jsonOf(end.body));
  if (!answer.success) return { is: 'unknown', what: 'answer_unreadable' };
  const { code, ref, retryAfterSeconds } = answer.data;
  if (code === 0) return { is: 'accepted', ...(ref === undefined ? {} : { ref }) };
  if (BUSY.includes(code)) return road(`carrier_${code}`, retryAfterSeconds === undefined ? ROAD_WAIT_MS : retryAfterSeconds * 1000);
  return REFUSED[code] ?? { is: 'refused', code: `carrier_${code}`, fault: 'content' };
}

const Told = z.looseObject({ state: z.enum(['pending', 'delivered', 'answered', 'no_answer', 'failed']), code: z.int().optional() });

/** What became of it; null when the carrier did not say. */
export function receiptOf(end: End): Receipt | null {
  const told = end.is === 'answer' && end.status === 200 ? Told.safeParse(jsonOf(end.body)) : null;
  if (told?.success !== true) return null;
  const { state, code } = told.data;
  if (state === 'pending') return { is: 'pending' };
  if (state !== 'failed') return { is: 'delivered', how: state };
  return { is: 'refused', code: code === 1001 ? 'number_wrong' : code === 1003 ? 'phone_off' : `carrier_${code ?? 'failed'}` };
}

function road(code: string, waitMs = ROAD_WAIT_MS): SendResult {
  return { is: 'road', code, blocks: 'outlet', waitMs };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
