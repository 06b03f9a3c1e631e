/** The words in a message, and in the message it quotes (dossier 2.1, 2.2). */
import { z } from 'zod';
import { perhapsText } from './fields';

const Text = z.looseObject({ text: z.string() });
const RichText = z.looseObject({ richText: z.array(z.looseObject({ text: z.string().optional().catch(undefined) })).max(1000) });
const Audio = z.looseObject({ recognition: z.string() });
const Quoted = z.looseObject({ content: perhapsText(z.unknown()).optional() });

/** The text of a message of this type, trimmed; null where it has none. A voice message has what the platform understood. */
export function wordsOf(msgtype: string, text: { readonly content: string } | undefined, content: unknown): string | null {
  if (msgtype === 'text') return text?.content.trim() ?? null;
  const found = msgtype === 'richText' ? richText(content) : msgtype === 'audio' ? spoken(content) : null;
  return found === null || found.trim() === '' ? null : found.trim();
}

/** The text of a quoted message, of whatever shape; null where nothing can be read. */
export function quotedOf(quoted: unknown): string | null {
  const found = Quoted.safeParse(quoted);
  if (!found.success) return null;
  const { content } = found.data;
  const words = typeof content === 'string' ? content : (plain(content) ?? richText(content) ?? spoken(content));
  return words === null || words.trim() === '' ? null : words.trim();
}

function plain(content: unknown): string | null {
  const found = Text.safeParse(content);
  return found.success ? found.data.text : null;
}

/** Pictures between the words leave no trace. */
function richText(content: unknown): string | null {
  const found = RichText.safeParse(content);
  return found.success ? found.data.richText.map(({ text }) => text ?? '').join('') : null;
}

function spoken(content: unknown): string | null {
  const found = Audio.safeParse(content);
  return found.success ? found.data.recognition : null;
}
