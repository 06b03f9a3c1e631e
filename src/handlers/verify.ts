/** Whether a stream's record is as it was written: every event's hash, its link to the one before, the head, the words still kept, the papers that went out. */

import { PAPERS, type PaperKind } from '../core/plans/schema/papers';
import type { KeptText, StoredChain, StoredPaper, StoredRecord } from '../ports/chains';
import type { Digest } from '../ports/ids';
import { hashedText } from './execute';

/** The first row that is not as it was written. `version` null: the head of the stream, a text or a paper. */
export interface Break {
  readonly stream: string;
  readonly version: number | null;
  readonly text: string | null;
  readonly why: 'gap' | 'link' | 'hash' | 'head' | 'commitment' | 'paper' | 'paper_file' | 'paper_missing' | 'paper_unsent';
  /** As people call it, where it is one. */
  readonly paper?: string;
}

/**
 * Pure over what is stored; null when all holds. Words that were erased are passed over: their commitment stands in the events and goes on
 * being covered by the chain. A paper that went out is held against the event that fixed it.
 */
export function firstBreak(stored: StoredRecord, digest: Digest): Break | null {
  return brokenChain(stored.chain, digest) ?? wrongText(stored.chain.id, stored.texts, digest) ?? wrongPaper(stored, digest);
}

function brokenChain({ id, version, headHash, events }: StoredChain, digest: Digest): Break | null {
  let prevHash = '';
  for (const [i, event] of events.entries()) {
    const at = { stream: id, version: event.version, text: null };
    if (event.version !== i + 1) return { ...at, version: i + 1, why: 'gap' };
    if (event.prevHash !== prevHash) return { ...at, why: 'link' };
    if (!digest.holds(hashedText({ ...event, stream: id }), event.hash)) return { ...at, why: 'hash' };
    prevHash = event.hash;
  }
  return events.length !== version || prevHash !== headHash ? { stream: id, version: null, text: null, why: 'head' } : null;
}

function wrongText(stream: string, texts: readonly KeptText[], digest: Digest): Break | null {
  const wrong = texts.find(({ salt, body, commitment }) => salt !== null && body !== null && !digest.holds(salt + body, commitment));
  return wrong === undefined ? null : { stream, version: null, text: wrong.id, why: 'commitment' };
}

/** What the events say went out, paper by paper, must stand there whole; and nothing else may claim to have gone out. */
function wrongPaper({ chain, papers }: StoredRecord, digest: Digest): Break | null {
  const fixed = fixedIn(chain);
  const broken = (why: Break['why'], paper: StoredPaper | null): Break => {
    return { stream: chain.id, version: null, text: null, why, ...(paper === null ? {} : { paper: nameOf(paper) }) };
  };
  for (const paper of papers) {
    if (paper.frozenHash === null) continue;
    const recorded = fixed.get(paper.id);
    if (recorded === undefined) return broken('paper_unsent', paper);
    if (paper.frozenHash !== recorded.hash || paper.fileHash !== recorded.file || !digest.holds(paper.facts ?? '', recorded.hash))
      return broken('paper', paper);
    if (paper.keptHash !== paper.fileHash) return broken('paper_file', paper);
    fixed.delete(paper.id);
  }
  const [missing] = fixed.keys();
  return missing === undefined ? null : broken('paper_missing', papers.find(({ id }) => id === missing) ?? null);
}

interface Fixed {
  readonly hash: string;
  readonly file: string | null;
}

/** By paper, from the events by which the first copy went out. */
function fixedIn({ events }: StoredChain): Map<string, Fixed> {
  return new Map(
    events.flatMap(({ type, body }): [string, Fixed][] => {
      if (type !== 'PaperSent') return [];
      const { id, frozen } = JSON.parse(body) as { readonly id: string; readonly frozen: Fixed | null };
      return frozen === null ? [] : [[id, frozen]];
    }),
  );
}

function nameOf({ kind, serial }: StoredPaper): string {
  return `${Object.hasOwn(PAPERS, kind) ? PAPERS[kind as PaperKind] : kind}第${serial}号`;
}

/** One sentence for people. */
export function breakZh({ version, text, why, paper }: Break): string {
  switch (why) {
    case 'gap':
      return `缺少第 ${version} 条记录`;
    case 'link':
      return `第 ${version} 条记录与前一条对不上`;
    case 'hash':
      return `第 ${version} 条记录被改动过`;
    case 'head':
      return '最后的记录被删去，或链头被改动过';
    case 'commitment':
      return `原话 ${text} 被改动过`;
    case 'paper':
      return `已报送的${paper}被改动过`;
    case 'paper_file':
      return `已报送的${paper}的文件被改动过，或者不见了`;
    case 'paper_missing':
      return `已报送的${paper ?? '文稿'}不见了`;
    case 'paper_unsent':
      return `${paper}没有报送记录，却有报送的内容`;
  }
}
