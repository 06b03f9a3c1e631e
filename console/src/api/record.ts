/** What the pages of the record and of the system are answered. */
export interface Act {
  readonly kind: string;
  readonly n: number;
  readonly version: number;
  readonly type: string;
  readonly zh: string;
  readonly at: string;
  readonly actor: string | null;
  readonly cause: string;
  readonly heard: { readonly tenant: string; readonly source: string; readonly room: string | null } | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface ChainState {
  readonly streams: number;
  readonly events: number;
  readonly anchor: { readonly day: string; readonly root: string; readonly streams: number } | null;
  readonly anchors: number;
  readonly outside: number | null;
  readonly checking: { readonly since: string; readonly streams: number; readonly done: number } | null;
  readonly checked: {
    readonly at: string;
    readonly by: string | null;
    readonly streams: number;
    readonly events: number;
    readonly broken: number;
    readonly first: string | null;
    readonly anchor: string | null;
  } | null;
}

export interface FigureHistory {
  readonly measure: string;
  readonly zh: string;
  readonly unit: string;
  readonly steps: readonly {
    readonly at: string;
    readonly by: string | null;
    readonly min: number | null;
    readonly max: number | null;
    readonly verified: boolean;
    readonly words: readonly string[];
  }[];
}

export interface Heard {
  readonly id: string;
  readonly receivedAt: string;
  readonly source: string;
  readonly room: string | null;
  readonly account: string;
  readonly outcome: string | null;
  readonly text: string | null;
  readonly quote: string | null;
}

export interface SystemState {
  readonly at: string;
  readonly findings: readonly { readonly id: string; readonly is: 'good' | 'note' | 'fault'; readonly zh: string; readonly mend: string }[];
  readonly lines: readonly { readonly id: string; readonly held: boolean; readonly heardSecondsAgo: number | null }[];
  readonly outlets: readonly {
    readonly tenant: string;
    readonly channel: string;
    readonly address: string;
    readonly addressee: string | null;
    readonly used: number;
    readonly most: number | null;
    readonly perSeconds: number | null;
    readonly waiting: number;
    readonly busy: boolean;
    readonly blockedUntil: string | null;
    readonly blockedWhy: string | null;
    readonly failures: number;
  }[];
  readonly meters: readonly { readonly name: string; readonly calls: number; readonly until: string }[];
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}
