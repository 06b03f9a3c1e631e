/** What messages look like once they are shown, the same for every way of sending. */
import type { ShelvedFile } from '../../files';
import type { Article, FileShown, Look } from '../../messages';

const WORDS: Readonly<Record<FileShown['kind'], string>> = { image: '图片', voice: '语音', video: '视频', file: '文件' };

/** Markdown as it came; the title is seen in the push alone. */
export function markdownLook(text: string): Look {
  return { kind: 'markdown', text };
}

/** One link, or several. */
export function newsLook(articles: readonly Article[], kind: 'news' | 'link' = 'news'): Look {
  const lines = articles.flatMap((article) => [article.title, article.description, article.url]).filter((line) => line !== '');
  return { kind, text: lines.join('\n'), articles };
}

/** A card whose buttons open pages only. */
export function cardLook(title: string, text: string, links: readonly { readonly text: string; readonly url: string }[]): Look {
  const lines = [...text.split('\n'), ...links.map((link) => `${link.text} ${link.url}`)];
  return { kind: 'card', text: [title, ...lines].join('\n'), card: { title, lines } };
}

/** A file in the conversation under the name it was sent by. */
export function fileLook({ shown }: ShelvedFile, name: string = shown.name): Look {
  return { kind: shown.kind, text: inWords({ ...shown, name }), file: { ...shown, name } };
}

/** A file in words, as the list of conversations shows it. */
export function inWords(file: FileShown): string {
  return `[${WORDS[file.kind]}] ${file.name}`;
}
