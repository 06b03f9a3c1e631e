/** What one kind of stream is to the handlers: how it is decided, folded, timed and told of. The incident is the first. */
import type { Deadline } from '../core/deadlines/deadline';
import type { Envelope } from '../core/incident/commands';
import type { Recorded } from '../core/incident/events';
import type { Confirm, Refusal } from '../core/incident/refusal';
import type { Intent } from '../core/notices/intent';
import type { Urgency } from '../core/plans/packSchema';
import type { Rulebook } from '../core/plans/rulebook';
import type { Versioned } from '../core/upcast';
import type { Ask, ListedIncident, PaperRow, StreamKind, StreamRow } from '../ports/streams';
import type { Background } from './deps';

/** `S` its state, `E` its events, `C` its commands. All of it pure: no clock, no chance, no I/O. */
export interface Life<S, E extends Versioned, C extends { readonly type: string }> {
  readonly kind: StreamKind;
  /** Shape of its state; raised with every change of what is folded, so that snapshots in another shape are folded anew. */
  readonly v: number;
  /** `before` is null for a stream without events. Rings that nobody owes are the only command that may be accepted without an event. */
  decide(
    scene: Background,
    before: S | null,
    envelope: Envelope<C>,
  ): { readonly is: 'events'; readonly events: readonly E[] } | Refusal | Confirm;
  evolve(before: S | null, recorded: Recorded<E>): S;
  /** A stored event in the shape that `evolve` folds; null when a newer program wrote it. */
  upcast(stored: Versioned): E | null;
  /** Every obligation, open or closed. */
  deadlines(rules: Rulebook, state: S): readonly Deadline[];
  /** Who is owed a message because of an event. */
  notices(recorded: Recorded<E>): readonly Intent[];
  /** How much its messages may bother people now; absent: as usual. */
  urgency?(rules: Rulebook, state: S): Urgency;
  /** Asks that are not as they were before; all of them where nothing was before. */
  asks(before: S | null, after: S): readonly Ask[];
  /** Versions of its papers that are not as they were before, without what was fixed of them; absent: it has none. */
  papers?(before: S | null, after: S): readonly PaperRow[];
  /** Its row among the incidents; null for a stream that is none. */
  row(rules: Rulebook, stream: StreamRow, state: S): ListedIncident | null;
  status(state: S): string;
}
