/** Private messages of the self-built app (dossier 5.2), with everything that makes "errcode 0" less than "delivered". */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Drop } from '../../drops';
import type { Look } from '../../messages';
import { perMinuteAndHour, RateWindow } from '../../rateWindow';
import type { Person } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import { isInteractive, type TemplateCard } from '../cards/card';
import { readCard } from '../cards/checks';
import type { CorpParts } from '../parts';
import type { WireCall } from '../wire';
import { contentFields, readContent } from './contents';
import { type Receivers, receiversOf } from './receivers';
import type { ResponseCodes } from './responseCodes';
import type { SentMessages } from './sent';

const MAX_DUPLICATE_S = 14_400;
const DAY_MS = 86_400_000;
const PER_HEAD_A_DAY = 200;

const list = z.string().optional();
const bodySchema = z.looseObject({
  ...contentFields,
  touser: list,
  toparty: list,
  totag: list,
  agentid: z.union([z.number(), z.string()]).optional(),
  template_card: z.unknown().optional(),
  enable_id_trans: z.number().optional(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.number().optional(),
});
type Body = z.output<typeof bodySchema>;

/** What one receiver gets: a drawn message or a card. */
type Content = { readonly look: Look } | { readonly card: TemplateCard };

/** What the app needs beside the shared parts; `callbackSet` says whether a callback URL is configured (43012). */
export interface AppParts extends CorpParts {
  readonly codes: ResponseCodes;
  readonly sent: SentMessages;
  readonly callbackSet: () => boolean;
}

/** `message/send` in all its kinds. */
export class AppSender {
  private readonly perMember = new RateWindow(perMinuteAndHour(30, 1000));
  private readonly perApp: RateWindow;
  private readonly duplicates = new Map<string, number>();

  constructor(private readonly parts: AppParts) {
    this.perApp = new RateWindow([{ perMs: DAY_MS, max: parts.world.people.length * PER_HEAD_A_DAY }]);
  }

  /** Sends as the app whose token was used. The duplicate check compares the request as received, byte for byte. */
  send(call: WireCall): Answer {
    const body = bodySchema.safeParse(call.json);
    if (!body.success) return refused(40058);
    const agentid = Number(body.data.agentid);
    const { keys, further } = this.parts.world;
    if (agentid !== call.caller.agentId) return refused([keys.agentId, further.secondApp.agentId].includes(agentid) ? 301002 : 40056);
    const receivers = receiversOf(this.parts, body.data);
    if (typeof receivers === 'number') return refused(receivers);
    const fields = answerFields(receivers);
    if (this.isDuplicate(body.data, call.text)) {
      this.drop(receivers.people, 'duplicate', call.json);
      return accepted({ ...fields, msgid: newMsgid() });
    }
    const read = this.contentOf(body.data, agentid);
    if (typeof read === 'number') return refused(read);
    this.remember(body.data, call.text);
    return accepted({ ...fields, ...this.deliver(receivers, read, call) });
  }

  wipe(): void {
    this.perMember.clear();
    this.perApp.clear();
    this.duplicates.clear();
  }

  /** Shows the message to everyone whose window has room; the others get nothing and nobody is told. */
  private deliver(to: Receivers, read: Content, { json: raw, caller }: WireCall): Record<string, unknown> {
    const sendId = randomUUID();
    const now = this.parts.now();
    const { agentId } = caller;
    const within = to.people.filter((person) => this.perMember.take(`${agentId}/${person.id}`, now));
    const reached = within.filter(() => this.perApp.take(String(agentId), now));
    this.drop(
      to.people.filter((person) => !within.includes(person)),
      'member_rate',
      raw,
    );
    this.drop(
      within.filter((person) => !reached.includes(person)),
      'app_day',
      raw,
    );
    const messages = new Map(reached.map((person) => [person.id, this.show(person, read, { sendId, raw })]));
    const msgid = newMsgid();
    this.parts.sent.note(msgid, { agentId, messageIds: [...messages.values()] });
    if (!('card' in read)) return { msgid };
    this.parts.cards.useTask(`app/${agentId}`, read.card.task_id);
    return isInteractive(read.card) ? { msgid, response_code: this.parts.codes.open({ id: sendId, agentId, messages }) } : { msgid };
  }

  private show(person: Person, read: Content, about: { sendId: string; raw: unknown }): string {
    const { world, board, cards } = this.parts;
    const room = world.privateRoom(person).id;
    if ('card' in read) return cards.show(read.card, room, { via: 'app', sendId: about.sendId }, about.raw);
    return board.post({ room, from: null, fromBot: true, via: 'app', pinged: [], raw: about.raw, ...read.look }).id;
  }

  private contentOf(body: Body, agentId: number): Content | number {
    if (body.msgtype === 'template_card') return this.cardOf(body.template_card, agentId);
    const read = readContent(body, this.parts.media, 'characters');
    return typeof read === 'number' ? read : { look: body.enable_id_trans === 1 ? this.withNames(read) : read };
  }

  /** `$userName=ID$` becomes the member's name when the translation is asked for. */
  private withNames(look: Look): Look {
    const name = (whole: string, userid: string) => this.parts.world.personByUserid(userid)?.name ?? whole;
    return { ...look, text: look.text.replace(/\$userName=([^$\s]{1,64})\$/g, name) };
  }

  private cardOf(raw: unknown, agentId: number): Content | number {
    const reading = readCard(raw, 'app', (id) => this.parts.media.find('corp', id) !== undefined);
    if (!reading.card) return reading.errcode;
    if (isInteractive(reading.card) && !this.parts.callbackSet()) return 43012;
    const used = this.parts.switches.on.uniqueTasks && this.parts.cards.usedTask(`app/${agentId}`, reading.card.task_id);
    return used ? 42014 : { card: reading.card };
  }

  private drop(people: readonly Person[], why: Drop['why'], raw: unknown): void {
    for (const person of people)
      this.parts.drops.note({ via: 'app', room: this.parts.world.privateRoom(person).id, people: [person.id], why, raw });
  }

  private isDuplicate(body: Body, rawText: string): boolean {
    if (body.enable_duplicate_check !== 1) return false;
    const seconds = Math.min(body.duplicate_check_interval ?? 1800, MAX_DUPLICATE_S);
    const last = this.duplicates.get(digestOf(rawText));
    return last !== undefined && this.parts.now() < last + seconds * 1000;
  }

  /** Only a message that was sent can be doubled. */
  private remember(body: Body, rawText: string): void {
    if (body.enable_duplicate_check === 1) this.duplicates.set(digestOf(rawText), this.parts.now());
  }
}

function answerFields(to: Receivers): Record<string, unknown> {
  return {
    invaliduser: to.invalidUsers.join('|'),
    invalidparty: to.invalidParties.join('|'),
    invalidtag: to.invalidTags.join('|'),
    unlicenseduser: to.unlicensed.join('|'),
  };
}

function digestOf(rawText: string): string {
  return createHash('sha256').update(rawText).digest('hex');
}

function newMsgid(): string {
  return randomBytes(33).toString('base64url');
}
