/** What a work notification may hold (dossier 3.8): snake case, 2048 bytes. */
import { z } from 'zod';
import type { Look } from '../../messages';
import type { DingMedia } from '../media';
import { cardLook, fileLook, markdownLook, newsLook } from '../robot/looks';

const MAX_BYTES = 2048;
const need = z.string().min(1);

const kinds = z.discriminatedUnion('msgtype', [
  z.looseObject({ msgtype: z.literal('text'), text: z.looseObject({ content: need }) }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: z.looseObject({ title: need, text: need }) }),
  z.looseObject({
    msgtype: z.literal('link'),
    link: z.looseObject({ title: need, text: need, messageUrl: need, picUrl: z.string().optional() }),
  }),
  z.looseObject({ msgtype: z.literal('file'), file: z.looseObject({ media_id: need }) }),
  z.looseObject({
    msgtype: z.literal('oa'),
    oa: z.looseObject({
      message_url: z.string().optional(),
      head: z.looseObject({ text: z.string().optional() }).optional(),
      body: z.looseObject({ title: z.string().optional(), content: z.string().optional() }),
    }),
  }),
  z.looseObject({
    msgtype: z.literal('action_card'),
    action_card: z.looseObject({
      title: need,
      markdown: need,
      single_title: z.string().optional(),
      single_url: z.string().optional(),
      btn_json_list: z.array(z.looseObject({ title: need, action_url: need })).optional(),
    }),
  }),
]);
type Notice = z.output<typeof kinds>;

/** The look of a message, or null when it cannot be read or is too long. */
export function noticeLook(media: DingMedia, raw: unknown): Look | null {
  const read = kinds.safeParse(raw);
  return read.success && Buffer.byteLength(JSON.stringify(raw)) <= MAX_BYTES ? draw(media, read.data) : null;
}

function draw(media: DingMedia, notice: Notice): Look | null {
  switch (notice.msgtype) {
    case 'text':
      return { kind: 'text', text: notice.text.content };
    case 'markdown':
      return markdownLook(notice.markdown.text);
    case 'link': {
      const { title, text, messageUrl, picUrl = '' } = notice.link;
      return newsLook([{ title, description: text, url: messageUrl, picture: picUrl }], 'link');
    }
    case 'file': {
      const file = media.find(notice.file.media_id);
      return file ? fileLook(file) : null;
    }
    case 'oa': {
      const { head, body, message_url: url } = notice.oa;
      return cardLook(body.title ?? head?.text ?? '', body.content ?? '', url ? [{ text: '查看', url }] : []);
    }
    case 'action_card': {
      const { title, markdown, single_title: single, single_url: url, btn_json_list: list = [] } = notice.action_card;
      const links = single && url ? [{ text: single, url }] : list.map((entry) => ({ text: entry.title, url: entry.action_url }));
      return links.length > 0 ? cardLook(title, markdown, links) : null;
    }
  }
}
