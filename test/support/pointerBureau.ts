/** A copy of the sample bureau in which every room shows pointers only. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Answers the folder; the caller removes it. */
export function pointerBureau(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-pointer-'));
  cpSync(resolve('config/sample-bureau'), folder, { recursive: true });
  const file = join(folder, 'bureau.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('exposure: full', 'exposure: pointer'));
  return folder;
}
