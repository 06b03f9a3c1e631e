/** A start that cannot go on: sentences for the clerk who started it, no stack. */
import type { ConfigFault } from '../config/yamlFile';

export class StartFault extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/** file:line sentence */
export function sentencesOf(faults: readonly ConfigFault[]): readonly string[] {
  return faults.map((f) => `${f.file}${f.line > 0 ? `:${f.line}` : ''} ${f.zh}`);
}
