/** Planted faults: one-line patches of the sources that the simulation is to find out. They change nothing on the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile, run } from '../../bench/typescript.js';
import { applied, type Patch, parsePatch } from './patch';
import type { simulate } from './run';

export interface Fault extends Patch {
  readonly name: string;
  /** A seed that is known to find it out soon. */
  readonly known: number;
}

type Simulate = typeof simulate;

const ROOT = resolve(__dirname, '../..');
const FOLDER = resolve(__dirname, 'faults');

export const FAULTS: readonly Fault[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.patch'))
  .sort()
  .map((file) => readFault(file.slice(0, -'.patch'.length)));

/** `simulate` of a bureau whose sources have this fault; of the tree as it stands for null. Throws for a patch that does not apply. */
export function simulateWith(name: string | null): Simulate {
  const fault = FAULTS.find((one) => one.name === name);
  if (name !== null && fault === undefined) throw new Error(`no planted fault is called ${name}`);
  return loadedWith(fault === undefined ? new Map() : patchedFiles(fault));
}

/** The text of each file that the fault changes, by its absolute path. Throws where the sources have moved on. */
export function patchedFiles({ name, files }: Fault): ReadonlyMap<string, string> {
  return new Map(
    files.map((file) => {
      const path = resolve(ROOT, file.path);
      const text = applied(readFileSync(path, 'utf8'), file);
      if (text === null) throw new Error(`${name}.patch does not apply to ${file.path}`);
      return [path, text];
    }),
  );
}

function readFault(name: string): Fault {
  const text = readFileSync(resolve(FOLDER, `${name}.patch`), 'utf8');
  const known = /^Seed: (\d+)$/m.exec(text)?.[1];
  if (known === undefined) throw new Error(`${name}.patch names no seed that finds it`);
  return { name, known: Number(known), ...parsePatch(text) };
}

/** Compiled once, though it may be loaded for fault after fault. */
const compiled = new Map<string, string>();

/** Files that the sources loaded last have another text of than the disk. */
let different: readonly string[] = [];

/** Loads the simulation and what it is made of, with these texts in the place of what is on the disk; what no changed file reaches stays. */
function loadedWith(texts: ReadonlyMap<string, string>): Simulate {
  const changed = new Set([...different, ...texts.keys()]);
  different = [...texts.keys()];
  for (const path of reaching(changed)) delete require.cache[path];
  const before = require.extensions['.ts'];
  require.extensions['.ts'] = (module, path) => {
    const text = texts.get(path) ?? readFileSync(path, 'utf8');
    const code = compiled.get(path + text) ?? compile(text, path);
    compiled.set(path + text, code);
    run(module, code, path);
  };
  try {
    return (require('./run') as { readonly simulate: Simulate }).simulate;
  } finally {
    require.extensions['.ts'] = before;
  }
}

/** Modules that load one of these files, by however many others. */
function reaching(files: ReadonlySet<string>): readonly string[] {
  const known = new Map<string, boolean>();
  const reaches = (module: NodeModule): boolean => {
    const seen = known.get(module.id);
    if (seen !== undefined) return seen;
    known.set(module.id, files.has(module.id));
    const does = files.has(module.id) || module.children.some(reaches);
    known.set(module.id, does);
    return does;
  };
  return Object.entries(require.cache).flatMap(([path, module]) => (module !== undefined && reaches(module) ? [path] : []));
}
