/** The trace of a run: every step as a line, a digest over all, and the last ones to read. */
import { createHash } from 'node:crypto';

export interface Trace {
  note(line: string): void;
  /** Digest over all lines so far; two runs of one seed have the same. */
  hash(): string;
  /** The last lines. */
  tail(): readonly string[];
}

const TAIL = 60;
/** Lines that are digested together. */
const CHUNK = 1_000;

/** `now` is the virtual moment in milliseconds that each line begins with; `heard` is told each line as it is written. */
export function createTrace(now: () => number, heard?: (line: string) => void): Trace {
  const digest = createHash('sha256');
  let before: readonly string[] = [];
  let lines: string[] = [];
  return {
    note: (line) => {
      const text = `${now()} ${line}`;
      heard?.(text);
      lines.push(text);
      if (lines.length < CHUNK) return;
      digest.update(`${lines.join('\n')}\n`);
      before = lines;
      lines = [];
    },
    hash: () => digest.copy().update(lines.join('\n')).digest('hex'),
    tail: () => [...before, ...lines].slice(-TAIL),
  };
}
