/** One obligation of one stream with its moment: computed by the core, kept as a row, moved only by the diff of `deadlines()`. */
import type { Instant } from '../instant';

/** `missed`: done after its moment, or never before the response ended; what is only overdue stays `open`. */
export type DeadlineStatus = 'open' | 'met' | 'missed' | 'void';

export interface Deadline {
  /** Unique within the stream, e.g. `assess` or `group_ack:<askId>`. */
  readonly key: string;
  /** Id in the deadline profile, e.g. `group_ack`; `task_done` for the work of a task, which names its own moment. */
  readonly kind: string;
  /** Who owes it: a person id, or a role id where nobody is named. */
  readonly owner: string;
  readonly baseAt: Instant;
  readonly dueAt: Instant;
  /** Next ring; null when nothing is to ring any more. */
  readonly nextAt: Instant | null;
  /** How many rings have been heard. */
  readonly stage: number;
  readonly status: DeadlineStatus;
  /** Mark of the rule behind the number: law, nat, std, local, seed or proj. */
  readonly basis: string;
  /** What people read about why it stands so, e.g. 改级重计. */
  readonly why: string;
}
