/** `fenghuo verify --bundle <file>`: an evidence bundle held against its own manifest and chain, on any machine. */
import { existsSync, readFileSync } from 'node:fs';
import { checkBundle } from '../handlers/bundle/check';
import { PLACES } from '../handlers/bundle/format';
import { sha256, sha256Of } from '../wiring/chance';
import { opened, UnreadableArchive } from '../zip/opened';
import { refused } from './database';

/** A bundle of the longest incident with hundreds of papers stays far below. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** 0 when all holds, 1 when something does not or there is no such file. */
export async function verifyBundleFile(
  file: string,
  { json, write }: { readonly json: boolean; readonly write: (line: string) => void },
): Promise<number> {
  if (!existsSync(file)) return refused(`没有这个文件：${file}`);
  const files = filesOf(readFileSync(file));
  if (files === null) return refused(`${file} 不是 zip 文件，或已损坏。`);
  const { manifest, events, texts, broken } = checkBundle(files, sha256, sha256Of);
  const manifestHash = sha256Of(files.get(PLACES.manifest) ?? new Uint8Array());
  if (json) write(JSON.stringify({ incident: manifest?.incident ?? null, events, texts, manifest: manifestHash, broken }));
  else if (broken !== null) write(`不完整：${broken.file}：${broken.zh}`);
  else {
    write(`事件 #${manifest?.incident} 的证据包完整：${manifest?.files.length} 个文件，${events} 条记录${leftOut(texts)}。`);
    write(`链头 ${manifest?.chain.head}`);
    write(`清单 ${manifestHash}（与导出时记下的核对）`);
  }
  return broken === null ? 0 : 1;
}

function leftOut({ masked, erased }: { readonly masked: number; readonly erased: number }): string {
  const parts = [...(masked === 0 ? [] : [`${masked} 段原话遮盖了号码`]), ...(erased === 0 ? [] : [`${erased} 段原话已按决定销毁`])];
  return parts.length === 0 ? '' : `，其中 ${parts.join('、')}`;
}

function filesOf(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  try {
    return opened(bytes, { most: MOST_BYTES });
  } catch (cause) {
    if (cause instanceof UnreadableArchive) return null;
    throw cause;
  }
}
