/** The office's words for papers, `wording/papers.yaml` of the config folder: checked at start, every fault with file and line. */
import { join } from 'node:path';
import { type PaperWording, paperWordingSchema } from '../core/papers/wording';
import { pathlessKinds, wordingFaults } from '../core/papers/wordingFaults';
import type { PlanPack } from '../core/plans/packSchema';
import { type ConfigFault, type Faulty, readYaml } from './yamlFile';

/** The words of all papers, or everything that is wrong with them. A missing file is a fault. */
export function readPaperWording(configDir: string): { readonly is: 'ok'; readonly wording: PaperWording } | Faulty {
  const file = paperWordingFile(configDir);
  const read = readYaml(file, paperWordingSchema);
  if (read.is === 'faults') return read;
  const faults = wordingFaults(read.value).map(({ path, code, zh }) => ({ file, line: read.lineOf(path), code, zh }));
  return faults.length > 0 ? { is: 'faults', faults } : { is: 'ok', wording: read.value };
}

/** Where the words lie. */
export function paperWordingFile(configDir: string): string {
  return join(configDir, 'wording', 'papers.yaml');
}

/** Everything that is wrong with the words by themselves and, where they are sound, under each of these plans: kinds that would reach nobody. */
export function paperWordingFaults(configDir: string, plans: readonly PlanPack[]): readonly ConfigFault[] {
  const file = paperWordingFile(configDir);
  const read = readYaml(file, paperWordingSchema);
  if (read.is === 'faults') return read.faults;
  const found = [...wordingFaults(read.value), ...plans.flatMap((plan) => pathlessKinds(read.value, plan))];
  return found.map(({ path, code, zh }) => ({ file, line: read.lineOf(path), code, zh }));
}
