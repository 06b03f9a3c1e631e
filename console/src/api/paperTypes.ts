/** Papers as the API answers them. */
import type { Page } from './types';

export type ChainAct = 'draft' | 'review' | 'text_check' | 'sign' | 'send';
export type Stage = 'returned' | 'in_hand' | 'signed' | 'sent' | 'void';

/** Where a piece of text comes from. */
export interface From {
  readonly is: string;
  readonly stream?: 'incident' | 'duty';
  readonly n?: number;
  readonly version?: number;
  readonly key?: string;
  readonly by?: string;
}

export interface Piece {
  readonly text: string;
  readonly from: From;
}

export interface ChainStep {
  readonly act: ChainAct;
  readonly roles: readonly string[];
  readonly by: string | null;
  readonly at: string | null;
  readonly oral: string | null;
}

export interface Sending {
  readonly id: string;
  readonly to: { readonly kind: string; readonly id: string };
  readonly as: 'main' | 'copy';
  readonly way: string;
  readonly sentAt: string;
  readonly by: string;
  readonly receipt: { readonly receivedAt: string; readonly by: string; readonly who: string | null } | null;
}

export interface PaperRow {
  readonly id: string;
  readonly n: number;
  readonly kind: string;
  readonly kindZh: string;
  readonly by: string;
  readonly stage: Stage;
  readonly stageZh: string;
  readonly number: string | null;
  readonly version: number;
  readonly corrects: number | null;
  readonly waitsFor: ChainAct | null;
  readonly owner: string | null;
  readonly chain: { readonly zh: string; readonly steps: readonly ChainStep[] };
  readonly remarks: readonly { readonly at: string; readonly by: string; readonly back: boolean; readonly words: string | null }[];
  readonly sendings: readonly Sending[];
}

export interface ListedPaper extends PaperRow {
  readonly incident: number;
  readonly title: string;
}

export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly parts: readonly Piece[] }
  | { readonly is: 'paragraph'; readonly parts: readonly Piece[] }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly (readonly Piece[])[])[] };

export interface Printed {
  readonly form: string;
  readonly masthead: string;
  readonly number: string | null;
  readonly signer: string | null;
  readonly title: string;
  readonly to: readonly string[];
  readonly body: readonly Block[];
  readonly organ: string;
  readonly date: string | null;
  readonly note: string | null;
  readonly copies: readonly string[];
}

export interface Recipient {
  readonly id: string;
  readonly kind: string;
  readonly zh: string;
}

export interface WholePaper extends PaperRow {
  readonly content: {
    readonly to: readonly Recipient[];
    readonly copies: readonly Recipient[];
    readonly warnings: readonly { readonly code: string; readonly key: string | null; readonly zh: string }[];
    readonly items: readonly { readonly key: string; readonly heading: string; readonly text: string }[];
  } | null;
  readonly printed: Printed | null;
  readonly versions: readonly { readonly version: number; readonly at: string; readonly by: string }[];
  readonly differences: readonly {
    readonly key: string;
    readonly heading: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

export type Papers = Page<ListedPaper>;
