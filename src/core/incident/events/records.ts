/** Events of the work records: two for all kinds, since what differs stands in their table. */
import type { Instant } from '../../instant';
import type { RecordKind } from '../../plans/schema/records';
import type { PersonId, RoomId } from '../../roster/roster';
import type { MoveId, Stage } from '../records/kinds';
import type { Amount, Bulletin, RecordDetails, RecordTo } from '../records/record';
import type { Asked, Audience, Done, TextRef } from './common';

/** A record begins; something is entered in it, which may be its end. */
export type RecordEvent =
  | (Done &
      RecordDetails & {
        readonly type: 'RecordOpened';
        readonly id: string;
        readonly kind: RecordKind;
        /** Number among those of its kind. */
        readonly n: number;
        readonly room: RoomId | null;
        readonly owner: PersonId;
        readonly to: RecordTo | null;
        readonly words: TextRef | null;
        readonly figures: Bulletin | null;
        readonly stage: Stage;
        readonly asked: readonly Asked[];
        readonly told: Audience;
      })
  | (Done & {
      readonly type: 'RecordEntered';
      readonly id: string;
      readonly move: MoveId;
      /** Where it stands then, and whether that ends what was owed of it. */
      readonly stage: Stage;
      readonly closes: boolean;
      /** Who owes what comes next. */
      readonly owner: PersonId;
      readonly words: TextRef | null;
      readonly parts: Readonly<Record<string, TextRef>>;
      readonly amount: Amount | null;
      /** The minute that was told; null: when it was entered. */
      readonly doneAt: Instant | null;
      /** Why so late, where it came after its moment. */
      readonly lateReason: TextRef | null;
      readonly about: string | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
    });
