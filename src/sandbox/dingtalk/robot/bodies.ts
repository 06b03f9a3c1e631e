/** The message bodies of custom robots and session webhooks (dossier 3.1, 3.2), drawn as members see them. */
import { z } from 'zod';
import type { Look } from '../../messages';
import type { Room } from '../../world';
import type { Book } from '../book';
import { cardLook, markdownLook, newsLook } from './looks';
import { type At, atSchema, withMentions } from './mentions';

const MAX_BYTES = 20_000;
const need = z.string().min(1);
const button = z.looseObject({ title: need, actionURL: need });
const wholeCard = z.looseObject({ title: need, text: need, singleTitle: need, singleURL: need });
const buttonCard = z.looseObject({ title: need, text: need, btns: z.array(button).min(1) });

const bodySchema = z.looseObject({ msgtype: z.string(), at: atSchema.optional(), msgUuid: z.string().optional() });
const kinds = {
  text: z.looseObject({ content: need }),
  markdown: z.looseObject({ title: need, text: need }),
  link: z.looseObject({ title: need, text: need, messageUrl: need, picUrl: z.string().optional() }),
  actionCard: z.union([wholeCard, buttonCard]),
  feedCard: z.looseObject({ links: z.array(z.looseObject({ title: need, messageURL: need, picURL: z.string().optional() })).min(1) }),
} as const;

/** A drawn message, whom it pages, and the key that makes a second sending of it harmless. */
export interface HookMessage {
  readonly look: Look;
  readonly pinged: readonly string[];
  readonly uuid: string | null;
}

/** Reads a body for a room; a number is the code of the refusal. `bytes` is the length of the request. */
export function readHookBody(book: Book, room: Room, raw: unknown, bytes: number): HookMessage | number {
  const body = bodySchema.safeParse(raw);
  if (!body.success) return 40035;
  if (bytes > MAX_BYTES) return 460101;
  const { msgtype, at = {}, msgUuid } = body.data;
  if (!(msgtype in kinds)) return 400105;
  const drawn = draw(book, room, msgtype as keyof typeof kinds, body.data[msgtype], at);
  return drawn === null ? 40035 : { ...drawn, uuid: msgUuid ?? null };
}

function draw(book: Book, room: Room, kind: keyof typeof kinds, raw: unknown, at: At): Omit<HookMessage, 'uuid'> | null {
  const silent = (look: Look) => ({ look, pinged: [] });
  switch (kind) {
    case 'text': {
      const read = kinds.text.safeParse(raw);
      if (!read.success) return null;
      const { text, pinged } = withMentions(book, room, read.data.content, at);
      return { look: { kind: 'text', text }, pinged };
    }
    case 'markdown': {
      const read = kinds.markdown.safeParse(raw);
      if (!read.success) return null;
      const { text, pinged } = withMentions(book, room, read.data.text, at);
      return { look: markdownLook(text), pinged };
    }
    case 'link': {
      const read = kinds.link.safeParse(raw);
      if (!read.success) return null;
      const { title, text, messageUrl, picUrl = '' } = read.data;
      return silent(newsLook([{ title, description: text, url: messageUrl, picture: picUrl }], 'link'));
    }
    case 'feedCard': {
      const read = kinds.feedCard.safeParse(raw);
      if (!read.success) return null;
      return silent(
        newsLook(read.data.links.map((l) => ({ title: l.title, description: '', url: l.messageURL, picture: l.picURL ?? '' }))),
      );
    }
    case 'actionCard':
      return actionCard(book, room, raw, at);
  }
}

/** Only its words can page; its buttons open pages and call nobody back. */
function actionCard(book: Book, room: Room, raw: unknown, at: At): Omit<HookMessage, 'uuid'> | null {
  const whole = wholeCard.safeParse(raw);
  const buttons = buttonCard.safeParse(raw);
  if (!whole.success && !buttons.success) return null;
  const card = whole.success ? whole.data : buttons.data;
  const links = whole.success
    ? [{ text: whole.data.singleTitle, url: whole.data.singleURL }]
    : (buttons.data?.btns ?? []).map((entry) => ({ text: entry.title, url: entry.actionURL }));
  const { text, pinged } = withMentions(book, room, card?.text ?? '', at);
  return { look: cardLook(card?.title ?? '', text, links), pinged };
}
