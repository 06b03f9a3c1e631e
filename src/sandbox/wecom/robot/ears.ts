/** What reaches the robot (dossier 2.2 to 2.5), over the connection or to its callback URL, whichever the console has saved. */
import { randomUUID } from 'node:crypto';
import type { Message } from '../../messages';
import type { Person, Room } from '../../world';
import type { CorpParts } from '../parts';
import { RobotCallback } from './callback';
import type { RobotMouth } from './mouth';
import { ResponseUrls } from './responseUrls';
import type { SentFiles } from './sentFiles';
import type { RobotSockets } from './sockets';
import type { Occasion } from './tickets';

const ZONE_MS = 8 * 3600_000;
const DAY_MS = 86_400_000;

/** A piece of what a person sends, in the order of the message. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'voice'; readonly transcript: string }
  | { readonly kind: 'image' | 'file' | 'video'; readonly fileId: string };

/** An event for the robot: its kind, its fields, where and by whom. */
export interface RobotEvent {
  readonly eventtype: string;
  readonly fields: unknown;
  readonly occasion: Occasion;
}

/** Builds the bodies and delivers them. */
export class RobotEars {
  readonly urls: ResponseUrls;
  private readonly callback: RobotCallback;
  private readonly greetedOn = new Map<string, number>();

  constructor(
    private readonly parts: CorpParts,
    private readonly sockets: RobotSockets,
    private readonly files: SentFiles,
    mouth: RobotMouth,
  ) {
    this.urls = new ResponseUrls(parts, mouth);
    this.callback = new RobotCallback(parts, mouth);
  }

  /** True while a callback URL is saved; long connections are then refused. */
  get byUrl(): boolean {
    return this.callback.configured;
  }

  /** Saves a callback URL after its verification and cuts the long connections, or takes the URL away again. */
  async configure(url: string | null): Promise<boolean> {
    if (url === null) this.callback.forget();
    const passed = url === null || (await this.callback.configure(url));
    if (passed && url !== null) this.sockets.cut();
    return passed;
  }

  /** One message; several pieces make it mixed. `copies` delivers it so often over the connection. Answers whether somebody was there to hear. */
  hear(message: Message, speaker: { readonly room: Room; readonly person: Person }, pieces: readonly Piece[], copies: number): boolean {
    const contents = pieces.map((piece) => this.contentOf(piece));
    const [only] = contents;
    const body = {
      ...this.origin(speaker.room, speaker.person),
      ...this.responseUrl({ kind: 'message', ...speaker, message }),
      ...(contents.length === 1 ? only : { msgtype: 'mixed', mixed: { msg_item: contents } }),
      ...(message.quote ? { quote: this.quoteOf(message.quote.id, message.quote.text) } : {}),
    };
    return this.send('aibot_msg_callback', body, { kind: 'message', ...speaker, message }, copies);
  }

  /** One event. Card clicks and unknown kinds bring a `response_url`, the others do not. */
  tell({ eventtype, fields, occasion }: RobotEvent): boolean {
    const event = { eventtype, ...(fields === undefined ? {} : { [eventtype]: fields }) };
    const url = occasion.kind === 'card' ? this.responseUrl(occasion) : {};
    return this.send(
      'aibot_event_callback',
      { ...this.origin(occasion.room, occasion.person), ...url, msgtype: 'event', event },
      occasion,
      1,
    );
  }

  /** A frame as somebody made it up: unknown kinds, odd bodies. */
  raw(body: Readonly<Record<string, unknown>>, occasion: Occasion): boolean {
    const cmd = body.msgtype === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback';
    return this.send(cmd, { ...this.origin(occasion.room, occasion.person), ...body }, occasion, 1);
  }

  /** A person opens the private chat: `enter_chat`, once a day (dossier 2.5). False: told today already, or nobody was there. */
  enter(room: Room, person: Person): boolean {
    const day = Math.floor((this.parts.now() + ZONE_MS) / DAY_MS);
    if (this.greetedOn.get(person.id) === day) return false;
    this.greetedOn.set(person.id, day);
    return this.tell({ eventtype: 'enter_chat', fields: undefined, occasion: { kind: 'enter', room, person } });
  }

  wipe(): void {
    this.greetedOn.clear();
    this.urls.wipe();
    this.callback.wipe();
  }

  stop(): void {
    this.callback.stop();
  }

  private send(cmd: string, body: Record<string, unknown>, occasion: Occasion, copies: number): boolean {
    if (!this.byUrl) return this.sockets.push(cmd, body, { occasion, copies });
    for (let copy = 0; copy < copies; copy += 1) this.callback.deliver(body, occasion);
    return true;
  }

  private origin(room: Room, person: Person): Record<string, unknown> {
    const encrypted = this.parts.switches.on.encryptedUserids;
    return {
      msgid: randomUUID(),
      create_time: Math.floor(this.parts.now() / 1000),
      aibotid: this.parts.world.keys.robot.botId,
      ...(room.owner === null ? { chatid: room.chatId, chattype: 'group' } : { chattype: 'single' }),
      from: { userid: encrypted ? person.openUserid : person.userid },
    };
  }

  private responseUrl(occasion: Occasion): { response_url?: string } {
    return this.byUrl ? { response_url: this.urls.issue(occasion) } : {};
  }

  private contentOf(piece: Piece): { readonly msgtype: string } & Readonly<Record<string, unknown>> {
    if (piece.kind === 'text') return { msgtype: 'text', text: { content: piece.text } };
    if (piece.kind === 'voice') return { msgtype: 'voice', voice: { content: piece.transcript } };
    return { msgtype: piece.kind, [piece.kind]: this.linkTo(piece.fileId) };
  }

  /** What was quoted: words, or the file itself, never its author or its id. */
  private quoteOf(id: string, text: string): Record<string, unknown> {
    const message = this.parts.board.find(id);
    if (message?.kind === 'mixed') {
      const [words = ''] = text.split('\n');
      const pictures = (message.files ?? []).map((file): Piece => ({ kind: 'image', fileId: file.id }));
      const items = [{ kind: 'text' as const, text: words }, ...pictures].map((piece) => this.contentOf(piece));
      return { msgtype: 'mixed', mixed: { msg_item: items } };
    }
    const file = message?.file;
    if (!file) return { msgtype: 'text', text: { content: text } };
    if (file.kind === 'voice') return this.contentOf({ kind: 'voice', transcript: text.replace('[语音] ', '') });
    return this.contentOf({ kind: file.kind, fileId: file.id });
  }

  private linkTo(fileId: string): Record<string, unknown> {
    const file = this.parts.files.find(fileId);
    if (!file) throw new Error(`no file ${fileId} on the shelf`);
    return this.files.offer(file, this.byUrl ? this.parts.world.further.robotCallback.aesKey : null);
  }
}
