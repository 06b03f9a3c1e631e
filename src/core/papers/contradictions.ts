/** Two papers of one moment that state different figures: a warning for whoever signs the second (row M1; procedure section 7). */
import { type Instant, MINUTE } from '../instant';
import type { Interval } from '../report/fields';
import { readReport } from '../report/read';
import type { PaperDraft, Part } from './draft';

/** One paper to be compared. */
export interface ComparedPaper {
  readonly id: string;
  readonly draft: PaperDraft;
}

/** One measure that two papers state differently. */
export interface Contradiction {
  readonly measure: string;
  readonly papers: readonly [string, string];
  readonly texts: readonly [string, string];
}

/** Every pair of papers of one moment and every measure both state. One moment: drafted in the same minute, or from the same events. Pure. */
export function contradictions(papers: readonly ComparedPaper[]): readonly Contradiction[] {
  return papers.flatMap((first, i) =>
    papers.slice(i + 1).flatMap((second) => (sameMoment(first.draft, second.draft) ? between(first, second) : [])),
  );
}

function sameMoment(a: PaperDraft, b: PaperDraft): boolean {
  return a.incident === b.incident && (a.version === b.version || Math.floor(a.at / MINUTE) === Math.floor(b.at / MINUTE));
}

function between(first: ComparedPaper, second: ComparedPaper): readonly Contradiction[] {
  const told = statedIn(first.draft);
  return [...statedIn(second.draft)].flatMap(([measure, other]): Contradiction[] => {
    const one = told.get(measure);
    if (one === undefined || (one.interval.min === other.interval.min && one.interval.max === other.interval.max)) return [];
    return [{ measure, papers: [first.id, second.id], texts: [one.text, other.text] }];
  });
}

interface StatedFigure {
  readonly interval: Interval;
  readonly text: string;
}

/** The figure each measure has in a paper now, also where a person wrote it; the last one stated counts. */
export function statedIn({ items, at }: PaperDraft): ReadonlyMap<string, StatedFigure> {
  const parts = items.flatMap(({ lines, table }): readonly Part[] => [...lines, ...(table?.rows.flat() ?? [])].flat());
  return new Map(parts.flatMap((part) => (part.from.is === 'hand' ? byHand(part, at) : byRecord(part))));
}

function byRecord({ text, states }: Part): readonly [string, StatedFigure][] {
  return states === undefined || states.side === 'was' ? [] : [[states.measure, { interval: states.interval, text }]];
}

/** A person's words are read as a report is. */
function byHand({ text }: Part, at: Instant): readonly [string, StatedFigure][] {
  const { facts } = readReport(text, at, { counties: [] }, 'report');
  return facts.map(({ measure, interval, spans: [span] }) => [measure, { interval, text: text.slice(span?.start ?? 0, span?.end) }]);
}
