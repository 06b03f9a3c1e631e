/** The parts of the API's answers that pages show; the document `/api/v1/openapi.json` has them all. */

import type { FigureHistory } from './record';

export interface IncidentRow {
  readonly n: number;
  readonly status: string;
  readonly plan: string;
  readonly category: string | null;
  readonly level: number | null;
  readonly county: string | null;
  readonly title: string;
  readonly receivedAt: string;
  readonly activatedAt: string | null;
  readonly endedAt: string | null;
}

export interface Deadline {
  readonly n?: number;
  readonly key: string;
  readonly kind: string;
  readonly owner: string;
  readonly dueAt: string;
  readonly stage: number;
  readonly status: 'open' | 'met' | 'missed' | 'void';
  readonly basis: string;
  readonly why: string;
}

export interface Delivery {
  readonly id: string;
  readonly n?: number | null;
  readonly purpose: string;
  readonly addressee: string;
  readonly leg: 'page' | 'show';
  readonly channel: string;
  readonly state: string;
  readonly reason: string | null;
  readonly at: string;
  readonly until?: string | null;
}

export interface Field {
  readonly value: unknown;
  readonly confidence?: number;
  readonly rule?: string;
  readonly words?: readonly string[];
}

/** One person asked one thing. */
export interface Ask {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly group: string | null;
  readonly standInFor: string | null;
  readonly askedAt: string;
  readonly answeredAt: string | null;
  readonly answer: string | null;
  readonly stoodDownAt: string | null;
  readonly arrivedAt: string | null;
  readonly got: string | null;
}

export interface Ground {
  readonly zh: string;
  readonly clause: string;
}

export interface Incident extends Omit<IncidentRow, 'plan' | 'category' | 'level'> {
  readonly plan: { readonly id: string; readonly title: string };
  readonly category: { readonly id: string; readonly zh?: string; readonly clause?: string } | null;
  readonly level: {
    readonly rank: number | null;
    readonly sign?: string;
    readonly zh: string;
    readonly clause?: string;
    readonly status: string;
  } | null;
  readonly version: number;
  readonly text: string | null;
  readonly reportedBy: string | null;
  readonly readingChecked: { readonly at: string; readonly by: string } | null;
  readonly fields: Readonly<Record<string, Field | readonly Field[] | null>>;
  readonly suggestion: {
    readonly rank: number | null;
    readonly sign: string | null;
    readonly categoryGround: Ground | null;
    readonly grounds: readonly Ground[];
  };
  readonly levels: readonly {
    readonly rank: number;
    readonly status: string;
    readonly by: string;
    readonly at: string;
    readonly reason: string | null;
  }[];
  readonly activated: { readonly at: string; readonly by: string } | null;
  readonly asks: readonly Ask[];
  readonly tasks: readonly Task[];
  readonly directives: readonly Directive[];
  readonly deadlines: readonly Deadline[];
  readonly deliveries: readonly Delivery[];
  readonly figures: readonly FigureHistory[];
}

/** What a leader directed, in his words; null once they were destroyed. */
export interface Directive {
  readonly id: string;
  readonly leader: string;
  readonly words: string | null;
}

export interface Task {
  readonly id: string;
  readonly number: number;
  readonly template: string | null;
  readonly what: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly givenBy: string;
  readonly givenAt: string;
  readonly dueAt: string | null;
  readonly doneAt: string | null;
  readonly report: string | null;
}

export interface RecordedEvent {
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
  readonly cause: { readonly kind: string };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

export interface OnDuty {
  readonly at: string;
  readonly seats: readonly {
    readonly person: string;
    readonly role: string;
    readonly name: string;
    readonly post: string;
    readonly signedInAt: string | null;
  }[];
  readonly until: string | null;
  readonly next: readonly { readonly person: string; readonly role: string; readonly name: string; readonly post: string }[];
}

export interface Ready {
  readonly status: 'ready' | 'not_ready';
  readonly database: 'up' | 'down';
  readonly queue: 'up' | 'down';
  readonly connections: Readonly<Record<string, string>>;
  readonly backlog: Readonly<Record<string, number>> | null;
}

export interface Names {
  readonly office: string;
  readonly people: Readonly<Record<string, { readonly name: string; readonly post: string }>>;
  readonly counties: Readonly<Record<string, string>>;
  readonly rooms: Readonly<Record<string, string>>;
  readonly sections: Readonly<Record<string, string>>;
  readonly plans: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly levels: readonly { readonly rank: number; readonly sign: string; readonly zh: string }[];
        readonly categories: Readonly<Record<string, string>>;
        readonly groups: Readonly<Record<string, string>>;
        readonly deadlines: Readonly<Record<string, string>>;
        readonly tasks: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly events: Readonly<Record<string, string>>;
  readonly papers: Readonly<Record<string, string>>;
  readonly ways: Readonly<Record<string, string>>;
}

/** What became of a command that was given on the page. */
export interface Commanded {
  readonly outcome: string | null;
  readonly n: number | null;
  readonly version: number | null;
  readonly refusal: { readonly code: string; readonly message: string; readonly hint: string; readonly whom: readonly string[] } | null;
  readonly question: {
    readonly effect: string;
    readonly pages: readonly string[];
    readonly open: readonly string[];
    readonly code: string;
  } | null;
  readonly choice: readonly number[];
}
