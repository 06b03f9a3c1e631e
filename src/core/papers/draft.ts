/** A paper before it is signed: its elements in order, every piece of text with where it comes from (procedure section 7). */
import type { Instant } from '../instant';
import type { PaperKind } from '../plans/schema/papers';
import type { Interval } from '../report/fields';
import type { PersonId } from '../roster/roster';
import type { OfficialPaper } from './official';

export type { PaperKind } from '../plans/schema/papers';

/** Where a piece of text comes from. */
export type From =
  /** An event of the incident, or of the duty room's shift `n`; the version finds it in its stream. */
  | { readonly is: 'event'; readonly stream: 'incident' | 'duty'; readonly n: number; readonly version: number }
  /** `wording`: the office's own file of words; `plan`: the pack or the profile; `roster`: people, rooms, counties. */
  | { readonly is: 'wording' | 'plan' | 'roster' }
  /** The moment of drafting, and the number of the paper in its series. */
  | { readonly is: 'draft' }
  /** The title as a whole: matter, number in the series, day. */
  | { readonly is: 'title' }
  /** The number of an incident itself. */
  | { readonly is: 'incident'; readonly n: number }
  /** A number reckoned from the stream as it stood after this event: how many were called, how many answered. */
  | { readonly is: 'count'; readonly stream: 'incident' | 'duty'; readonly n: number; readonly version: number }
  /** The moment something is due: the row of this key, as the rules reckon it from the record. */
  | { readonly is: 'due'; readonly key: string }
  /** Another paper of this incident. */
  | { readonly is: 'paper'; readonly id: string }
  /** 正在核实, or 无: the record says nothing. */
  | { readonly is: 'unknown' | 'none' }
  /** Written by a person in the place of what the record gives. */
  | { readonly is: 'hand'; readonly by: PersonId };

/** A measure that a part states, so that two papers can be compared by their figures. */
export interface Stated {
  readonly measure: string;
  readonly interval: Interval;
  /** `was`: what held before; only `now` is compared. */
  readonly side: 'now' | 'was';
}

/** A piece of text with its origin. Text that comes from people is already masked. */
export interface Part {
  readonly text: string;
  readonly from: From;
  readonly states?: Stated;
}

/** One paragraph, or one cell of a table. */
export type Line = readonly Part[];

/** A list with a head; every row has as many cells as there are columns. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Line[])[];
}

/** How an element stands on the page: a sentence of its section's paragraph, a paragraph of its own, or under a heading of its own. */
export type Flow = 'sentence' | 'paragraph' | 'headed';

/** One element of a paper. Without lines and table it has nothing to say and is left out when the paper is laid out. */
export interface PaperItem {
  /** Stable; edits and differences find the element by it. */
  readonly key: string;
  readonly heading: string;
  /** Heading of the section it stands in; null before the first. */
  readonly section: string | null;
  readonly flow: Flow;
  readonly required: boolean;
  readonly lines: readonly Line[];
  readonly table: Table | null;
}

/** Something to look at before the paper is signed; it blocks nothing. */
export interface PaperWarning {
  readonly code:
    | 'nothing_new'
    | 'no_recipient'
    | 'too_long'
    | 'untraced'
    | 'against_record'
    | 'nothing_to_tell'
    | 'no_earlier'
    | 'words_erased';
  /** The element it is about; null: the paper. */
  readonly key: string | null;
  /** One sentence for people. */
  readonly zh: string;
}

/** Who a paper goes to: a party or a role of the pack, a county, a person or a group by its id, with the name people read. */
export interface Recipient {
  readonly id: string;
  readonly kind: 'party' | 'role' | 'county' | 'person' | 'group';
  readonly zh: string;
}

/** To whom a paper speaks; decides what is masked. `upward` alone shows who signed it. */
export type PaperAudience = 'upward' | 'outward' | 'internal' | 'public';

/** What a drafter gets. Plain data: may be stored as JSON as it is. */
export interface PaperDraft {
  readonly kind: PaperKind;
  /** Form of the page; absent in drafts of before there was a choice: a document. */
  readonly form?: NonNullable<OfficialPaper['form']>;
  /** What stands in red at the top in the place of the organ; absent or null: the organ. */
  readonly masthead?: string | null;
  /** Of a bulletin numbered by its series: 第1期; absent or null: given by the office by hand. */
  readonly issue?: string | null;
  /** Number in the series of its kind and incident, from 1 without gaps; null for kinds that are not numbered. */
  readonly serial: number | null;
  /** Whole, with 【演练】 ahead in a drill. */
  readonly title: string;
  readonly audience: PaperAudience;
  readonly to: readonly Recipient[];
  readonly copies: readonly Recipient[];
  readonly items: readonly PaperItem[];
  readonly warnings: readonly PaperWarning[];
  /** Number of the incident; null for papers of the duty room. */
  readonly incident: number | null;
  /** Level in force or 未定级; null in a plan without levels and for papers of the duty room. */
  readonly level: Part | null;
  /** What it is about: a call, task, directive, record or paper; null: the incident as a whole. */
  readonly about: string | null;
  readonly drafter: PersonId | null;
  /** When it was drafted. */
  readonly at: Instant;
  /** Last event of the stream it was drafted from; a later paper tells what came after it. */
  readonly version: number;
  /** 附注: who can be asked, and the duty room's telephone. */
  readonly note: Line;
}

/** The words of a line. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}
