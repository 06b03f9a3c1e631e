/** What handlers are given: ports only. */

import type { LadderPort } from '../core/plans/profileSchema';
import type { Rulebook } from '../core/plans/rulebook';
import type { Roster } from '../core/roster/roster';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { Digest, Ids } from '../ports/ids';
import type { Leases } from '../ports/leases';
import type { Log } from '../ports/log';
import type { PaperDesk } from '../ports/paperDesk';
import type { Reach } from '../ports/reach';
import type { Refusals } from '../ports/refusals';
import type { Store, Tx } from '../ports/store';

export interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly directory: Directory;
  readonly reach: Reach;
  readonly rulebooks: Rulebooks;
  readonly papers: PaperDesk;
  readonly log: Log;
  /** Counts what people were refused; missing where nobody asks. */
  readonly refusals?: Refusals;
  /** Messages one person may send in a minute; missing: the usual number (`bot/limits`). */
  readonly messagesAMinute?: number;
  /** Messages a room is shown in an hour; missing: the usual number (`jobs/send/quiet`). */
  readonly roomPostsAnHour?: number;
  /** Where phones reach the pages, e.g. `https://duty.example.gov.cn/console`; missing: messages lead to no page. */
  readonly pagesAt?: string;
  /** Long connections this process may send over, each with its epoch. */
  readonly held: Leases['held'];
}

/** Rulebooks by hash (pinned by running incidents) and the ones that new incidents are opened with. */
export interface Rulebooks {
  readonly current: readonly Rulebook[];
  /** The pinned one; read from the store once, then kept. */
  of(tx: Tx, hash: string): Promise<Rulebook>;
}

/** Rulebook and roster for one command. */
export interface Background {
  readonly rules: Rulebook;
  readonly roster: Roster;
  /** Ways beside the chat that this office has. */
  readonly ports?: readonly LadderPort[];
}
