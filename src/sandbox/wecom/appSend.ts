/** Private messages of the self-built app (dossier 5.2), with everything that makes "errcode 0" less than "delivered". */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { MessageBoard, MessageDraft } from '../messages';
import type { Person, World } from '../world';
import { type Answer, accepted, refused } from './answers';
import { isInteractive, readCard, type TemplateCard } from './cards';
import { RateWindow } from './rateWindow';
import type { ResponseCodes } from './responseCodes';
import type { ShownCards } from './shownCards';
import { byteLength, cutToBytes } from './text';

const CONTENT_BYTES = 2048;
const MAX_DUPLICATE_S = 14_400;

const list = z.string().optional();
const content = z.looseObject({ content: z.string().optional() }).optional();
const bodySchema = z.looseObject({
  touser: list,
  toparty: list,
  totag: list,
  agentid: z.union([z.number(), z.string()]).optional(),
  msgtype: z.string(),
  text: content,
  markdown: content,
  textcard: z.looseObject({ title: list, description: list, url: list, btntxt: list }).optional(),
  template_card: z.unknown().optional(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.number().optional(),
});
type Body = z.output<typeof bodySchema>;

/** What one receiver gets: a drawn message or a card. */
type Content = { readonly draft: Pick<MessageDraft, 'kind' | 'text' | 'card'> } | { readonly card: TemplateCard };

/** What the app needs around it; `callbackSet` says whether a callback URL is configured (43012). */
export interface AppParts {
  readonly world: World;
  readonly board: MessageBoard;
  readonly cards: ShownCards;
  readonly codes: ResponseCodes;
  readonly now: () => number;
  readonly callbackSet: () => boolean;
}

/** `message/send`: text, markdown, textcard, and text_notice or button_interaction cards. */
export class AppSender {
  private readonly perMember = new RateWindow([
    { perMs: 60_000, max: 30 },
    { perMs: 3600_000, max: 1000 },
  ]);
  private readonly duplicates = new Map<string, number>();

  constructor(private readonly parts: AppParts) {}

  /** `rawText` is the request as received: the duplicate check compares it byte for byte. */
  send(raw: unknown, rawText: string): Answer {
    const body = bodySchema.safeParse(raw);
    if (!body.success) return refused(40058);
    if (Number(body.data.agentid) !== this.parts.world.keys.agentId) return refused(40056);
    const receivers = this.receivers(body.data);
    if (typeof receivers === 'number') return refused(receivers);
    const read = this.contentOf(body.data);
    if (typeof read === 'number') return refused(read);
    return this.deliver(body.data, receivers, { read, raw, rawText });
  }

  wipe(): void {
    this.perMember.clear();
    this.duplicates.clear();
  }

  private deliver(body: Body, to: Receivers, message: { read: Content; raw: unknown; rawText: string }): Answer {
    const { read, raw, rawText } = message;
    const fields = { invaliduser: to.invalid.join('|'), invalidparty: body.toparty ?? '', invalidtag: body.totag ?? '', msgid: newMsgid() };
    if (this.isDuplicate(body, rawText)) return accepted(fields);
    const sendId = randomUUID();
    const now = this.parts.now();
    const reached = to.people.filter((person) => this.perMember.take(person.id, now));
    const messages = new Map(reached.map((person) => [person.id, this.show(person, read, { sendId, raw })]));
    const needsCode = 'card' in read && isInteractive(read.card);
    return accepted(needsCode ? { ...fields, response_code: this.parts.codes.open({ id: sendId, messages }) } : fields);
  }

  private show(person: Person, read: Content, about: { sendId: string; raw: unknown }): string {
    const { world, board, cards } = this.parts;
    const room = world.privateRoom(person).id;
    if ('card' in read) return cards.show(read.card, room, { via: 'app', sendId: about.sendId }, about.raw);
    return board.post({ room, from: null, fromBot: true, via: 'app', pinged: [], raw: about.raw, ...read.draft }).id;
  }

  private receivers(body: Body): Receivers | number {
    if (!body.touser && !body.toparty && !body.totag) return 82001;
    if (body.touser === '@all') return { people: this.parts.world.people, invalid: [] };
    const userids = [...new Set((body.touser ?? '').split('|').filter((userid) => userid !== ''))];
    if (userids.length > 1000) return 40032;
    const people = userids.map((userid) => this.parts.world.personByUserid(userid)).filter((person) => person !== undefined);
    const invalid = userids.filter((userid) => !this.parts.world.personByUserid(userid)).map((userid) => userid.toLowerCase());
    return people.length === 0 ? 81013 : { people: [...new Set(people)], invalid };
  }

  private contentOf(body: Body): Content | number {
    switch (body.msgtype) {
      case 'text':
        return plain('text', cutToBytes(body.text?.content ?? '', CONTENT_BYTES));
      case 'markdown':
        return byteLength(body.markdown?.content ?? '') > CONTENT_BYTES ? 40058 : plain('markdown', body.markdown?.content ?? '');
      case 'textcard':
        return textCard(body.textcard ?? {});
      case 'template_card':
        return this.cardOf(body.template_card);
      default:
        return 40008;
    }
  }

  private cardOf(raw: unknown): Content | number {
    const reading = readCard(raw, 'app');
    if (!reading.card) return reading.errcode;
    return isInteractive(reading.card) && !this.parts.callbackSet() ? 43012 : { card: reading.card };
  }

  private isDuplicate(body: Body, rawText: string): boolean {
    if (body.enable_duplicate_check !== 1) return false;
    const seconds = Math.min(body.duplicate_check_interval ?? 1800, MAX_DUPLICATE_S);
    const digest = createHash('sha256').update(rawText).digest('hex');
    const last = this.duplicates.get(digest);
    const now = this.parts.now();
    if (last !== undefined && now < last + seconds * 1000) return true;
    this.duplicates.set(digest, now);
    return false;
  }
}

interface Receivers {
  readonly people: readonly Person[];
  readonly invalid: readonly string[];
}

function plain(kind: 'text' | 'markdown', text: string): Content | number {
  return text.trim() === '' ? 44004 : { draft: { kind, text } };
}

/** Title and description are cut at their 128 and 512 characters, the link must be whole. */
function textCard(card: {
  title?: string | undefined;
  description?: string | undefined;
  url?: string | undefined;
  btntxt?: string | undefined;
}): Content | number {
  if (!card.title || !card.description || !card.url || !/^https?:\/\//.test(card.url) || byteLength(card.url) > 2048) return 40058;
  const title = [...card.title].slice(0, 128).join('');
  const lines = [...[...card.description].slice(0, 512).join('').split('\n'), `${card.btntxt ?? '详情'} ${card.url}`];
  return { draft: { kind: 'card', text: [title, ...lines].join('\n'), card: { title, lines } } };
}

function newMsgid(): string {
  return randomBytes(33).toString('base64url');
}
