/** Files over the long connection in pieces (dossier 2.11): sessions of 30 minutes that outlive a reconnect. */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { perMinuteAndHour, RateWindow } from '../../rateWindow';
import { type Answer, accepted, refused } from '../answers';
import { mediaFault } from '../media';
import type { CorpParts } from '../parts';
import { byteLength } from '../text';

const SESSION_MS = 30 * 60_000;
const CHUNK_BYTES = 512 << 10;
const PICTURE_BYTES = 2 << 20;

const initSchema = z.looseObject({
  type: z.enum(['file', 'image', 'voice', 'video']),
  filename: z
    .string()
    .min(1)
    .refine((name) => byteLength(name) <= 256),
  total_size: z.number().int().min(5),
  total_chunks: z.number().int().min(1).max(100),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
const chunkSchema = z.looseObject({ upload_id: z.string(), chunk_index: z.number().int().min(0), base64_data: z.string().min(1) });
const finishSchema = z.looseObject({ upload_id: z.string() });

interface Session {
  readonly order: z.output<typeof initSchema>;
  readonly startedAt: number;
  readonly chunks: Map<number, Buffer>;
}

/** All uploads of one robot, 30 a minute and 1000 an hour. Chunks count from 0. */
export class Uploads {
  private readonly sessions = new Map<string, Session>();
  private readonly starts = new RateWindow(perMinuteAndHour(30, 1000));

  constructor(private readonly parts: CorpParts) {}

  /** Answers one of the three frames; null for any other cmd. */
  handle(cmd: string, body: unknown): Answer | null {
    switch (cmd) {
      case 'aibot_upload_media_init':
        return this.start(body);
      case 'aibot_upload_media_chunk':
        return this.take(body);
      case 'aibot_upload_media_finish':
        return this.finish(body);
      default:
        return null;
    }
  }

  wipe(): void {
    this.sessions.clear();
    this.starts.clear();
  }

  private start(raw: unknown): Answer {
    const order = initSchema.safeParse(raw);
    if (!order.success) return refused(40058);
    if (order.data.total_size > order.data.total_chunks * CHUNK_BYTES) return refused(40058);
    if (!this.starts.take('robot', this.parts.now())) return refused(45009);
    const uploadId = randomUUID();
    this.sessions.set(uploadId, { order: order.data, startedAt: this.parts.now(), chunks: new Map() });
    return accepted({ body: { upload_id: uploadId } });
  }

  private take(raw: unknown): Answer {
    const chunk = chunkSchema.safeParse(raw);
    if (!chunk.success) return refused(40058);
    const session = this.living(chunk.data.upload_id);
    if (!session) return refused(40058, 'upload_id unknown or expired');
    const { chunk_index: index, base64_data: base64 } = chunk.data;
    if (index >= session.order.total_chunks) return refused(40058, 'chunk_index out of range, the first is 0');
    const data = Buffer.from(base64, 'base64');
    if (data.length === 0 || data.length > CHUNK_BYTES) return refused(40058, 'chunk size');
    session.chunks.set(index, data);
    return accepted();
  }

  private finish(raw: unknown): Answer {
    const body = finishSchema.safeParse(raw);
    const session = body.success ? this.living(body.data.upload_id) : undefined;
    if (!body.success || !session) return refused(40058, 'upload_id unknown or expired');
    const { order, chunks } = session;
    if (chunks.size !== order.total_chunks) return refused(40058, 'chunk missing');
    const data = Buffer.concat([...chunks].sort(([left], [right]) => left - right).map(([, chunk]) => chunk));
    if (data.length !== order.total_size) return refused(40058, 'total_size differs');
    if (order.md5 !== undefined && createHash('md5').update(data).digest('hex') !== order.md5) return refused(301019);
    const errcode = mediaFault(order.type, data, PICTURE_BYTES);
    if (errcode !== 0) return refused(errcode);
    this.sessions.delete(body.data.upload_id);
    const media = this.parts.media.keep('robot', order.type, order.filename, data);
    return accepted({ body: { type: order.type, media_id: media.id, created_at: String(Math.floor(media.createdAt / 1000)) } });
  }

  private living(uploadId: string): Session | undefined {
    const session = this.sessions.get(uploadId);
    return session && this.parts.now() < session.startedAt + SESSION_MS ? session : undefined;
  }
}
