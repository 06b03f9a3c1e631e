/** An official paper as it is laid out: every word final, nothing left to look up (GB/T 9704-2012; procedure section 8). */

/** One line of thought of the body. Levels of headings: 一、（一）1.（1） */
export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string };

/** What a renderer needs and nothing else. There is no place for a secrecy mark, a seal or a document number of our own making. */
export interface OfficialPaper {
  /** 发文机关标志, in red: the organ, or the organ and 文件. */
  readonly masthead: string;
  readonly urgency: '特急' | '加急' | null;
  /** Given by the office by hand; null leaves the place empty. */
  readonly number: string | null;
  /** 签发人: only papers upward show one; null otherwise. */
  readonly signer: string | null;
  readonly title: string;
  /** 主送机关; empty for papers without one. */
  readonly to: readonly string[];
  readonly body: readonly Block[];
  /** 附件 by name, without punctuation behind. */
  readonly attachments: readonly string[];
  /** 发文机关署名. */
  readonly organ: string;
  /** 成文日期, e.g. 2026年3月5日; null leaves the place empty until it is signed. */
  readonly date: string | null;
  /** 附注, without its brackets. */
  readonly note: string | null;
  /** 抄送机关. */
  readonly copies: readonly string[];
  /** 印发机关 and its date. */
  readonly printed: { readonly by: string; readonly on: string } | null;
}
