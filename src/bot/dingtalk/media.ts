/** Files for the robot (dossier 3.6): given to the old host once, sent by their id from then on. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import { road } from '../wire/ends';
import { formOf, type MediaEnd, type MediaWay, type PaperRules, UPLOAD_LIMIT_MS } from '../wire/papers';
import { type ChannelParts, saidOf } from './channels/parts';

const Uploaded = z.looseObject({ media_id: z.string().min(1).max(1024) });
const DAY_MS = 24 * 3_600_000;
/** Uploads are never cut off by a sender: see `Papers`. */
const NEVER = new AbortController().signal;

/** An id never ends by the dossier; a month is trusted. An unknown id is the platform’s word for a forgotten one. */
export const PAPER_RULES: PaperRules = { lifeMs: 30 * DAY_MS, minBytes: 1, maxBytes: 20 * 1024 * 1024, forgotten: '40007' };

/** The way of a file to the app, good for groups, single people and work notifications alike. */
export function mediaWay(parts: ChannelParts, channel: string, post: (mediaId: string) => Promise<SendResult>): MediaWay {
  return { scope: 'app', upload: (name, bytes) => upload(parts, channel, name, bytes), post };
}

/** Nothing was shown by an upload, so an unknown end is only a fault of the road. */
async function upload(parts: ChannelParts, channel: string, name: string, bytes: Buffer): Promise<MediaEnd> {
  const form = formOf(name, bytes, `fenghuo${randomBytes(16).toString('hex')}`);
  const ask = { host: 'old', path: 'media/upload', urgent: true, query: { type: 'file' }, body: form, limitMs: UPLOAD_LIMIT_MS } as const;
  const said = saidOf(await parts.paced(ask, NEVER), parts, channel);
  if (said.is === 'end') return { is: 'failed', result: said.result.is === 'unknown' ? road(`upload_${said.result.what}`) : said.result };
  const media = Uploaded.safeParse(said.body);
  return media.success ? { is: 'media', id: media.data.media_id } : { is: 'failed', result: road('upload_unreadable') };
}
