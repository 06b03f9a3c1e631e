/** Everything the robot shows, under the limits that all its ways of speaking share (dossier 2.6, 2.9, 2.12). */
import { createHash } from 'node:crypto';
import type { FileShown, Look } from '../../messages';
import { perMinuteAndHour, RateWindow } from '../../rateWindow';
import type { Room } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { TemplateCard } from '../cards/card';
import { readCard } from '../cards/checks';
import { fileLook } from '../looks';
import { mediaFault } from '../media';
import type { CorpParts } from '../parts';
import { byteLength } from '../text';
import { CONTENT_BYTES, type MessageBody, messageSchema, updateSchema } from './bodies';
import type { Ticket } from './tickets';

const STREAM_LIFE_MS = 6 * 60_000;

/** The kinds one way of speaking takes; `items` allows pictures in a finished stream. */
export interface Manner {
  readonly kinds: readonly string[];
  readonly items: boolean;
  readonly quote?: { readonly id: string; readonly text: string } | undefined;
}

/** The robot's side of every conversation. Replies and pushes together: 30 a minute and 1000 an hour per conversation, refreshes counted. */
export class RobotMouth {
  private readonly perConversation = new RateWindow(perMinuteAndHour(30, 1000));

  constructor(private readonly parts: CorpParts) {}

  /** Shows one message in a room. 40008 for a kind this way does not take, 45009 above the rate. */
  say(room: Room, raw: unknown, manner: Manner): Answer {
    const read = messageSchema.safeParse(raw);
    if (!read.success) return refused(40058);
    const body = read.data;
    if (!manner.kinds.includes(body.msgtype)) return refused(40008);
    if (body.msgtype === 'template_card') return this.card(room, body.template_card, raw);
    const look = this.lookOf(body);
    if (typeof look === 'number') return refused(look);
    if (!this.passes(room)) return refused(45009);
    this.post(room, look, raw, manner.quote);
    return accepted();
  }

  /** A reply under a ticket: a stream, a stream with a card, or one message. */
  reply(ticket: Ticket, raw: unknown, manner: Manner): Answer {
    const read = messageSchema.safeParse(raw);
    if (!read.success) return refused(40058);
    const body = read.data;
    if (!manner.kinds.includes(body.msgtype)) return refused(40008);
    if (body.msgtype === 'stream') return this.stream(ticket, body, raw, manner);
    if (body.msgtype !== 'stream_with_template_card') return this.say(ticket.room, raw, manner);
    const card = body.template_card === undefined ? undefined : this.read(body.template_card);
    if (typeof card === 'number' || (card && ticket.cardShown)) return refused(40058);
    const answer = this.stream(ticket, body, raw, manner);
    if (answer.errcode !== 0 || !card) return answer;
    ticket.cardShown = true;
    this.showCard(ticket.room, card, raw);
    return answer;
  }

  /** Replaces the clicked card; in a group `userids` limits the change to the people named. */
  update(ticket: Ticket, raw: unknown): Answer {
    const body = updateSchema.safeParse(raw);
    if (!body.success || ticket.message === undefined) return refused(40058);
    const { card, errcode } = readCard(body.data.template_card, 'robot');
    if (!card) return refused(errcode);
    if (card.task_id !== ticket.taskId) return refused(40058, 'task_id differs from the callback');
    const { world } = this.parts;
    const named = (body.data.userids ?? []).map((userid) => (world.personByUserid(userid) ?? world.personByOpenUserid(userid))?.id);
    const people = ticket.room.owner === null && named.length > 0 ? named.filter((id) => id !== undefined) : null;
    this.parts.cards.replace(ticket.message.id, () => card, people);
    return accepted();
  }

  wipe(): void {
    this.perConversation.clear();
  }

  private lookOf(body: MessageBody): Look | number {
    switch (body.msgtype) {
      case 'text':
      case 'markdown': {
        const words = body[body.msgtype]?.content ?? '';
        if (words.trim() === '') return 44004;
        return byteLength(words) > CONTENT_BYTES ? 40058 : { kind: body.msgtype, text: words };
      }
      case 'image':
      case 'voice':
      case 'video':
      case 'file': {
        const given = body[body.msgtype];
        if (!given?.media_id) return 41006;
        const media = this.parts.media.find('robot', given.media_id, body.msgtype);
        return media ? fileLook(media, given.title) : 40007;
      }
      default:
        return 40008;
    }
  }

  private card(room: Room, given: unknown, raw: unknown): Answer {
    const card = this.read(given);
    if (typeof card === 'number') return refused(card);
    if (!this.passes(room)) return refused(45009);
    this.showCard(room, card, raw);
    return accepted();
  }

  private read(given: unknown): TemplateCard | number {
    const reading = readCard(given, 'robot');
    if (!reading.card) return reading.errcode;
    const { cards, switches } = this.parts;
    return switches.on.uniqueTasks && cards.usedTask('robot', reading.card.task_id) ? 40058 : reading.card;
  }

  private showCard(room: Room, card: TemplateCard, raw: unknown): void {
    this.parts.cards.useTask('robot', card.task_id);
    this.parts.cards.show(card, room.id, { via: 'robot', sendId: null }, raw);
  }

  /** Each content replaces the earlier one; blank content does not close a stream; six minutes after its first frame it is over. */
  private stream(ticket: Ticket, body: MessageBody, raw: unknown, manner: Manner): Answer {
    const stream = body.stream;
    if (!stream || byteLength(stream.content ?? '') > CONTENT_BYTES) return refused(40058);
    const files = this.picturesOf(stream, manner);
    if (typeof files === 'number') return refused(files);
    const text = stream.content ?? '';
    const finished = stream.finish === true && text.trim() !== '';
    const running = ticket.streams.get(stream.id);
    if (running?.finished) return accepted();
    if (running && this.parts.now() >= running.startedAt + STREAM_LIFE_MS) return refused(846608);
    if (!this.passes(ticket.room)) return refused(45009);
    if (!running) {
      const messageId = this.post(ticket.room, { kind: 'markdown', text }, raw, manner.quote, files);
      ticket.streams.set(stream.id, { messageId, startedAt: this.parts.now(), finished });
      return accepted();
    }
    running.finished = finished;
    if (text.trim() !== '') this.parts.board.change(running.messageId, { text, raw, ...(files.length > 0 ? { files } : {}) });
    return accepted();
  }

  /** Pictures of a finished stream, each up to 10 MB with its md5. */
  private picturesOf(stream: NonNullable<MessageBody['stream']>, manner: Manner): FileShown[] | number {
    if (!stream.msg_item) return [];
    if (!manner.items || (stream.finish !== true && stream.msg_item.length > 0)) return 40058;
    const pictures = stream.msg_item.map(({ image }) => ({ data: Buffer.from(image.base64, 'base64'), md5: image.md5 }));
    for (const { data, md5 } of pictures) {
      if (mediaFault('image', data) !== 0) return 40058;
      if (createHash('md5').update(data).digest('hex') !== md5.toLowerCase()) return 301019;
    }
    return pictures.map(({ data }) => this.parts.files.put('image', '图片.png', data));
  }

  private post(room: Room, look: Look, raw: unknown, quote: Manner['quote'], files: readonly FileShown[] = []): string {
    const message = { room: room.id, from: null, fromBot: true, via: 'robot' as const, pinged: [], raw, ...look };
    return this.parts.board.post({ ...message, ...(quote ? { quote } : {}), ...(files.length > 0 ? { files } : {}) }).id;
  }

  private passes(room: Room): boolean {
    return this.perConversation.take(room.id, this.parts.now());
  }
}
