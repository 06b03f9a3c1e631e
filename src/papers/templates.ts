/** The office's own documents in the config folder, one a kind of paper, each looked at before anything is made of it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { templateFaults } from './template';

/** Below the config folder; not there in an office that uses the standard's layout. */
export const TEMPLATE_FOLDER = 'paper-templates';
const MOST_BYTES = 8 * 1024 * 1024;
const NAME = /^([a-z][a-z_]{0,60})\.docx$/;

/** What the folder holds. */
export interface Templates {
  /** Bytes by kind of paper. */
  readonly byKind: ReadonlyMap<string, Uint8Array>;
  /** `file` as in the folder, `zh` one sentence. */
  readonly faults: readonly { readonly file: string; readonly zh: string }[];
}

/** Reads `<configDir>/paper-templates/*.docx`; what is in the folder and is no template is a fault, notes (`.md`, `.txt`) are not. */
export function readTemplates(configDir: string): Templates {
  const folder = join(configDir, TEMPLATE_FOLDER);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !isIgnored(name)) : [];
  const read = names.sort().map((name) => ({ file: join(TEMPLATE_FOLDER, name), ...templateIn(join(folder, name), name) }));
  return {
    byKind: new Map(read.flatMap(({ kind, bytes, faults }) => (faults.length === 0 ? [[kind, bytes] as const] : []))),
    faults: read.flatMap(({ file, faults }) => faults.map((zh) => ({ file, zh }))),
  };
}

/** Notes, and the lock files that office programs leave beside an open document. */
function isIgnored(name: string): boolean {
  return /^[.~]|\.(md|txt)$/.test(name);
}

function templateIn(path: string, name: string): { readonly kind: string; readonly bytes: Uint8Array; readonly faults: readonly string[] } {
  const kind = NAME.exec(name)?.[1];
  const empty = new Uint8Array();
  if (kind === undefined) return { kind: '', bytes: empty, faults: ['文件名应为公文种类的英文名加 .docx，如 first_report.docx。'] };
  if (statSync(path).size > MOST_BYTES) return { kind, bytes: empty, faults: ['大于 8 MB：请压缩其中的图片。'] };
  const bytes = readFileSync(path);
  return { kind, bytes, faults: templateFaults(bytes) };
}
