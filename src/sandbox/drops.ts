/** What the platform swallowed although it answered ok (dossier 8.4): for the people who wonder why nobody heard. */
import { isoOf } from './instant';

const KEPT = 2000;

/** One message that a person did not get. */
export interface Drop {
  readonly id: number;
  readonly at: string;
  readonly via: 'app' | 'appchat' | 'robot';
  readonly room: string;
  readonly people: readonly string[];
  readonly why: 'member_rate' | 'app_day' | 'duplicate' | 'used_response_url';
  readonly raw: unknown;
}

/** The last 2000 silent drops. */
export class DropLog {
  private drops: Drop[] = [];
  private lastId = 0;

  constructor(private readonly now: () => number) {}

  note(drop: Omit<Drop, 'id' | 'at'>): void {
    this.lastId += 1;
    this.drops.push({ id: this.lastId, at: isoOf(this.now()), ...drop });
    if (this.drops.length > KEPT * 2) this.drops = this.drops.slice(-KEPT);
  }

  /** Drops behind `after`, in order. */
  read(after: number): { cursor: string; drops: Drop[] } {
    return { cursor: String(this.lastId), drops: this.drops.slice(-KEPT).filter((drop) => drop.id > after) };
  }

  wipe(): void {
    this.drops = [];
  }
}
