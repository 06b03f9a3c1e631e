/** Files that people sent to the robot (dossier 2.2): a code in the message, a short-lived address for the code. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DingParts } from '../parts';
import { bytes, denied, granted, json as jsonReply, type Reply } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import { foreignRobot } from './speaker';

const LIFE_MS = 600_000;

const bodySchema = z.looseObject({ downloadCode: z.string() });

/** Codes and addresses given out. */
export class Downloads {
  private readonly codes = new Map<string, string>();
  private readonly links = new Map<string, { readonly file: string; readonly expiresAt: number }>();

  constructor(private readonly parts: DingParts) {}

  /** A code for a file on the shelf. */
  code(fileId: string): string {
    const code = randomBytes(48).toString('base64');
    this.codes.set(code, fileId);
    return code;
  }

  apis(): { readonly api: WireTable; readonly oapi: WireTable } {
    return {
      api: {
        'POST v1.0/robot/messageFiles/download': { token: 'app', name: 'robot/messageFiles/download', run: (call) => this.address(call) },
      },
      oapi: { 'GET files/*': { token: null, free: true, name: 'files', run: (call) => this.fetch(call) } },
    };
  }

  wipe(): void {
    this.codes.clear();
    this.links.clear();
  }

  private address({ json }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, json);
    const body = bodySchema.safeParse(json);
    const file = body.success ? this.codes.get(body.data.downloadCode) : undefined;
    if (foreign || file === undefined) return foreign ?? denied('invalidParameter.param.invalid');
    const link = randomBytes(24).toString('hex');
    this.links.set(link, { file, expiresAt: this.parts.now() + LIFE_MS });
    return granted({ downloadUrl: `${this.parts.base()}/oapi/files/${link}` });
  }

  private fetch({ tail }: WireCall): Reply {
    const link = this.links.get(tail);
    const file = link && this.parts.now() < link.expiresAt ? this.parts.files.find(link.file) : undefined;
    return file ? bytes(file.data, file.contentType, file.shown.name) : jsonReply(403, { message: 'expired' });
  }
}
