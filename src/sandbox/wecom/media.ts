/** Temporary media (dossier 2.11, 4, 5.6): kinds, sizes, formats, and three days of life in the scope that they were uploaded to. */
import { randomBytes } from 'node:crypto';
import type { FileShelf, ShelvedFile } from '../files';
import type { FileKind } from '../messages';

const LIFE_MS = 3 * 86_400_000;
const MB = 1 << 20;
const MAX_VOICE_MS = 60_000;
const AMR_HEAD = '#!AMR\n';
const AMR_FRAME_MS = 20;
const AMR_FRAME_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6] as const;

/** Who may use a media id: every app of the enterprise, one webhook, or the robot. */
export type MediaScope = 'corp' | 'robot' | `webhook:${string}`;

/** One uploaded file; `createdAt` in epoch milliseconds of the sandbox clock. */
export interface Media extends ShelvedFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly createdAt: number;
}

/** Media by id. */
export class MediaStore {
  private readonly entries = new Map<string, { readonly scope: MediaScope; readonly media: Media }>();

  constructor(
    private readonly shelf: FileShelf,
    private readonly now: () => number,
  ) {}

  keep(scope: MediaScope, kind: FileKind, name: string, data: Buffer): Media {
    const { id: fileId } = this.shelf.put(kind, name, data);
    const shelved = this.shelf.find(fileId);
    if (!shelved) throw new Error(`the file ${fileId} was not shelved`);
    const media = { ...shelved, id: `3${randomBytes(48).toString('base64url')}`, kind, createdAt: this.now() };
    this.entries.set(media.id, { scope, media });
    return media;
  }

  /** The living media of that scope and kind; undefined means 40007. Any kind can be sent as a file. */
  find(scope: MediaScope, id: string | undefined, kind?: FileKind): Media | undefined {
    const entry = this.entries.get(id ?? '');
    if (!entry || entry.scope !== scope || this.now() >= entry.media.createdAt + LIFE_MS) return undefined;
    return kind === undefined || kind === 'file' || entry.media.kind === kind ? entry.media : undefined;
  }

  wipe(): void {
    this.entries.clear();
  }
}

/** True for one of the four kinds. */
export function isFileKind(kind: string | null): kind is FileKind {
  return kind === 'image' || kind === 'voice' || kind === 'video' || kind === 'file';
}

/** 0, or the code that refuses these bytes as that kind; `maxImage` differs by channel. */
export function mediaFault(kind: FileKind, data: Buffer, maxImage = 10 * MB): number {
  if (data.length === 0) return 44001;
  if (data.length < 5) return 40006;
  switch (kind) {
    case 'image':
      return isPicture(data) ? (data.length > maxImage ? 40009 : 0) : 40005;
    case 'voice':
      return voiceFault(data);
    case 'video':
      return data.subarray(4, 8).toString('latin1') === 'ftyp' ? (data.length > 10 * MB ? 40011 : 0) : 40005;
    case 'file':
      return data.length > 20 * MB ? 45001 : 0;
  }
}

/** JPG or PNG by their first bytes. */
export function isPicture(data: Buffer): boolean {
  return data.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) || data.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
}

function voiceFault(data: Buffer): number {
  if (data.length > 2 * MB) return 301016;
  if (!data.subarray(0, AMR_HEAD.length).equals(Buffer.from(AMR_HEAD))) return 301017;
  let playedMs = 0;
  for (let at = AMR_HEAD.length; at < data.length; playedMs += AMR_FRAME_MS) at += AMR_FRAME_BYTES[((data[at] ?? 0) >> 3) & 15] ?? 1;
  return playedMs > MAX_VOICE_MS ? 45007 : 0;
}
