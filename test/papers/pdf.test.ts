/** PDF by a program of the machine: it may be missing, fail or hang, and each of these is one sentence. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPdfMaker } from '../../src/papers/pdf';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-pdf-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that is called like LibreOffice, in words of the shell. */
function program(name: string, words: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${words}\n`);
  chmodSync(path, 0o755);
  return path;
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
const DOCX = new Uint8Array([80, 75]);
const leftBehind = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('fenghuo-pdf-') && !name.startsWith('fenghuo-pdf-test'));

describe('making a PDF', () => {
  test('hands the document over in a folder of its own, without our environment, and takes what was made', async () => {
    process.env.FENGHUO_API_TOKEN = 'not-for-children';
    const before = leftBehind();
    const made = await createPdfMaker(
      program('good', 'for last; do :; done; { cat "$last"; env; echo "$@"; } > "$(dirname "$last")/paper.pdf"'),
    ).pdf(DOCX);
    delete process.env.FENGHUO_API_TOKEN;
    const said = made.is === 'pdf' ? Buffer.from(made.bytes).toString() : made.zh;
    expect(said).toMatch(/^PK/);
    expect(said).toContain('--headless');
    expect(said).toMatch(/UserInstallation=file:\/\/.*fenghuo-pdf-/);
    expect(said).not.toContain('not-for-children');
    expect(leftBehind()).toEqual(before);
  });
  test('says where to look when there is no such program', async () => {
    const made = await createPdfMaker(join(folder, 'nowhere')).pdf(DOCX);
    expect(made).toEqual({ is: 'none', zh: expect.stringContaining('FENGHUO_PDF_COMMAND') });
  });
  test('says so when the program made nothing', async () => {
    expect(await createPdfMaker(program('bad', 'exit 1')).pdf(DOCX)).toEqual({ is: 'none', zh: expect.stringContaining('没有转出') });
  });
  test('ends a program that hangs, and its children', async () => {
    const made = await createPdfMaker(program('slow', `sleep 61 & echo $! > ${folder}/child; wait`), { limitMs: 300 }).pdf(DOCX);
    expect(made).toEqual({ is: 'none', zh: expect.stringContaining('已停止') });
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    for (let looks = 0; isAlive(child) && looks < 100; looks += 1) await new Promise((go) => setTimeout(go, 20));
    expect(isAlive(child)).toBe(false);
  });
});
