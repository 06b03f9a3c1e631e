/** The three ways of giving the platform a file: app, webhook, and the robot's long connection in pieces (dossier 2.11, 4, 5.6). */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import { road } from '../wire/ends';
import type { Http } from '../wire/http';
import type { Log } from '../wire/log';
import { formOf, type MediaEnd, UPLOAD_LIMIT_MS } from '../wire/papers';
import type { AppApi } from './appApi';
import type { RobotConnection } from './connection';
import { asLacking, type Reading, readAnswer, resultOfCode } from './results';
import type { FrameEnd } from './session';
import { type WecomBinding, webhookUrl } from './settings';

const Uploaded = z.looseObject({ media_id: z.string().min(1).max(1024) });
const Begun = z.looseObject({ upload_id: z.string().min(1).max(1024) });
const CHUNK_BYTES = 512 * 1024;
const CHUNK_TRIES = 3;
/** Uploads are never cut off by a sender: see `Papers`. */
const NEVER = new AbortController().signal;

/** One form for all apps of the enterprise (dossier 5.6). */
export async function uploadToApp(api: AppApi, name: string, bytes: Buffer, log: Log): Promise<MediaEnd> {
  const ask = { query: { type: 'file' }, body: formOf(name, bytes, boundary()), limitMs: UPLOAD_LIMIT_MS };
  return mediaOf(asLacking(await api.call('media/upload', ask, NEVER)), 'wecom.app', log);
}

/** One form for this webhook alone (dossier 4). */
export async function uploadToWebhook(
  { binding, http, log }: { readonly binding: WecomBinding; readonly http: Http; readonly log: Log },
  key: string,
  name: string,
  bytes: Buffer,
): Promise<MediaEnd> {
  const url = webhookUrl(binding, 'upload_media', { key, type: 'file' });
  const end = await http({ url, body: formOf(name, bytes, boundary()), limitMs: UPLOAD_LIMIT_MS }, NEVER);
  return mediaOf(asLacking(readAnswer(end)), 'wecom.webhook', log);
}

/** Begin, pieces of 512 KB in order, end. A piece that got lost is sent again: the platform takes repeats. */
export async function uploadByRobot(connection: RobotConnection, name: string, bytes: Buffer, log: Log): Promise<MediaEnd> {
  const chunks = Math.ceil(bytes.length / CHUNK_BYTES);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const init = { type: 'file', filename: name, total_size: bytes.length, total_chunks: chunks, md5 };
  const begun = await connection.request('aibot_upload_media_init', init, NEVER);
  const id = bodyOf(begun, Begun)?.upload_id;
  if (id === undefined) return failed(endOf(begun, log));
  for (let at = 0; at < chunks; at += 1) {
    const piece = bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES).toString('base64');
    const sent = await sendChunk(connection, { upload_id: id, chunk_index: at, base64_data: piece });
    if (sent.is !== 'ack' || sent.code !== 0) return failed(endOf(sent, log));
  }
  const finished = await connection.request('aibot_upload_media_finish', { upload_id: id }, NEVER);
  const media = bodyOf(finished, Uploaded);
  return media === null ? failed(endOf(finished, log)) : { is: 'media', id: media.media_id };
}

async function sendChunk(connection: RobotConnection, chunk: Readonly<Record<string, unknown>>): Promise<FrameEnd> {
  let end: FrameEnd = { is: 'not_sent', why: 'not_connected' };
  for (let tries = 0; tries < CHUNK_TRIES; tries += 1) {
    end = await connection.request('aibot_upload_media_chunk', chunk, NEVER);
    if (end.is !== 'no_answer') return end;
  }
  return end;
}

function bodyOf<T>(end: FrameEnd, schema: z.ZodType<T>): T | null {
  if (end.is !== 'ack' || end.code !== 0) return null;
  const body = schema.safeParse(end.body);
  return body.success ? body.data : null;
}

/** Nothing was shown by an upload, so whatever is not a refusal is a fault of the road. */
function endOf(end: FrameEnd, log: Log): SendResult {
  if (end.is !== 'ack') return road(`upload_${end.why}`);
  return end.code === 0 ? road('upload_unreadable') : resultOfCode(end.code, end.errmsg, { channel: 'wecom.robot', log });
}

function mediaOf(reading: Reading, channel: string, log: Log): MediaEnd {
  if (reading.is === 'end') return failed(reading.result.is === 'unknown' ? road(`upload_${reading.result.what}`) : reading.result);
  const { errcode, errmsg } = reading.answer;
  if (errcode !== 0) return failed(resultOfCode(errcode, errmsg, { channel, log }));
  const media = Uploaded.safeParse(reading.answer);
  return media.success ? { is: 'media', id: media.data.media_id } : failed(road('upload_unreadable'));
}

function failed(result: SendResult): MediaEnd {
  return { is: 'failed', result };
}

function boundary(): string {
  return `fenghuo${randomBytes(16).toString('hex')}`;
}
