/** Moments as people and scripts read them: ISO 8601 with the bureau's offset, whatever zone the process runs in. */

const OFFSET_MS = 8 * 3600_000;

/** Epoch milliseconds as `2026-08-01T12:00:00.000+08:00`. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs + OFFSET_MS).toISOString().replace('Z', '+08:00');
}
