/** Uploaded files (dossier 3.6): kinds, sizes and ids that do not expire. */
import { randomBytes } from 'node:crypto';
import type { FileShelf, ShelvedFile } from '../files';
import type { FileKind } from '../messages';
import { mediaPart } from '../multipart';
import { headerOf } from './http';
import { accepted, type Reply, refused } from './replies';
import type { WireCall } from './wireApi';

const MB = 1 << 20;
const MAX_BYTES: Readonly<Record<FileKind, number>> = { image: 20 * MB, voice: 2 * MB, video: 20 * MB, file: 20 * MB };

/** Files by media id. */
export class DingMedia {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly shelf: FileShelf,
    private readonly now: () => number,
  ) {}

  /** `media/upload`: the part `media` with a plain file name. */
  upload({ query, body, request }: WireCall): Reply {
    const kind = query.get('type');
    if (!isFileKind(kind)) return refused(40004);
    const part = mediaPart(headerOf(request, 'content-type'), body);
    if (!part || part.name === null || part.data.length === 0) return refused(41005);
    if (part.data.length > MAX_BYTES[kind]) return refused(kind === 'file' ? 45001 : 40006);
    if (kind === 'image' && !isPicture(part.data)) return refused(40005);
    return accepted({ media_id: this.keep(kind, part.name, part.data), type: kind, created_at: this.now() });
  }

  keep(kind: FileKind, name: string, data: Buffer): string {
    const id = `@${randomBytes(20).toString('base64url')}`;
    this.ids.set(id, this.shelf.put(kind, name, data).id);
    return id;
  }

  find(id: string | undefined): ShelvedFile | undefined {
    return this.shelf.find(this.ids.get(id ?? '') ?? '');
  }

  wipe(): void {
    this.ids.clear();
  }
}

/** True for one of the four kinds. */
export function isFileKind(kind: string | null): kind is FileKind {
  return kind === 'image' || kind === 'voice' || kind === 'video' || kind === 'file';
}

function isPicture(data: Buffer): boolean {
  const head = data.subarray(0, 4).toString('hex');
  return head.startsWith('ffd8ff') || head === '89504e47' || head === '47494638' || head.startsWith('424d');
}
