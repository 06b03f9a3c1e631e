/** The office's words for papers, `wording/papers.yaml` of the config folder: checked at start, every fault with file and line. */
import { join } from 'node:path';
import { type PaperWording, paperWordingSchema } from '../core/papers/wording';
import { wordingFaults } from '../core/papers/wordingFaults';
import { type Faulty, readYaml } from './yamlFile';

/** The words of all papers, or everything that is wrong with them. A missing file is a fault. */
export function readPaperWording(configDir: string): { readonly is: 'ok'; readonly wording: PaperWording } | Faulty {
  const file = join(configDir, 'wording', 'papers.yaml');
  const read = readYaml(file, paperWordingSchema);
  if (read.is === 'faults') return read;
  const faults = wordingFaults(read.value).map(({ path, code, zh }) => ({ file, line: read.lineOf(path), code, zh }));
  return faults.length > 0 ? { is: 'faults', faults } : { is: 'ok', wording: read.value };
}
