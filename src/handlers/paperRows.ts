/** The rows of papers, a row for each version, kept beside the events that made them. */
import type { Paper } from '../core/incident/papers/paper';
import type { PaperRow } from '../ports/streams';

interface WithPapers {
  readonly papers: Readonly<Record<string, Paper>>;
}

/** Versions that are not as they were before; an older version that a newer one took the place of among them. */
export function papersChanged(before: WithPapers | null, after: WithPapers): readonly PaperRow[] {
  return Object.values(after.papers)
    .filter((paper) => before?.papers[paper.id] !== paper)
    .flatMap((paper) => rowsOf(paper, before?.papers[paper.id]));
}

function rowsOf(paper: Paper, old: Paper | undefined): readonly PaperRow[] {
  const version = versionOf(paper);
  const replaced = old === undefined || versionOf(old) === version ? [] : [rowOf(paper, versionOf(old), 'replaced')];
  return [...replaced, rowOf(paper, version, paper.stage)];
}

function rowOf({ id, kind, serial, frozen }: Paper, version: number, state: PaperRow['state']): PaperRow {
  const fixed = state === 'sent' ? frozen : null;
  return { id, kind, serial, version, state, facts: null, fileHash: fixed?.file ?? null, frozenHash: fixed?.hash ?? null };
}

function versionOf({ versions }: Paper): number {
  return versions.at(-1)?.version ?? 1;
}
