/** The message kinds that `message/send` and `appchat/send` share (dossier 5.2, 5.5): what each must hold and how much of it is shown. */
import { z } from 'zod';
import { fileLook, newsLook, type Reading, textCardLook } from '../looks';
import type { MediaStore } from '../media';
import { byteLength, cutToBytes } from '../text';

const CONTENT_BYTES = 2048;
const MPNEWS_BYTES = 666 << 10;

const text = z.string().optional();
const content = z.looseObject({ content: text }).optional();
const media = z.looseObject({ media_id: text, title: text, description: text }).optional();

/** The fields of all kinds. */
export const contentFields = {
  msgtype: z.string(),
  text: content,
  markdown: content,
  textcard: z.looseObject({ title: text, description: text, url: text, btntxt: text }).optional(),
  image: media,
  voice: media,
  video: media,
  file: media,
  news: z.looseObject({ articles: z.unknown().optional() }).optional(),
  mpnews: z.looseObject({ articles: z.array(z.looseObject({ thumb_media_id: text, content: text })).optional() }).optional(),
  safe: z.number().optional(),
};
const schema = z.looseObject(contentFields);
type Body = z.output<typeof schema>;

/** Reads one kind; `textCardIn` is the unit of a text card's 128 and 512. 40008 for a kind that is not taken here. */
export function readContent(body: Body, store: MediaStore, textCardIn: 'characters' | 'bytes'): Reading {
  if (![0, 1, undefined].includes(body.safe) && !(body.safe === 2 && body.msgtype === 'mpnews')) return 40058;
  switch (body.msgtype) {
    case 'text':
      return words('text', cutToBytes(body.text?.content ?? '', CONTENT_BYTES));
    case 'markdown':
      return byteLength(body.markdown?.content ?? '') > CONTENT_BYTES ? 40058 : words('markdown', body.markdown?.content ?? '');
    case 'textcard':
      return textCard(body.textcard ?? {}, textCardIn);
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return mediaOf(body[body.msgtype] ?? {}, body.msgtype, store);
    case 'news':
      return newsLook(body.news?.articles, false);
    case 'mpnews':
      return mpnews(body.mpnews?.articles ?? [], store);
    default:
      return 40008;
  }
}

function words(kind: 'text' | 'markdown', shown: string): Reading {
  return shown.trim() === '' ? 44004 : { kind, text: shown };
}

function mediaOf(given: NonNullable<z.output<typeof media>>, kind: 'image' | 'voice' | 'video' | 'file', store: MediaStore): Reading {
  if (kind === 'video' && (byteLength(given.title ?? '') > 128 || byteLength(given.description ?? '') > 512)) return 40058;
  if (!given.media_id) return 41006;
  const found = store.find('corp', given.media_id, kind);
  return found ? fileLook(found, given.title) : 40007;
}

/** Title and description are cut, the link must be whole. */
function textCard(card: NonNullable<Body['textcard']>, unit: 'characters' | 'bytes'): Reading {
  if (!card.title || !card.description || !card.url || !/^[a-z]+:\/\//i.test(card.url) || byteLength(card.url) > 2048) return 40058;
  const cut = (whole: string, max: number) => (unit === 'bytes' ? cutToBytes(whole, max) : [...whole].slice(0, max).join(''));
  const label = [...(card.btntxt || '详情')].slice(0, 4).join('');
  return textCardLook(cut(card.title, 128), cut(card.description, 512), { url: card.url, label });
}

function mpnews(articles: readonly { thumb_media_id?: string | undefined; content?: string | undefined }[], store: MediaStore): Reading {
  if (articles.some((article) => byteLength(article.content ?? '') > MPNEWS_BYTES)) return 45002;
  if (articles.some((article) => !article.content)) return 44004;
  if (articles.some((article) => !store.find('corp', article.thumb_media_id, 'image'))) return 40007;
  return newsLook(articles, false);
}
