/** Opens zips that others made, and never lets one grow beyond what it says or what is asked for. */
import { inflateRawSync } from 'node:zlib';
import { isPlain } from './path';

/** Why an archive was not opened, in a few Chinese words for whoever gave it. */
export class UnreadableArchive extends Error {}

/** What is taken out of an archive. */
export interface Opening {
  /** Bytes of all files together once unpacked. */
  readonly most: number;
  /** Files to take; by default all. */
  readonly isWanted?: (path: string) => boolean;
}

interface Entry {
  readonly path: string;
  readonly isPacked: boolean;
  readonly from: number;
  readonly packed: number;
  readonly size: number;
}

/**
 * Files by path, folders left out. Throws UnreadableArchive for what is no zip, is broken, encrypted, made for more than 4 GB, holds a
 * name twice or one that leads elsewhere, or would grow beyond `most`; an entry that grows beyond its own word is stopped there (APPNOTE 6.3, sections 4.3 and 4.4).
 */
export function opened(bytes: Uint8Array, { most, isWanted = () => true }: Opening): ReadonlyMap<string, Uint8Array> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const listed = entriesOf(zip).filter(({ path }) => !path.endsWith('/'));
    if (!listed.every(({ path }) => isPlain(path))) throw new UnreadableArchive('文件名不合规');
    const entries = listed.filter(({ path }) => isWanted(path));
    if (sum(entries, 'size') > most) throw new UnreadableArchive(`解开后大于 ${Math.floor(most / 1024 / 1024)} MB`);
    if (sum(entries, 'packed') > zip.length) throw new UnreadableArchive('文件相互重叠');
    const files = new Map(entries.map((entry) => [entry.path, unpacked(zip, entry)]));
    if (files.size < entries.length) throw new UnreadableArchive('有重名的文件');
    return files;
  } catch (cause) {
    throw cause instanceof UnreadableArchive ? cause : new UnreadableArchive('压缩包已损坏', { cause });
  }
}

const END = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const LISTED = 0x02014b50;
const LISTED_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const IN_ZIP64 = 0xffffffff;

/** As the directory at the end of the archive lists them. Reads beyond the end throw. */
function entriesOf(zip: Buffer): readonly Entry[] {
  const end = endOf(zip);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== LISTED) throw new UnreadableArchive('压缩包已损坏');
    entries.push(entryAt(zip, at));
    at += LISTED_BYTES + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= 0 && at >= zip.length - END_BYTES - MOST_COMMENT; at -= 1)
    if (zip.readUInt32LE(at) === END) return at;
  throw new UnreadableArchive('不是压缩包');
}

const ENCRYPTED = 1;
const IN_UTF8 = 1 << 11;

function entryAt(zip: Buffer, at: number): Entry {
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  const [packed, size, from] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 42)];
  const name = zip.subarray(at + LISTED_BYTES, at + LISTED_BYTES + zip.readUInt16LE(at + 28));
  if ((flags & ENCRYPTED) !== 0) throw new UnreadableArchive('已加密');
  if (method !== 0 && method !== 8) throw new UnreadableArchive('压缩方式不支持');
  if ([packed, size, from].includes(IN_ZIP64)) throw new UnreadableArchive('超大压缩格式');
  return { path: name.toString((flags & IN_UTF8) === 0 ? 'latin1' : 'utf8'), isPacked: method === 8, packed, size, from };
}

/** Exactly as long as its entry says. */
function unpacked(zip: Buffer, { isPacked, from, packed, size }: Entry): Uint8Array {
  if (zip.readUInt32LE(from) !== LOCAL) throw new UnreadableArchive('压缩包已损坏');
  const begin = from + LOCAL_BYTES + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
  const data = zip.subarray(begin, begin + packed);
  const file = isPacked ? inflateRawSync(data, { maxOutputLength: Math.max(1, size) }) : data;
  if (file.length !== size || data.length !== packed) throw new UnreadableArchive('文件长度与目录不符');
  return new Uint8Array(file.buffer, file.byteOffset, file.length);
}

function sum(entries: readonly Entry[], field: 'packed' | 'size'): number {
  return entries.reduce((total, entry) => total + entry[field], 0);
}
