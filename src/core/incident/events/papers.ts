/** Events of the papers of an incident: drafted, changed, passed on, signed, sent, received. Their text stands in the vault. */
import type { Instant } from '../../instant';
import type { PaperKind } from '../../plans/schema/papers';
import type { PersonId, RoomId } from '../../roster/roster';
import type { Frozen, Passing, SendingWay } from '../papers/paper';
import type { RecordTo } from '../records/record';
import type { Asked, Audience, Done, TextRef } from './common';

/** A step that hands the paper to somebody: whose turn it is (null: nobody's) and who is asked. */
interface HandedOn {
  readonly id: string;
  readonly owner: PersonId | null;
  readonly asked: readonly Asked[];
  readonly told: Audience;
}

export type PaperEvent =
  | (Done &
      HandedOn & {
        readonly type: 'PaperDrafted';
        readonly n: number;
        readonly kind: PaperKind;
        readonly serial: number;
        readonly chain: string | null;
        readonly path: string | null;
        readonly corrects: string | null;
        readonly about: string | null;
        readonly room: RoomId | null;
        readonly content: TextRef;
      })
  /** 改稿: a new version; `restarts`: it goes the chain again from the first check. */
  | (Done & HandedOn & { readonly type: 'PaperRevised'; readonly content: TextRef; readonly restarts: boolean })
  /** 审核, 核稿 */
  | (Done & HandedOn & { readonly type: 'PaperPassed'; readonly act: Passing; readonly text: TextRef | null })
  /** 签发; `chain`: the one that holds from now on, whatever the level becomes. */
  | (Done & HandedOn & { readonly type: 'PaperSigned'; readonly chain: string; readonly text: TextRef | null })
  /** 退改 */
  | (Done & HandedOn & { readonly type: 'PaperSentBack'; readonly reason: TextRef })
  /** Another level, another chain: the step goes to somebody else, and these were asked before. */
  | (Done & HandedOn & { readonly type: 'PaperReassigned'; readonly withdrawn: readonly PersonId[] })
  | (Done & { readonly type: 'PaperCommented'; readonly id: string; readonly text: TextRef; readonly told: Audience })
  /** 编号, by hand; '' where there is none. */
  | (Done & { readonly type: 'PaperNumbered'; readonly id: string; readonly number: string; readonly told: Audience })
  /** 报送 to one recipient; the first one freezes the text. */
  | (Done & {
      readonly type: 'PaperSent';
      readonly id: string;
      readonly sending: string;
      readonly to: RecordTo;
      readonly as: 'main' | 'copy';
      readonly way: SendingWay;
      readonly sentAt: Instant;
      readonly frozen: Frozen | null;
      readonly told: Audience;
    })
  | (Done & {
      readonly type: 'PaperReceipted';
      readonly id: string;
      readonly sending: string;
      readonly who: TextRef;
      readonly receivedAt: Instant;
      readonly told: Audience;
    })
  /** 作废, before it went out. */
  | (Done & { readonly type: 'PaperVoided'; readonly id: string; readonly reason: TextRef; readonly told: Audience });
