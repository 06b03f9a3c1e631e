/** What all cases share: the sources as plain JavaScript in a folder that every account can read, and a database to copy. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';
import pino from 'pino';
import { startEmbedded } from '../../../src/store/embedded/startEmbedded';
import { quickFolder } from '../../support/quickFolder';

const PROJECT = resolve(__dirname, '..', '..', '..');
const SCRIPTS = 'test/store/embedded';
const OPTIONS = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } } as const;

export interface Stage {
  /** Holds `src`, `migrations`, `node_modules` and the scripts. */
  readonly sources: string;
  /** Where botProcess.js and programProcess.js stand. */
  readonly scripts: string;
  /** A data folder whose database was made and stopped in order; only to be copied. */
  begun(): Promise<string>;
  /** Gives it back; the last one to do so removes everything. */
  release(): void;
}

let sources: string | null = null;
let database: Promise<string> | null = null;
let place = '';
let holders = 0;

/** Compiles the sources (a third of a second) unless somebody holds them already. */
export function holdStage(): Stage {
  holders += 1;
  sources ??= compile();
  const folder = sources;
  return {
    sources: folder,
    scripts: join(folder, SCRIPTS),
    begun: () => (database ??= begin()),
    release: () => {
      holders -= 1;
      if (holders > 0) return;
      for (const made of [folder, place]) rmSync(made, { recursive: true, force: true });
      sources = null;
      database = null;
    },
  };
}

async function begin(): Promise<string> {
  place = mkdtempSync(join(quickFolder(), 'fenghuo-begun-'));
  chmodSync(place, 0o755);
  const dataDir = join(place, 'data');
  const started = await startEmbedded({ dataDir, log: pino({ level: 'silent' }), settings: { fsync: 'off' } });
  await started.stop();
  return dataDir;
}

function compile(): string {
  const folder = mkdtempSync(join(quickFolder(), 'fenghuo-sources-'));
  chmodSync(folder, 0o755);
  for (const name of readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })) put(join('src', name), folder);
  for (const name of ['botProcess.js', 'programProcess.js']) put(join(SCRIPTS, name), folder);
  cpSync(join(PROJECT, 'migrations'), join(folder, 'migrations'), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function put(name: string, folder: string): void {
  const [from, to] = [join(PROJECT, name), join(folder, name)];
  if (!/\.\w+$/.test(name)) return;
  mkdirSync(dirname(to), { recursive: true });
  if (name.endsWith('.ts')) writeFileSync(to.replace(/ts$/, 'js'), transformFileSync(from, OPTIONS).code);
  else copyFileSync(from, to);
}
