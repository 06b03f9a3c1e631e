/** How a sending ends where the platform itself said nothing that decides it. */
import type { SendResult } from '../../ports/platform';

/** A sending that waits for the road and costs no attempt. */
export type Road = Extract<SendResult, { is: 'road' }>;

const ROAD_WAIT_MS = 2_000;

/** Nothing has reached the platform: the outlet waits and tries again. */
export function road(code: string, waitMs = ROAD_WAIT_MS): Road {
  return { is: 'road', code, blocks: 'outlet', waitMs };
}

/** A JSON value, or undefined where the text is none. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps the hint that the platform's support asks for, drops anything long enough to be a key. */
export function scrub(errmsg: string): string {
  return errmsg.replace(/[A-Za-z0-9_-]{40,}/g, '…').slice(0, 300);
}
