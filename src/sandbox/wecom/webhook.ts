/** The group webhook (dossier section 4): one-way, limited in bytes and to 20 messages a minute, and the sender that really pages. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Look } from '../messages';
import { RateWindow } from '../rateWindow';
import type { Room } from '../world';
import { type Answer, accepted, refused } from './answers';
import { readCard } from './cards/checks';
import { fileLook, inWords, newsLook } from './looks';
import { isPicture, mediaFault } from './media';
import type { CorpParts } from './parts';
import { byteLength, withMentions } from './text';
import type { WireCall } from './wire';

const WINDOW_MS = 60_000;
const PER_MINUTE = 20;
const PICTURE_BYTES = 2 << 20;
const MAX_BYTES = { text: 2048, markdown: 4096, markdown_v2: 4096 } as const;

const names = z.array(z.string()).optional();
const content = z.looseObject({ content: z.string().optional() }).optional();
const file = z.looseObject({ media_id: z.string().optional() }).optional();
const bodySchema = z.looseObject({
  msgtype: z.string(),
  text: z.looseObject({ content: z.string().optional(), mentioned_list: names, mentioned_mobile_list: names }).optional(),
  markdown: content,
  markdown_v2: content,
  image: z.looseObject({ base64: z.string().optional(), md5: z.string().optional() }).optional(),
  news: z.looseObject({ articles: z.unknown().optional() }).optional(),
  file,
  voice: file,
  template_card: z.unknown().optional(),
});
type Body = z.output<typeof bodySchema>;

/** What a webhook message shows and whom it pages, or its refusal. */
type Shown = (Look & { readonly pinged: readonly string[] }) | Answer;

/** All webhooks of the world, in all their kinds. */
export class Webhooks {
  private readonly window = new RateWindow([{ perMs: WINDOW_MS, max: PER_MINUTE }]);
  private readonly blockedUntil = new Map<string, number>();

  constructor(private readonly parts: CorpParts) {}

  /** `webhook/send`. Over-long content is refused, not cut; the 21st message of a minute blocks the webhook for a minute. */
  send({ query, json: raw }: WireCall): Answer {
    const { world, now } = this.parts;
    const room = world.roomByWebhookKey(query.get('key') ?? '');
    if (!room) return refused(93000);
    const body = bodySchema.safeParse(raw);
    if (!body.success) return refused(40058);
    if (now() < (this.blockedUntil.get(room.id) ?? 0)) return refused(45009);
    if (body.data.msgtype === 'template_card') return this.sendCard(room, body.data, raw);
    const shown = this.read(room, body.data);
    if ('errcode' in shown) return shown;
    if (!this.passes(room)) return refused(45009);
    this.parts.board.post({ room: room.id, from: null, fromBot: true, via: 'webhook', raw, ...shown });
    return accepted();
  }

  wipe(): void {
    this.window.clear();
    this.blockedUntil.clear();
  }

  private read(room: Room, body: Body): Shown {
    switch (body.msgtype) {
      case 'text':
      case 'markdown':
      case 'markdown_v2':
        return this.words(room, body, body.msgtype);
      case 'image':
        return this.picture(body.image ?? {});
      case 'news':
        return silent(newsLook(body.news?.articles, true));
      case 'file':
      case 'voice':
        return this.file(room, body[body.msgtype]?.media_id, body.msgtype);
      default:
        return refused(40008);
    }
  }

  private words(room: Room, body: Body, kind: 'text' | 'markdown' | 'markdown_v2'): Shown {
    const words = body[kind]?.content ?? '';
    if (words.trim() === '') return refused(44004);
    const max = MAX_BYTES[kind];
    if (byteLength(words) > max) return refused(40058, `${kind}.content exceed max length ${max}. invalid Request Parameter`);
    if (kind === 'markdown_v2') return { kind: 'markdown', text: words, pinged: [] };
    const lists = kind === 'text' ? { userids: body.text?.mentioned_list, mobiles: body.text?.mentioned_mobile_list } : {};
    return { kind, ...withMentions(this.parts.world, room, { content: words, ...lists }) };
  }

  private picture(image: NonNullable<Body['image']>): Shown {
    const data = Buffer.from(image.base64 ?? '', 'base64');
    const errcode = mediaFault('image', data, PICTURE_BYTES);
    if (errcode !== 0) return refused(errcode);
    if (createHash('md5').update(data).digest('hex') !== image.md5?.toLowerCase()) return refused(301019);
    const shown = this.parts.files.put('image', isPicture(data) && data[0] === 0xff ? '图片.jpg' : '图片.png', data);
    return { kind: 'image', text: inWords(shown), file: shown, pinged: [] };
  }

  private file(room: Room, mediaId: string | undefined, kind: 'file' | 'voice'): Shown {
    if (!mediaId) return refused(41006);
    const media = this.parts.media.find(`webhook:${room.webhookKey ?? ''}`, mediaId, kind);
    return media ? silent(fileLook(media)) : refused(40007);
  }

  private sendCard(room: Room, body: Body, raw: unknown): Answer {
    const { media, cards } = this.parts;
    const reading = readCard(body.template_card, 'webhook', (id) => media.find(`webhook:${room.webhookKey ?? ''}`, id) !== undefined);
    if (!reading.card) return refused(reading.errcode);
    if (!this.passes(room)) return refused(45009);
    cards.show(reading.card, room.id, { via: 'webhook', sendId: null }, raw);
    return accepted();
  }

  private passes(room: Room): boolean {
    const { now } = this.parts;
    if (this.window.take(room.id, now())) return true;
    this.blockedUntil.set(room.id, now() + WINDOW_MS);
    return false;
  }
}

/** A kind that pages nobody. */
function silent(look: Look | number): Shown {
  return typeof look === 'number' ? refused(look) : { ...look, pinged: [] };
}
