/** Files that people send to the robot (dossier 1.8, 2.3): behind a link for five minutes, encrypted as a whole. */
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import type { ShelvedFile } from '../../files';
import { refused } from '../answers';
import { fileReply } from '../mediaApis';
import type { CorpParts } from '../parts';
import type { WireApi } from '../wire';

const LIFE_MS = 5 * 60_000;
const BLOCK = 32;

interface Offer {
  readonly file: ShelvedFile;
  readonly key: Buffer;
  readonly issuedAt: number;
}

/** The links given out so far. */
export class SentFiles {
  private readonly offers = new Map<string, Offer>();

  constructor(private readonly parts: CorpParts) {}

  /** A link for the file; with a callback URL the key is the callback's own and is not told, else each link has its own. */
  offer(file: ShelvedFile, callbackAesKey: string | null): { readonly url: string; readonly aeskey?: string } {
    const id = randomUUID();
    const key = callbackAesKey === null ? randomBytes(32) : Buffer.from(`${callbackAesKey}=`, 'base64');
    this.offers.set(id, { file, key, issuedAt: this.parts.now() });
    const url = `${this.parts.base()}/aibot/media/${id}`;
    return callbackAesKey === null ? { url, aeskey: key.toString('base64') } : { url };
  }

  apis(): Readonly<Record<string, WireApi>> {
    return {
      'aibot/media/': {
        method: 'GET',
        token: null,
        run: ({ tail }) => {
          const offer = this.offers.get(tail);
          if (!offer || this.parts.now() >= offer.issuedAt + LIFE_MS) return refused(40007, 'url expired');
          return fileReply(encrypted(offer), offer.file.shown.name, 'application/octet-stream');
        },
      },
      'picture/': {
        method: 'GET',
        token: null,
        run: ({ tail }) => {
          const file = this.parts.files.find(tail);
          return file?.shown.kind === 'image' ? fileReply(file.data, file.shown.name, file.contentType) : refused(40007);
        },
      },
    };
  }

  /** True for a link that was given out here. */
  knows(id: string): boolean {
    return this.offers.has(id) || this.parts.files.find(id) !== undefined;
  }

  wipe(): void {
    this.offers.clear();
  }
}

function encrypted({ file, key }: Offer): Buffer {
  const padding = BLOCK - (file.data.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(file.data), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}
