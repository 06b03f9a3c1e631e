/** What files, news and text cards look like once they are shown, the same for every channel. */
import { z } from 'zod';
import type { Article, CardFace, FileShown, Look } from '../messages';
import type { Media } from './media';
import { cutToBytes } from './text';

const WORDS: Readonly<Record<FileShown['kind'], string>> = { image: '图片', voice: '语音', video: '视频', file: '文件' };
const MAX_ARTICLES = 8;

const text = z.string().optional();
const articlesSchema = z.array(
  z.looseObject({ title: text, description: text, digest: text, url: text, content_source_url: text, picurl: text }),
);

/** A look, or the code of the refusal. */
export type Reading = Look | number;

/** A file in the conversation; a video may bring a title. */
export function fileLook(media: Media, title?: string): Look {
  const { kind, shown } = media;
  return { kind, text: inWords(shown, title), file: shown };
}

/** A file in words, as the list of conversations shows it. */
export function inWords(file: FileShown, title?: string): string {
  return `[${WORDS[file.kind]}] ${title || file.name}`;
}

/** One to eight articles; `cut` shortens title and description to 128 and 512 bytes instead of refusing them. 45008 for another number. */
export function newsLook(raw: unknown, needsLink: boolean): Reading {
  const articles = articlesSchema.safeParse(raw);
  if (!articles.success) return 40058;
  if (articles.data.length < 1 || articles.data.length > MAX_ARTICLES) return 45008;
  if (articles.data.some((article) => !article.title || (needsLink && !article.url))) return 40058;
  const shown: Article[] = articles.data.map((article) => ({
    title: cutToBytes(article.title ?? '', 128),
    description: cutToBytes(article.description ?? article.digest ?? '', 512),
    url: article.url ?? article.content_source_url ?? '',
    picture: article.picurl ?? '',
  }));
  const lines = shown.flatMap((article) => [article.title, article.description, article.url]).filter((line) => line !== '');
  return { kind: 'news', text: lines.join('\n'), articles: shown };
}

/** A card of title, words and one link. */
export function textCardLook(title: string, description: string, link: { url: string; label: string }): Look {
  const lines = [...description.split('\n'), `${link.label} ${link.url}`];
  const card: CardFace = { title, lines };
  return { kind: 'card', text: [title, ...lines].join('\n'), card };
}
