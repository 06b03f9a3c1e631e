/** One paper of an incident on its way out of the house: its versions, who has passed it, to whom it went and who confirmed it. */
import type { Instant } from '../../instant';
import type { PaperKind } from '../../plans/schema/papers';
import type { PersonId, RoomId } from '../../roster/roster';
import type { TextRef } from '../events/common';
import type { RecordTo } from '../records/record';

/** Steps of a sign-off chain in their order (拟稿、审核、核稿、签发、报送). */
export const CHAIN_ACTS = ['draft', 'review', 'text_check', 'sign', 'send'] as const;
export type ChainAct = (typeof CHAIN_ACTS)[number];
/** Steps that pass a paper on unchanged. */
export type Passing = 'review' | 'text_check';

/** `returned`: back at its drafter; `in_hand`: somewhere in the chain; `signed`: waits for its number and its way out. */
export const PAPER_STAGES = ['returned', 'in_hand', 'signed', 'sent', 'void'] as const;
export type PaperStage = (typeof PAPER_STAGES)[number];

/** Ways by which a paper leaves the house, with the words people have for them. */
export const WAYS = {
  network: '政务专网',
  system: '信息报送系统',
  fax: '传真',
  mail: '电子邮件',
  courier: '机要交换',
  by_hand: '送达纸质件',
  chat: '工作群',
} as const;
export type SendingWay = keyof typeof WAYS;

/** Why a text may not go on: a mark of state secrets, or personal data in a text for the public. */
export type Unfit = 'secrecy_mark' | 'personal_data';

/** A version of the text; `content` is a `PaperDraft` in the vault. */
export interface PaperVersion {
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly content: TextRef;
}

/** A step of the chain that was taken, on which version. */
export interface PaperStep {
  readonly act: ChainAct;
  readonly by: PersonId;
  readonly at: Instant;
  readonly on: number;
  /** Id of the oral approval by which it was taken. */
  readonly oral: string | null;
}

/** What somebody said of a paper; `back`: with this it was sent back. */
export interface PaperRemark {
  readonly at: Instant;
  readonly by: PersonId;
  readonly text: TextRef;
  readonly back: boolean;
}

/** One copy that left the house: to whom, as main recipient or copy, by which way, at which minute, and who confirmed it. */
export interface Sending {
  readonly id: string;
  readonly to: RecordTo;
  readonly as: 'main' | 'copy';
  readonly way: SendingWay;
  readonly sentAt: Instant;
  readonly recordedAt: Instant;
  readonly by: PersonId;
  readonly receipt: { readonly who: TextRef; readonly receivedAt: Instant; readonly by: PersonId } | null;
}

/** What was fixed when the first copy went out: digest of the whole text, and of the file where one was made. */
export interface Frozen {
  readonly hash: string;
  readonly file: string | null;
}

/** One stretch in which somebody had the paper. */
export interface PaperTurn {
  readonly seq: number;
  readonly owner: PersonId;
  readonly from: Instant;
  readonly doneAt: Instant | null;
}

export interface Paper {
  readonly id: string;
  /** Short number among the papers of the incident, from 1 without gaps. */
  readonly n: number;
  readonly kind: PaperKind;
  /** Number within its kind, e.g. of the second 续报. */
  readonly serial: number;
  /** Version of the event that made it. */
  readonly event: number;
  readonly by: PersonId;
  readonly room: RoomId | null;
  /** Chain of the pack; null while the level in force says which. */
  readonly chain: string | null;
  /** The reporting path it goes by; null where the plan has none for it. */
  readonly path: string | null;
  /** Id of the sent paper that it corrects. */
  readonly corrects: string | null;
  readonly about: string | null;
  readonly stage: PaperStage;
  /** The newest ones, oldest first; the last is in force. */
  readonly versions: readonly PaperVersion[];
  /** Everybody who wrote on it; none of them signs it. */
  readonly authors: readonly PersonId[];
  /** Steps that count for the version in force. */
  readonly steps: readonly PaperStep[];
  readonly remarks: readonly PaperRemark[];
  /** Given by hand; '' where somebody said that it has none, null before. */
  readonly number: string | null;
  readonly sendings: readonly Sending[];
  readonly frozen: Frozen | null;
  /** The stretch that runs and the one before it. */
  readonly turns: readonly PaperTurn[];
}
