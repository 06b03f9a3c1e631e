/** What is said to people, before any platform's syntax: typed parts, so that only a mention can page and people's own text can forge nothing. */
import type { Exposure, PersonId } from '../roster/roster';

export type Part =
  /** Our own words. */
  | { readonly is: 'text'; readonly text: string }
  /** Words a person wrote: encoders neutralise mentions, links, markup and control characters inside. */
  | { readonly is: 'quote'; readonly text: string }
  /** A person named in words; pages nobody. */
  | { readonly is: 'name'; readonly person: PersonId; readonly text: string };

/** One line of a message; `needs` is the least exposure of a room in which it may be shown. */
export interface Line {
  readonly needs: Exposure;
  /** Stands in for what may not be shown: only in rooms that see no more than this. */
  readonly upTo?: Exposure;
  readonly parts: readonly Part[];
}

/** A button whose key comes back in a click, e.g. `ack:<number>:<version>`; at most 10 characters of text. */
export interface Button {
  readonly key: string;
  readonly text: string;
}

export interface Message {
  /** Visible short code of the incident, e.g. `#12`; null for general replies. Quotes are matched by it. */
  readonly ref: string | null;
  readonly heading: string;
  readonly lines: readonly Line[];
  /** People to be really paged, in order, without repeats. */
  readonly mentions: readonly PersonId[];
  readonly buttons: readonly Button[];
  /** What the buttons ask for: heading of the card that bears them where the text needs a message of its own. */
  readonly cardHeading?: string;
  /** Address of the page where a phone shows it whole and takes the answer; numbers alone, so it may stand wherever the message does. */
  readonly page?: string;
  /** After a click: the message shows the press as done instead of fresh buttons. */
  readonly pressed?: string;
  /** A file that goes with it, kept under its hash; only where everything may be seen. */
  readonly file?: { readonly sha256: string; readonly name: string };
  /** Shown on purpose to one person who gave a reason: numbers in people's words stay as written where everything may be seen. */
  readonly unmasked?: true;
}

export const text = (t: string): Part => ({ is: 'text', text: t });
export const quote = (t: string): Part => ({ is: 'quote', text: t });

/** A line for every room. */
export const open = (...parts: readonly (Part | string)[]): Line => ({ needs: 'pointer', parts: parts.map(toPart) });
/** A line in the place of what only other rooms may see. */
export const instead = (...parts: readonly (Part | string)[]): Line => ({ needs: 'pointer', upTo: 'pointer', parts: parts.map(toPart) });
/** A line for rooms that may see levels, counties and figures. */
export const summary = (...parts: readonly (Part | string)[]): Line => ({ needs: 'summary', parts: parts.map(toPart) });
/** A line for rooms that may see everything. */
export const full = (...parts: readonly (Part | string)[]): Line => ({ needs: 'full', parts: parts.map(toPart) });

function toPart(part: Part | string): Part {
  return typeof part === 'string' ? text(part) : part;
}
