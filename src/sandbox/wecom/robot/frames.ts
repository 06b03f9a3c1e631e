/** What the robot may do over its long connection (dossier 2.9 to 2.11): each cmd with the ticket it needs. */
import { z } from 'zod';
import type { Room } from '../../world';
import { type Answer, refused } from '../answers';
import type { CorpParts } from '../parts';
import { pushSchema } from './bodies';
import type { Manner, RobotMouth } from './mouth';
import type { Ticket, Tickets } from './tickets';
import type { Uploads } from './uploads';

const FILE_KINDS = ['file', 'image', 'voice', 'video'];
const PUSH: Manner = { kinds: ['markdown', 'template_card', ...FILE_KINDS], items: false };
const WELCOME: Manner = { kinds: ['text', 'template_card'], items: false };

/** The schema of a request frame. */
export const frameSchema = z.looseObject({
  cmd: z.string(),
  headers: z.looseObject({ req_id: z.string().min(1) }),
  body: z.unknown().optional(),
});

/** A request frame of the bot. */
export type Frame = z.output<typeof frameSchema>;

/** The ack of a frame, and the conversation it went to. */
export interface Handled {
  readonly answer: Answer;
  readonly room?: string;
}

/** Handles the frames of a subscribed connection. */
export class RobotFrames {
  private readonly opened = new Set<string>();

  constructor(
    private readonly parts: CorpParts,
    private readonly mouth: RobotMouth,
    private readonly uploads: Uploads,
  ) {}

  /** Somebody talked to the robot there: from now on it may push into that conversation. */
  open(room: Room): void {
    this.opened.add(room.id);
  }

  handle(frame: Frame, tickets: Tickets): Handled {
    const reqId = frame.headers.req_id;
    switch (frame.cmd) {
      case 'aibot_respond_msg':
        return underTicket(tickets.find(reqId, 'message'), (ticket) => this.mouth.reply(ticket, frame.body, this.replyManner()));
      case 'aibot_respond_welcome_msg':
        return underTicket(tickets.find(reqId, 'enter'), (ticket) => this.mouth.say(ticket.room, frame.body, WELCOME));
      case 'aibot_respond_update_msg':
        return underTicket(tickets.find(reqId, 'card'), (ticket) => this.mouth.update(ticket, frame.body));
      case 'aibot_send_msg':
        return this.push(frame.body);
      default:
        return { answer: this.uploads.handle(frame.cmd, frame.body) ?? refused(40008, 'unknown cmd') };
    }
  }

  wipe(): void {
    this.opened.clear();
  }

  /** Pictures in a stream and a card beside it are contradictory in the documents: refused unless switched on. */
  private replyManner(): Manner {
    const extras = this.parts.switches.on.socketExtras;
    return { kinds: ['stream', ...(extras ? ['stream_with_template_card'] : []), ...PUSH.kinds], items: extras };
  }

  private push(raw: unknown): Handled {
    const body = pushSchema.safeParse(raw);
    if (!body.success) return { answer: refused(40058) };
    const { chatid, chat_type: chatType = 0 } = body.data;
    const { world, switches } = this.parts;
    const group = chatType === 1 ? undefined : world.roomByChatId(chatid);
    const person = chatType === 2 ? undefined : (world.personByUserid(chatid) ?? world.personByOpenUserid(chatid));
    const room = group ?? (person && world.privateRoom(person));
    if (!room) return { answer: refused(93006) };
    if (!room.opened && !this.opened.has(room.id)) return { answer: refused(93006), room: room.id };
    if (group && !switches.on.groupPush) return { answer: refused(600039), room: room.id };
    return { answer: this.mouth.say(room, raw, PUSH), room: room.id };
  }
}

function underTicket(ticket: Ticket | undefined, act: (ticket: Ticket) => Answer): Handled {
  return ticket ? { answer: act(ticket), room: ticket.room.id } : { answer: refused(846605) };
}
