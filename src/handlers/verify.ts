/** Whether a stream's record is as it was written: every event's hash, its link to the one before, the head, and the words still kept. */

import type { KeptText, StoredChain } from '../ports/chains';
import type { Digest } from '../ports/ids';
import { hashedText } from './execute';

/** The first row that is not as it was written. `version` null: the head of the stream, or a text. */
export interface Break {
  readonly stream: string;
  readonly version: number | null;
  readonly text: string | null;
  readonly why: 'gap' | 'link' | 'hash' | 'head' | 'commitment';
}

/**
 * Pure over what is stored; null when all holds. Words that were erased are passed over: their commitment stands in the events and goes on
 * being covered by the chain.
 */
export function firstBreak({ id, version, headHash, events }: StoredChain, texts: readonly KeptText[], digest: Digest): Break | null {
  let prevHash = '';
  for (const [i, event] of events.entries()) {
    const at = { stream: id, version: event.version, text: null };
    if (event.version !== i + 1) return { ...at, version: i + 1, why: 'gap' };
    if (event.prevHash !== prevHash) return { ...at, why: 'link' };
    if (event.hash !== digest.of(hashedText({ ...event, stream: id }))) return { ...at, why: 'hash' };
    prevHash = event.hash;
  }
  if (events.length !== version || prevHash !== headHash) return { stream: id, version: null, text: null, why: 'head' };
  return wrongText(id, texts, digest);
}

function wrongText(stream: string, texts: readonly KeptText[], digest: Digest): Break | null {
  const wrong = texts.find(({ salt, body, commitment }) => salt !== null && body !== null && digest.of(salt + body) !== commitment);
  return wrong === undefined ? null : { stream, version: null, text: wrong.id, why: 'commitment' };
}

/** One sentence for people. */
export function breakZh({ version, text, why }: Break): string {
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
  }
}
