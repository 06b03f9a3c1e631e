/** Moments inside Fenghuo: one number type, so that no time zone can slip in below the edges. */

/** A UTC instant in epoch milliseconds. Shown to people only in Asia/Shanghai. */
export type Instant = number;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
