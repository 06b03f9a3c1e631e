/** Figures as the server counts them. */

export interface Minutes {
  readonly median: number;
  readonly p90: number;
}

export interface Ended {
  readonly met: number;
  readonly missed: number;
  readonly overdue: number;
}

export interface Group extends Ended {
  readonly by: 'all' | 'month' | 'plan' | 'level' | 'category' | 'county' | 'status';
  readonly key: string;
  readonly incidents: number;
  readonly open: number;
  readonly toMention: Minutes | null;
  readonly toAck: Minutes | null;
  readonly toReport: Minutes | null;
  readonly toActivation: Minutes | null;
  readonly toEnd: Minutes | null;
}

export interface UnitCount extends Ended {
  readonly is: 'county' | 'group' | 'section' | 'role';
  readonly id: string;
}

export interface Figures {
  readonly incidents: number;
  readonly open: number;
  readonly byPlan: Readonly<Record<string, number>>;
  readonly groups: readonly Group[];
  readonly units: readonly UnitCount[];
}

/** Per cent of the deadlines that were done in time; null where there were none. */
export function rateOf(ended: Ended | null): number | null {
  if (ended === null) return null;
  const all = ended.met + ended.missed + ended.overdue;
  return all === 0 ? null : Math.round((1000 * ended.met) / all) / 10;
}
