/** An official paper as it is laid out: every word final, nothing left to look up (GB/T 9704-2012; procedure section 8). */

/** One line of thought of the body. Levels of headings: 一、（一）1.（1） */
export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  /** A list with a head; every row has as many cells as there are columns. */
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What a renderer needs and nothing else. There is no place for a secrecy mark, a seal or a document number of our own making. */
export interface OfficialPaper {
  /**
   * `document`, where nothing is said: masthead, number, red line. `letter` 信函: mark 30 mm from the page's top, double red lines, no 版记 lines.
   * `bulletin` 快报: mark, issue number, unit left and date right. `sheet`: title and text alone, for lists and logs.
   */
  readonly form?: 'document' | 'letter' | 'bulletin' | 'sheet';
  /** Of a bulletin: 2026年第3期, given by the office by hand; null or absent leaves the place empty. */
  readonly issue?: string | null;
  /** `false`: no seal goes on it, so organ and date stand as the standard has them without one. */
  readonly sealed?: boolean;
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
