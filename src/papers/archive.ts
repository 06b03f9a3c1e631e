/** Zip archives as we write them: the same content gives the same bytes, and no name leads anywhere but into the archive. */
import { Zip, ZipDeflate, zipSync } from 'fflate';
import type { ArchiveFile } from '../ports/files';
import { isPlain } from '../zip/path';
import { slices } from './slices';

/** The first moment a zip can name, in the zone of whoever zips it. */
const OLDEST = new Date(1980, 0, 1);

/** Throws for a path that is absolute, leads upward, has signs no system takes, or comes twice. */
export function zipped(files: readonly ArchiveFile[]): Uint8Array {
  const wrong = files.find(({ path }, i) => !isPlain(path) || files.findIndex((other) => other.path === path) !== i);
  if (wrong !== undefined) throw new Error(`no path for an archive: ${wrong.path}`);
  return zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])), { mtime: OLDEST });
}

/** Short files of our own and a long one behind them, packed piece by piece; between the pieces others are let in. */
export async function zippedWith(
  files: readonly ArchiveFile[],
  long: { readonly path: string; readonly pieces: readonly Uint8Array[] },
): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((fault, bytes) => {
    if (fault) throw fault;
    made.push(bytes);
  });
  const added = (path: string): ZipDeflate => {
    const file = new ZipDeflate(path);
    file.mtime = OLDEST;
    zip.add(file);
    return file;
  };
  for (const { path, bytes } of files) added(path).push(bytes, true);
  const last = added(long.path);
  for await (const pieces of slices(long.pieces, 1)) for (const piece of pieces) last.push(piece);
  last.push(new Uint8Array(), true);
  zip.end();
  return Buffer.concat(made);
}
