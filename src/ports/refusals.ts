/** What was refused to people in this process, by code: an auditor sees attempts, nobody's words. */

export interface Refusals {
  count(code: string): void;
  /** How often each code was counted since the start. */
  byCode(): ReadonlyMap<string, number>;
}

export function createRefusals(): Refusals {
  const counts = new Map<string, number>();
  return {
    count: (code) => void counts.set(code, (counts.get(code) ?? 0) + 1),
    byCode: () => counts,
  };
}
