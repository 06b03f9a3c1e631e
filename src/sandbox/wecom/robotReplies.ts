/** What the robot says over its long connection: replies, streams, pushes, welcomes and card updates (dossier 2.9, 2.10). */
import { z } from 'zod';
import type { MessageBoard } from '../messages';
import type { Room, World } from '../world';
import { type Answer, accepted, refused } from './answers';
import { readCard } from './cards';
import { RateWindow } from './rateWindow';
import type { Frame } from './robotSockets';
import type { ShownCards } from './shownCards';
import { byteLength } from './text';
import type { Ticket, Tickets } from './tickets';

const CONTENT_BYTES = 20_480;
const STREAM_LIFE_MS = 6 * 60_000;

const content = z.looseObject({ content: z.string().optional() }).optional();
const messageSchema = z.looseObject({
  msgtype: z.string(),
  text: content,
  markdown: content,
  stream: z
    .looseObject({
      id: z.string().min(1),
      finish: z.boolean().optional(),
      content: z.string().optional(),
      msg_item: z.array(z.unknown()).optional(),
    })
    .optional(),
  template_card: z.unknown().optional(),
});
const pushSchema = messageSchema.extend({ chatid: z.string(), chat_type: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional() });
const updateSchema = z.looseObject({
  response_type: z.literal('update_template_card'),
  userids: z.array(z.string()).optional(),
  template_card: z.unknown().optional(),
});
type Body = z.output<typeof messageSchema>;

/** What the replies need around them. */
export interface ReplyParts {
  readonly world: World;
  readonly board: MessageBoard;
  readonly cards: ShownCards;
  readonly now: () => number;
}

/** The robot's side of every conversation. Replies and pushes together: 30 a minute and 1000 an hour per conversation, refreshes counted. */
export class RobotReplies {
  private readonly perConversation = new RateWindow([
    { perMs: 60_000, max: 30 },
    { perMs: 3600_000, max: 1000 },
  ]);
  private readonly opened = new Set<string>();

  constructor(private readonly parts: ReplyParts) {}

  /** Somebody talked to the robot there: from now on it may push into that conversation. */
  open(room: Room): void {
    this.opened.add(room.id);
  }

  /** Answers one frame; `room` is the conversation it went to. */
  handle(frame: Frame, tickets: Tickets): { readonly answer: Answer; readonly room?: string } {
    const reqId = frame.headers.req_id;
    switch (frame.cmd) {
      case 'aibot_respond_msg':
        return this.underTicket(tickets.find(reqId, 'message'), (ticket) => this.reply(ticket, frame.body));
      case 'aibot_respond_welcome_msg':
        return this.underTicket(tickets.find(reqId, 'enter'), (ticket) => this.welcome(ticket, frame.body));
      case 'aibot_respond_update_msg':
        return this.underTicket(tickets.find(reqId, 'card'), (ticket) => this.update(ticket, frame.body));
      case 'aibot_send_msg':
        return this.push(frame.body);
      default:
        return { answer: refused(40008, 'unknown cmd') };
    }
  }

  wipe(): void {
    this.perConversation.clear();
    this.opened.clear();
  }

  private underTicket(ticket: Ticket | undefined, act: (ticket: Ticket) => Answer): { answer: Answer; room?: string } {
    return ticket ? { answer: act(ticket), room: ticket.room.id } : { answer: refused(846605) };
  }

  private reply(ticket: Ticket, raw: unknown): Answer {
    const body = messageSchema.safeParse(raw);
    if (!body.success) return refused(40058);
    if (body.data.msgtype === 'stream') return this.stream(ticket, body.data, raw);
    return this.show(ticket.room, body.data, raw);
  }

  private welcome(ticket: Ticket, raw: unknown): Answer {
    const body = messageSchema.safeParse(raw);
    if (!body.success) return refused(40058);
    if (body.data.msgtype === 'template_card') return this.show(ticket.room, body.data, raw);
    if (body.data.msgtype !== 'text') return refused(40008);
    return this.showContent(ticket.room, 'text', body.data.text?.content ?? '', raw);
  }

  private push(raw: unknown): { answer: Answer; room?: string } {
    const body = pushSchema.safeParse(raw);
    if (!body.success) return { answer: refused(40058) };
    const { chatid, chat_type: chatType = 0 } = body.data;
    const group = chatType === 1 ? undefined : this.parts.world.roomByChatId(chatid);
    const person = chatType === 2 ? undefined : this.parts.world.personByUserid(chatid);
    const room = group ?? (person && this.parts.world.privateRoom(person));
    if (!room) return { answer: refused(93006) };
    if (!room.opened && !this.opened.has(room.id)) return { answer: refused(93006), room: room.id };
    return { answer: this.show(room, body.data, raw), room: room.id };
  }

  private show(room: Room, body: Body, raw: unknown): Answer {
    if (body.msgtype === 'markdown') return this.showContent(room, 'markdown', body.markdown?.content ?? '', raw);
    if (body.msgtype !== 'template_card') return refused(40008);
    const reading = readCard(body.template_card, 'robot');
    if (!reading.card) return refused(reading.errcode);
    if (!this.passes(room)) return refused(45009);
    this.parts.cards.show(reading.card, room.id, { via: 'robot', sendId: null }, raw);
    return accepted();
  }

  private showContent(room: Room, kind: 'text' | 'markdown', text: string, raw: unknown): Answer {
    if (text.trim() === '') return refused(44004);
    if (byteLength(text) > CONTENT_BYTES) return refused(40058);
    if (!this.passes(room)) return refused(45009);
    this.post(room, kind, text, raw);
    return accepted();
  }

  /** Each content replaces the earlier one; blank content does not close a stream; six minutes after its first frame it is over. */
  private stream(ticket: Ticket, body: Body, raw: unknown): Answer {
    if (!body.stream || body.stream.msg_item || byteLength(body.stream.content ?? '') > CONTENT_BYTES) return refused(40058);
    const text = body.stream.content ?? '';
    const finished = body.stream.finish === true && text.trim() !== '';
    const running = ticket.streams.get(body.stream.id);
    if (running?.finished) return accepted();
    if (running && this.parts.now() >= running.startedAt + STREAM_LIFE_MS) return refused(846608);
    if (!this.passes(ticket.room)) return refused(45009);
    if (!running) {
      const messageId = this.post(ticket.room, 'markdown', text, raw);
      ticket.streams.set(body.stream.id, { messageId, startedAt: this.parts.now(), finished });
      return accepted();
    }
    running.finished = finished;
    if (text.trim() !== '') this.parts.board.change(running.messageId, { text, raw });
    return accepted();
  }

  /** Replaces the clicked card; in a group `userids` limits the change to the people named. */
  private update(ticket: Ticket, raw: unknown): Answer {
    const body = updateSchema.safeParse(raw);
    if (!body.success || ticket.messageId === undefined) return refused(40058);
    const { card, errcode } = readCard(body.data.template_card, 'robot');
    if (!card) return refused(errcode);
    if (card.task_id !== ticket.taskId) return refused(40058, 'task_id differs from the callback');
    const named = (body.data.userids ?? []).map((userid) => this.parts.world.personByUserid(userid)?.id);
    const people = ticket.room.owner === null && named.length > 0 ? named.filter((id) => id !== undefined) : null;
    this.parts.cards.replace(ticket.messageId, () => card, people);
    return accepted();
  }

  private post(room: Room, kind: 'text' | 'markdown', text: string, raw: unknown): string {
    return this.parts.board.post({ room: room.id, from: null, fromBot: true, via: 'robot', kind, text, pinged: [], raw }).id;
  }

  private passes(room: Room): boolean {
    return this.perConversation.take(room.id, this.parts.now());
  }
}
