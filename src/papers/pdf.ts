/** PDF through the LibreOffice of the machine, where there is one: a child with a folder of its own and a time limit. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PdfMade, PdfMaker } from '../ports/paperRenderer';

/** The first start makes a profile and takes some seconds. */
const LIMIT_MS = 60_000;
const USUAL = ['soffice', 'libreoffice'];
const ABSENT = '本机没有安装 LibreOffice，不能转成 PDF：请安装后重试，或用 FENGHUO_PDF_COMMAND 写明 soffice 的位置；也可以直接打印 docx。';

/** `command` is a path or a name on the PATH; null looks for LibreOffice by its usual names. One document after the other: it takes a whole core. */
export function createPdfMaker(command: string | null, { limitMs = LIMIT_MS } = {}): PdfMaker {
  const program = pdfProgram(command);
  let last: Promise<unknown> = Promise.resolve();
  return {
    pdf: (docx) => {
      if (program === null) return Promise.resolve({ is: 'none', zh: ABSENT });
      const next = last.then(() => inFolder(program, docx, limitMs));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** LibreOffice's program where it is found; null where it is not. */
export function pdfProgram(command: string | null): string | null {
  return (command === null ? USUAL.map(onPath).find((found) => found !== null) : onPath(command)) ?? null;
}

async function inFolder(program: string, docx: Uint8Array, limitMs: number): Promise<PdfMade> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-pdf-'));
  try {
    return await converted(program, folder, docx, limitMs);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function converted(program: string, folder: string, docx: Uint8Array, limitMs: number): Promise<PdfMade> {
  writeFileSync(join(folder, 'paper.docx'), docx, { mode: 0o600 });
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const args = [
    profile,
    '--headless',
    '--norestore',
    '--nolockcheck',
    '--convert-to',
    'pdf',
    '--outdir',
    folder,
    join(folder, 'paper.docx'),
  ];
  const ended = await ran(program, args, folder, limitMs);
  const made = join(folder, 'paper.pdf');
  if (ended === 'late') return { is: 'none', zh: `LibreOffice 在 ${limitMs / 1000} 秒内没有转完，已停止：请稍后重试。` };
  if (!existsSync(made)) return { is: 'none', zh: 'LibreOffice 没有转出 PDF：请核对 FENGHUO_PDF_COMMAND，或直接打印 docx。' };
  return { is: 'pdf', bytes: readFileSync(made) };
}

/** Nothing of our environment, which holds secrets, reaches the child. It has a process group of its own, all of which the limit ends. */
function ran(program: string, args: readonly string[], home: string, limitMs: number): Promise<'ended' | 'late'> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: home, LANG: 'C.UTF-8' };
    const child = spawn(program, args, { cwd: home, env, stdio: 'ignore', detached: process.platform !== 'win32', windowsHide: true });
    const limit = setTimeout(() => {
      endGroup(child.pid);
      resolve('late');
    }, limitMs);
    const end = (): void => {
      clearTimeout(limit);
      resolve('ended');
    };
    child.once('error', end);
    child.once('exit', end);
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself at this moment.
  }
}

/** The program's path; null where there is none that may be run. */
function onPath(command: string): string | null {
  const places = /[\\/]/.test(command)
    ? [command]
    : (process.env.PATH ?? '').split(delimiter).flatMap((folder) => [join(folder, command), join(folder, `${command}.exe`)]);
  return places.find(mayRun) ?? null;
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
