/** Upload and download of temporary media for apps and webhooks (dossier 4, 5.6). */

import { mediaPart } from '../multipart';
import { type Answer, accepted, refused } from './answers';
import { isFileKind, type Media, type MediaScope, mediaFault } from './media';
import type { CorpParts } from './parts';
import { RawReply, type WireApi, type WireCall } from './wire';

/** `media/upload`, `media/get` and `webhook/upload_media`. */
export function mediaApis(parts: CorpParts): Readonly<Record<string, WireApi>> {
  return {
    'media/upload': { method: 'POST', token: 'app', upload: true, run: (call) => upload(parts, call, 'corp') },
    'media/get': { method: 'GET', token: 'app', run: (call) => download(parts, call) },
    'webhook/upload_media': { method: 'POST', token: null, upload: true, run: (call) => uploadToWebhook(parts, call) },
  };
}

function uploadToWebhook(parts: CorpParts, call: WireCall): Answer {
  const room = parts.world.roomByWebhookKey(call.query.get('key') ?? '');
  if (!room?.webhookKey) return refused(93000);
  const kind = call.query.get('type');
  return kind === 'file' || kind === 'voice' ? upload(parts, call, `webhook:${room.webhookKey}`) : refused(40004);
}

function upload(parts: CorpParts, call: WireCall, scope: MediaScope): Answer {
  const kind = call.query.get('type');
  if (!isFileKind(kind)) return refused(40004);
  const part = mediaPart(call.contentType, call.body);
  if (!part) return refused(41005);
  if (part.name === null) return refused(44001);
  const errcode = mediaFault(kind, part.data);
  if (errcode !== 0) return refused(errcode);
  return accepted(receiptOf(parts.media.keep(scope, kind, part.name, part.data)));
}

/** What an upload answers; `created_at` in seconds, as text. */
function receiptOf(media: Media): Record<string, unknown> {
  return { type: media.kind, media_id: media.id, created_at: String(Math.floor(media.createdAt / 1000)) };
}

function download(parts: CorpParts, call: WireCall): Answer | RawReply {
  const id = call.query.get('media_id');
  if (!id) return refused(41006);
  const media = parts.media.find('corp', id);
  return media ? fileReply(media.data, media.shown.name, media.contentType, call.range) : refused(40007);
}

/** The bytes of a file with its name, whole or the range asked for. */
export function fileReply(data: Buffer, name: string, contentType: string, range?: string): RawReply {
  const headers = {
    'content-type': contentType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  const noted = { file: name, bytes: data.length };
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!asked) return new RawReply(200, headers, data, noted);
  const [start, end] = [Number(asked[1]), Math.min(asked[2] ? Number(asked[2]) : data.length - 1, data.length - 1)];
  if (start > end) return new RawReply(416, { 'content-range': `bytes */${data.length}` }, '', noted);
  return new RawReply(206, { ...headers, 'content-range': `bytes ${start}-${end}/${data.length}` }, data.subarray(start, end + 1), noted);
}
