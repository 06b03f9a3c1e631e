/** Every file that somebody can open in a conversation, kept for as long as its message is shown. */
import { randomUUID } from 'node:crypto';
import type { FileKind, FileShown } from './messages';

const TYPES: Readonly<Record<FileKind, string>> = {
  image: 'image/png',
  voice: 'audio/amr',
  video: 'video/mp4',
  file: 'application/octet-stream',
};

/** A file's content beside what people see of it. */
export interface ShelvedFile {
  readonly shown: FileShown;
  readonly data: Buffer;
  readonly contentType: string;
}

/** Files by id; the page gets them at `url`, relative to the sandbox page. */
export class FileShelf {
  private readonly files = new Map<string, ShelvedFile>();

  put(kind: FileKind, name: string, data: Buffer): FileShown {
    const id = randomUUID();
    const shown = { id, kind, name, bytes: data.length, url: `api/files/${id}` };
    const contentType = kind === 'image' && data[0] === 0xff ? 'image/jpeg' : TYPES[kind];
    this.files.set(id, { shown, data, contentType });
    return shown;
  }

  find(id: string): ShelvedFile | undefined {
    return this.files.get(id);
  }

  wipe(): void {
    this.files.clear();
  }
}
