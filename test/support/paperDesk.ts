/** What papers are drafted with in tests: the shipped words, an invented office. */
import { resolve } from 'node:path';
import { readPaperWording } from '../../src/config/paperWording';
import { createRenderer } from '../../src/papers/renderer';
import type { PaperDesk } from '../../src/ports/paperDesk';
import { sha256Of } from '../../src/wiring/chance';

/** Fails where the shipped words have faults. */
export function readDesk(): PaperDesk {
  const read = readPaperWording(resolve(__dirname, '../../config'));
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  return {
    wording: read.wording,
    office: { organ: '三门峡市市场监督管理局', phone: null },
    renderer: createRenderer(new Map()),
    hashOf: sha256Of,
  };
}
