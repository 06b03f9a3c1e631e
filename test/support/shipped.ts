/** The shipped plans and the sample bureau, read once a test run: to read them takes most of a second, and a hundred suites want them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rulebook } from '../../src/core/plans/rulebook';
import type { Roster } from '../../src/core/roster/roster';
import { quickFolder } from './quickFolder';

export interface Shipped {
  /** Under the standard profile. */
  readonly rulebooks: readonly Rulebook[];
  readonly roster: Roster;
}

const KEPT_AT = 'TEST_SHIPPED_AT';

/** As this run has read it; outside a run, read now. */
export function shipped(): Shipped {
  const kept = process.env[KEPT_AT];
  return kept === undefined ? reader().readShipped() : (JSON.parse(readFileSync(kept, 'utf8'), revived) as Shipped);
}

/** Reads it for the suites to come; answers what removes it again. */
export function keepShipped(): () => void {
  const kept = join(mkdtempSync(join(quickFolder(), 'fenghuo-shipped-')), 'shipped.json');
  writeFileSync(kept, JSON.stringify(reader().readShipped(), flat));
  process.env[KEPT_AT] = kept;
  return () => rmSync(dirname(kept), { recursive: true, force: true });
}

/** Loaded only where it is needed: it brings the readers of YAML and their schemas with it. */
function reader(): typeof import('./readShipped') {
  return require('./readShipped');
}

function flat(_key: string, value: unknown): unknown {
  return value instanceof Map ? { map: [...value] } : value;
}

function revived(_key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && Object.keys(value).join() === 'map';
  return isMap ? new Map((value as { map: [unknown, unknown][] }).map) : value;
}
