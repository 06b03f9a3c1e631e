/** Message contents of the government edition (dossier 6.4): words and markdown; of work notifications also links, cards and forms. */
import { z } from 'zod';
import type { Look } from '../../messages';
import { parsedJson } from '../http';
import type { DingMedia } from '../media';
import { noticeLook } from '../notices/content';
import { markdownLook } from '../robot/looks';

const need = z.string().min(1);
const chatSchema = z.union([
  z.looseObject({ msgtype: z.literal('text'), text: z.looseObject({ content: need }) }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: z.looseObject({ title: z.string().optional(), text: need }) }),
]);
const typedSchema = z.looseObject({ msgtype: z.enum(['text', 'link', 'markdown', 'oa', 'action_card']) });

/** The `msg` field of a work notification. */
export function noticeOf(media: DingMedia, text: string | null): Look | null {
  const read = typedSchema.safeParse(parsedJson(text ?? ''));
  return read.success && Buffer.byteLength(text ?? '') <= 2048 ? noticeLook(media, read.data) : null;
}

/** The `msg` field of a chat message, or the body of an answer by session. */
export function chatLook(raw: unknown): Look | null {
  const read = chatSchema.safeParse(raw);
  if (!read.success) return null;
  return read.data.msgtype === 'text' ? { kind: 'text', text: read.data.text.content } : markdownLook(read.data.markdown.text);
}

/** The robot's type and body, whose inner form is not published: the same as a chat message's, with or without the type's name around it. */
export function robotLook(msgType: string | null, msgBody: string | null): Look | null {
  const body = parsedJson(msgBody ?? '');
  if (typeof body !== 'object' || body === null || !msgType) return null;
  return chatLook({ msgtype: msgType, [msgType]: body }) ?? chatLook({ msgtype: msgType, ...body });
}
