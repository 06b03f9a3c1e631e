/** What a filler of one element gets and gives, and the questions about the record that many of them ask. */
import type { EventOf, IncidentEvent, Recorded, TextRef } from '../incident/events';
import { evolve } from '../incident/evolve';
import type { IncidentState } from '../incident/state';
import type { Line, PaperKind, Table } from './draft';
import type { DutyRecord, EarlierPaper, IncidentRecord, PaperContext, PaperRecord } from './record';
import type { PaperForm } from './wording';

/** One paper about to be drafted. */
export interface Brief<R extends PaperRecord = PaperRecord> {
  readonly kind: PaperKind;
  readonly form: PaperForm;
  readonly record: R;
  readonly ctx: PaperContext;
  /** The last paper sent that tells how matters stand; null before the first. */
  readonly since: EarlierPaper | null;
}
/** A paper of an incident. */
export type IncidentBrief = Brief<IncidentRecord>;
/** A paper of the duty room. */
export type DutyBrief = Brief<DutyRecord>;

/** The same as a paper of an incident; null for one of the duty room. */
export function incidentOf({ record, ...rest }: Brief): IncidentBrief | null {
  return record.is === 'incident' ? { ...rest, record } : null;
}

/** The same as a paper of the duty room; null for one of an incident. */
export function dutyOf({ record, ...rest }: Brief): DutyBrief | null {
  return record.is === 'duty' ? { ...rest, record } : null;
}

/** What an element says: paragraphs, or one list. Nothing: the record tells nothing of it. */
export type Filled = readonly Line[] | Table;

/** Fills one element; `of` is what the element's data name beside the filler. Pure. */
export type Filler<B> = (brief: B, of: string | null) => Filled;

/** The record tells nothing. */
export const NOTHING: readonly Line[] = [];

/** All events of one type, oldest first. */
export function eventsOf<T extends IncidentEvent['type']>({ events }: IncidentRecord, type: T): readonly Recorded<EventOf<T>>[] {
  return events.filter((recorded): recorded is Recorded<EventOf<T>> => recorded.event.type === type);
}

/** The newest event of one type that is meant, or null. */
export function newestOf<T extends IncidentEvent['type']>(
  record: IncidentRecord,
  type: T,
  isMeant: (event: EventOf<T>) => boolean = () => true,
): Recorded<EventOf<T>> | null {
  return eventsOf(record, type).findLast(({ event }) => isMeant(event)) ?? null;
}

/** The newest event that told anything of these types, or null. */
export function newestAmong<T extends IncidentEvent['type']>(record: IncidentRecord, types: readonly T[]): Recorded<EventOf<T>> | null {
  const found = record.events.findLast(({ event }) => (types as readonly string[]).includes(event.type));
  return found === undefined ? null : (found as Recorded<EventOf<T>>);
}

/** The incident as it stood after this event; null before the first. */
export function stateAt({ events }: IncidentRecord, version: number): IncidentState | null {
  const past = events.filter((recorded) => recorded.version <= version);
  return past.reduce<IncidentState | null>(evolve, null);
}

/** Does an event tell anything of the matter? What becomes of papers and what the clock rings does not. */
export function isOfMatter({ type }: { readonly type: string }): boolean {
  return type !== 'DeadlinesRang' && !type.startsWith('Paper');
}

/** What was told by then is old: the paper this one goes on from, or the first report where none was sent. */
export function toldBefore({ since }: Pick<Brief, 'since'>): number {
  return since?.draft.version ?? 1;
}

/** Events after the paper this one goes on from; all where there is none. */
export function eventsSince({ record, since }: IncidentBrief): readonly Recorded<IncidentEvent>[] {
  return record.events.filter(({ version }) => version > (since?.draft.version ?? 0));
}

/** Words of a person that were kept; null where there are none or they were erased. */
export function wordsOf({ texts }: PaperContext, ref: TextRef | null | undefined): string | null {
  return ref === null || ref === undefined ? null : (texts.get(ref.id) ?? null);
}
