/** Zip archives as we write them: the same content gives the same bytes, and no name leads anywhere but into the archive. */
import { zipSync } from 'fflate';
import type { ArchiveFile } from '../ports/files';
import { isPlain } from '../zip/path';

/** The first moment a zip can name, in the zone of whoever zips it. */
const OLDEST = new Date(1980, 0, 1);

/** Throws for a path that is absolute, leads upward, has signs no system takes, or comes twice. */
export function zipped(files: readonly ArchiveFile[]): Uint8Array {
  const wrong = files.find(({ path }, i) => !isPlain(path) || files.findIndex((other) => other.path === path) !== i);
  if (wrong !== undefined) throw new Error(`no path for an archive: ${wrong.path}`);
  return zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])), { mtime: OLDEST });
}
