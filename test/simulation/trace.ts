/** The trace of a run: every step as a line, a digest over all, and the last ones to read. */
import { createHash } from 'node:crypto';

export interface Trace {
  note(line: string): void;
  /** Digest over all lines; two runs of one seed have the same. */
  hash(): string;
  readonly tail: readonly string[];
}

const TAIL = 60;

/** `now` is the virtual moment in milliseconds that each line begins with. */
export function createTrace(now: () => number): Trace {
  const digest = createHash('sha256');
  const tail: string[] = [];
  return {
    note: (line) => {
      const text = `${(now() / 1000).toFixed(3)} ${line}`;
      digest.update(`${text}\n`);
      tail.push(text);
      if (tail.length > TAIL) tail.shift();
    },
    hash: () => digest.copy().digest('hex'),
    tail,
  };
}
