/** A message without the form that was meant for it: what the form would have shown stands as lines. */
import { type Line, open, quote } from '../../core/notices/message';
import type { Cleared } from '../../core/privacy/clear';
import type { Face } from '../../ports/platform';

/** With the page's address where `isPage` lets people be led to it, or with the options of each question. */
export function worded(message: Cleared, face: Face, isPage: (url: string) => boolean): Cleared {
  return { ...message, lines: [...message.lines, ...linesOf(face, isPage)] };
}

function linesOf(face: Face, isPage: (url: string) => boolean): readonly Line[] {
  if (face.is === 'link' || face.is === 'picture') return isPage(face.url) ? [open(face.url)] : [];
  const asked = face.is === 'vote' ? [face.question] : face.questions;
  return asked.map(({ title, options }) => open(quote(title), '：', quote(options.map(({ text }) => text).join('、'))));
}
