/** The group webhook (dossier section 4): one-way, limited in bytes and to 20 messages a minute, and the only sender that really pages. */
import { z } from 'zod';
import type { MessageBoard } from '../messages';
import type { Room, World } from '../world';
import { type Answer, accepted, refused } from './answers';
import { readCard } from './cards';
import { RateWindow } from './rateWindow';
import type { ShownCards } from './shownCards';
import { byteLength, pingedBy, withNames } from './text';

const WINDOW_MS = 60_000;
const TEXT_BYTES = 2048;
const MARKDOWN_BYTES = 4096;

const names = z.array(z.string()).optional();
const bodySchema = z.looseObject({
  msgtype: z.string(),
  text: z.looseObject({ content: z.string().optional(), mentioned_list: names, mentioned_mobile_list: names }).optional(),
  markdown: z.looseObject({ content: z.string().optional() }).optional(),
  markdown_v2: z.looseObject({ content: z.string().optional() }).optional(),
  template_card: z.unknown().optional(),
});
type Body = z.output<typeof bodySchema>;

/** All webhooks of the world. Takes text, markdown, markdown_v2 and text_notice cards. */
export class Webhooks {
  private readonly window = new RateWindow([{ perMs: WINDOW_MS, max: 20 }]);
  private readonly blockedUntil = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly board: MessageBoard,
    private readonly cards: ShownCards,
    private readonly now: () => number,
  ) {}

  /** `webhook/send`. Over-long content is refused, not cut; the 21st message of a minute blocks the webhook for a minute. */
  send(key: string | null, raw: unknown): Answer {
    const room = this.world.roomByWebhookKey(key ?? '');
    if (!room) return refused(93000);
    const body = bodySchema.safeParse(raw);
    if (!body.success) return refused(40058);
    if (this.now() < (this.blockedUntil.get(room.id) ?? 0)) return refused(45009);
    return this.sendTo(room, body.data, raw);
  }

  wipe(): void {
    this.window.clear();
    this.blockedUntil.clear();
  }

  private sendTo(room: Room, body: Body, raw: unknown): Answer {
    if (body.msgtype === 'template_card') return this.sendCard(room, body, raw);
    if (body.msgtype !== 'text' && body.msgtype !== 'markdown' && body.msgtype !== 'markdown_v2') return refused(40008);
    const content = body[body.msgtype]?.content ?? '';
    if (content.trim() === '') return refused(44004);
    const max = body.msgtype === 'text' ? TEXT_BYTES : MARKDOWN_BYTES;
    if (byteLength(content) > max) return refused(40058, `${body.msgtype}.content exceed max length ${max}. invalid Request Parameter`);
    return this.passes(room) ? this.show(room, body, content, raw) : refused(45009);
  }

  private show(room: Room, body: Body, content: string, raw: unknown): Answer {
    const lists = body.msgtype === 'text' ? { userids: body.text?.mentioned_list, mobiles: body.text?.mentioned_mobile_list } : {};
    const pings = body.msgtype !== 'markdown_v2';
    const pinged = pings ? pingedBy(this.world, room, { content, ...lists }) : [];
    const shown = pings ? withNames(this.world, room, content) : content;
    const text = [shown, ...this.namesBehind(room, lists, shown)].join(' ');
    const kind = body.msgtype === 'text' ? 'text' : 'markdown';
    this.board.post({ room: room.id, from: null, fromBot: true, via: 'webhook', kind, text, pinged, raw });
    return accepted();
  }

  private sendCard(room: Room, body: Body, raw: unknown): Answer {
    const reading = readCard(body.template_card, 'webhook');
    if (!reading.card) return refused(reading.errcode);
    if (!this.passes(room)) return refused(45009);
    this.cards.show(reading.card, room.id, { via: 'webhook', sendId: null }, raw);
    return accepted();
  }

  private passes(room: Room): boolean {
    if (this.window.take(room.id, this.now())) return true;
    this.blockedUntil.set(room.id, this.now() + WINDOW_MS);
    return false;
  }

  /** The client writes the listed people behind the text, as far as the text does not name them already. */
  private namesBehind(
    room: Room,
    lists: { userids?: readonly string[] | undefined; mobiles?: readonly string[] | undefined },
    shown: string,
  ): string[] {
    if ([...(lists.userids ?? []), ...(lists.mobiles ?? [])].includes('@all')) return ['@所有人'];
    return pingedBy(this.world, room, { content: '', ...lists })
      .map((id) => `@${this.world.person(id)?.name ?? id}`)
      .filter((name) => !shown.includes(name));
  }
}
