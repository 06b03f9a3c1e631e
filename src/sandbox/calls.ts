/** The raw wire traffic, both ways, so that a person or a script can see what was really sent and what was answered. */
import { isoOf } from './instant';

const KEPT = 5000;

/** One call. `fromBot` calls carry the answer the simulator gave (null: none was given); deliveries to the bot carry what became of them. */
export interface Call {
  readonly id: number;
  readonly at: string;
  readonly api: string;
  readonly direction: 'fromBot' | 'toBot';
  readonly room?: string;
  readonly request: unknown;
  readonly answer: unknown;
  readonly fault?: unknown;
}

/** The last 5000 calls in the order in which they were settled. */
export class CallLog {
  private calls: Call[] = [];
  private lastId = 0;

  constructor(private readonly now: () => number) {}

  note(call: Omit<Call, 'id' | 'at'>): void {
    this.lastId += 1;
    this.calls.push({ id: this.lastId, at: isoOf(this.now()), ...call });
    if (this.calls.length > KEPT * 2) this.calls = this.calls.slice(-KEPT);
  }

  /** Calls behind `after`; `api` keeps one name, `all` adds the deliveries to the bot. */
  read(filter: { readonly api?: string | undefined; readonly after: number; readonly all: boolean }): { cursor: string; calls: Call[] } {
    const calls = this.calls
      .slice(-KEPT)
      .filter((call) => call.id > filter.after)
      .filter((call) => (filter.api === undefined ? filter.all || call.direction === 'fromBot' : call.api === filter.api));
    return { cursor: String(this.lastId), calls };
  }

  wipe(): void {
    this.calls = [];
  }
}
