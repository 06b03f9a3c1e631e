/** A second reader of reports beside the rules: a language model of the office's own, asked late and never waited for. */
import type { Instant } from '../core/instant';

/** `answer` is whatever the model said as JSON: nothing is taken from it that the core has not checked. `why` is a short code without content. */
export type SecondAnswer = { readonly is: 'answer'; readonly answer: unknown } | { readonly is: 'failed'; readonly why: string };

export interface SecondReader {
  /** Reads masked words as of `now`. Always ends within its time limit, never throws; may be asked again. */
  ask(words: string, now: Instant, stop: AbortSignal): Promise<SecondAnswer>;
}

/** A first report that has been offered no second reading: its incident, and the message it came with. */
export interface Unread {
  readonly stream: string;
  readonly inbox: string;
}

export interface UnreadReports {
  /** Reports of incidents under way that came in after `since`, oldest first, without those named. */
  waiting(since: Instant, without: readonly string[]): Promise<readonly Unread[]>;
}
