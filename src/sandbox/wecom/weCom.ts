/** The local WeCom: the wire towards the bot on one side, people who talk and press buttons on the other. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CallLog } from '../calls';
import type { FaultBoard } from '../faults';
import type { Message, MessageBoard } from '../messages';
import { SandboxRefusal } from '../refusal';
import type { Person, Room, World } from '../world';
import { AppCallback, type CallbackTimes, PLATFORM_TIMES } from './appCallback';
import { AppSender } from './appSend';
import { updateAppCard } from './appUpdate';
import type { TemplateCard } from './cards';
import { ResponseCodes } from './responseCodes';
import { RobotReplies } from './robotReplies';
import { RobotSockets } from './robotSockets';
import { ShownCards } from './shownCards';
import { Tokens } from './tokens';
import { Webhooks } from './webhook';
import { isWirePath, serveWire, type WireApi } from './wire';
import { cardEventXml } from './xml';

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3600_000;

/** Real-time settings that tests shorten. */
export interface WeComTimes {
  readonly idleCloseMs: number;
  readonly callback: CallbackTimes;
}

/** The platform's own values, as far as they are known. */
export const WECOM_TIMES: WeComTimes = { idleCloseMs: 90_000, callback: PLATFORM_TIMES };

/** What the simulator writes to and reads the time from. */
export interface WeComParts {
  readonly world: World;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly now: () => number;
  readonly times: WeComTimes;
}

/** A person's words. `mentionBot` matters in groups only; `copies` delivers the same frame so often. */
export interface Utterance {
  readonly room: Room;
  readonly person: Person;
  readonly text: string;
  readonly quote: Message | null;
  readonly mentionBot: boolean;
  readonly copies: number;
}

/** A press on a card; `values` are option ids by question key, missing ones stand at their default. */
export interface Press {
  readonly message: Message;
  readonly room: Room;
  readonly person: Person;
  readonly key: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** One WeCom with one enterprise, one robot, one app and a webhook for every group. */
export class WeCom {
  private readonly cards: ShownCards;
  private readonly codes: ResponseCodes;
  private readonly tokens: Tokens;
  private readonly webhooks: Webhooks;
  private readonly app: AppSender;
  private readonly replies: RobotReplies;
  private readonly sockets: RobotSockets;
  private readonly callback: AppCallback;
  private readonly apis: Readonly<Record<string, WireApi>>;
  private readonly greetedOn = new Map<string, number>();

  constructor(private readonly parts: WeComParts) {
    const { world, board, now, times } = parts;
    this.cards = new ShownCards(board);
    this.codes = new ResponseCodes(now);
    this.tokens = new Tokens(world, now);
    this.webhooks = new Webhooks(world, board, this.cards, now);
    this.callback = new AppCallback({ ...parts, times: times.callback });
    this.app = new AppSender({ world, board, now, cards: this.cards, codes: this.codes, callbackSet: () => this.callback.configured });
    this.replies = new RobotReplies({ world, board, now, cards: this.cards });
    this.sockets = new RobotSockets({
      ...parts,
      idleCloseMs: times.idleCloseMs,
      handle: (frame, tickets) => this.replies.handle(frame, tickets),
    });
    this.apis = this.wireApis();
  }

  /** True while a robot connection is subscribed. */
  get connected(): boolean {
    return this.sockets.connected;
  }

  /** True once a callback URL of the app has passed its verification. */
  get callbackSet(): boolean {
    return this.callback.configured;
  }

  /** Serves a request of the server API; false when the path is none of it. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isWirePath(request.url)) return false;
    serveWire({ ...this.parts, tokens: this.tokens, apis: this.apis }, request, response).catch(() => response.destroy());
    return true;
  }

  /** Takes over a WebSocket upgrade as a robot connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.upgrade(request, socket, head);
  }

  /** Shows a person's words and delivers them to the robot: always in private, in a group only with an @ (dossier 2.2). Answers the message id. */
  say(words: Utterance): string {
    const { room, person, quote } = words;
    const reaches = room.owner !== null || words.mentionBot;
    const content = room.owner === null && words.mentionBot ? this.addressed(words.text) : words.text;
    const body = {
      ...this.origin(room, person),
      msgtype: 'text',
      text: { content },
      ...(quote ? { quote: { msgtype: 'text', text: { content: quote.text } } } : {}),
    };
    const shown = { room: room.id, from: person.id, fromBot: false, kind: 'text' as const, text: content, pinged: [], raw: body };
    const message = this.parts.board.post(quote ? { ...shown, quote: { id: quote.id, text: quote.text } } : shown);
    if (!reaches) return message.id;
    this.replies.open(room);
    this.sockets.push('aibot_msg_callback', body, { room: room.id, ticket: { kind: 'message', room }, copies: words.copies });
    return message.id;
  }

  /** A press on a card: the robot's event (once, never repeated) or the app's callback. Refuses a button the person does not have before them. */
  click(press: Press): string {
    const card = this.cards.seenBy(press.message.id, press.person.id);
    const origin = this.cards.origin(press.message.id);
    if (!card || !origin) throw new SandboxRefusal(409, 'no_card', '这条消息没有可以点的按钮。', '请选一条带按钮的卡片消息。', 'message');
    const values = selectedValues(card, press.values);
    if (origin.via === 'app') return this.appEvent(press, card, { sendId: origin.sendId ?? '', values });
    return this.robotEvent(press, card, values);
  }

  /** A person opens the private chat: the robot's `enter_chat`, once a day (dossier 2.5). False: already told today. */
  enter(room: Room, person: Person): boolean {
    const day = Math.floor((this.parts.now() + ZONE_MS) / DAY_MS);
    if (this.greetedOn.get(person.id) === day) return false;
    this.greetedOn.set(person.id, day);
    const body = { ...this.origin(room, person), msgtype: 'event', event: { eventtype: 'enter_chat' } };
    return this.sockets.push('aibot_event_callback', body, { room: room.id, ticket: { kind: 'enter', room } });
  }

  /** Verifies and keeps the app's callback URL. */
  setCallbackUrl(url: string): Promise<boolean> {
    return this.callback.configure(url);
  }

  /** As on the first day: no tokens, windows, tickets, cards, and only the greeted groups open. Connections and the callback URL stay. */
  wipe(): void {
    for (const part of [this.cards, this.codes, this.tokens, this.webhooks, this.app, this.replies, this.sockets]) part.wipe();
    this.greetedOn.clear();
  }

  stop(): void {
    this.callback.stop();
    this.sockets.stop();
  }

  private wireApis(): Readonly<Record<string, WireApi>> {
    const parts = { world: this.parts.world, cards: this.cards, codes: this.codes };
    return {
      gettoken: { method: 'GET', token: false, run: ({ query }) => this.tokens.issue(query.get('corpid'), query.get('corpsecret')) },
      'message/send': { method: 'POST', token: true, run: ({ json, text }) => this.app.send(json, text) },
      'message/update_template_card': { method: 'POST', token: true, run: ({ json }) => updateAppCard(parts, json) },
      'webhook/send': { method: 'POST', token: false, run: ({ query, json }) => this.webhooks.send(query.get('key'), json) },
    };
  }

  private addressed(text: string): string {
    const mention = `@${this.parts.world.keys.robot.name}`;
    return text.includes(mention) ? text : `${mention} ${text}`;
  }

  private origin(room: Room, person: Person): Record<string, unknown> {
    return {
      msgid: randomUUID(),
      create_time: Math.floor(this.parts.now() / 1000),
      aibotid: this.parts.world.keys.robot.botId,
      ...(room.owner === null ? { chatid: room.chatId, chattype: 'group' } : { chattype: 'single' }),
      from: { userid: person.userid },
    };
  }

  private robotEvent(press: Press, card: TemplateCard, values: Press['values']): string {
    const { room, person, message } = press;
    const items = Object.entries(values).map(([question, options]) => ({ question_key: question, option_ids: { option_id: options } }));
    const event = {
      card_type: card.card_type,
      event_key: press.key,
      task_id: card.task_id,
      ...(items.length > 0 ? { selected_items: { selected_item: items } } : {}),
    };
    const origin = this.origin(room, person);
    const body = { ...origin, msgtype: 'event', event: { eventtype: 'template_card_event', template_card_event: event } };
    const ticket = { kind: 'card' as const, room, messageId: message.id, ...(card.task_id === undefined ? {} : { taskId: card.task_id }) };
    this.sockets.push('aibot_event_callback', body, { room: room.id, ticket });
    return String(origin.msgid);
  }

  private appEvent(press: Press, card: TemplateCard, about: { sendId: string; values: Press['values'] }): string {
    const { corpId, agentId } = this.parts.world.keys;
    const responseCode = this.codes.issue(about.sendId);
    const xml = cardEventXml({
      corpId,
      agentId,
      userid: press.person.userid,
      createdAt: Math.floor(this.parts.now() / 1000),
      key: press.key,
      taskId: card.task_id ?? '',
      cardType: card.card_type,
      responseCode,
      values: about.values,
    });
    void this.callback.deliver(xml, press.room.id);
    return randomUUID();
  }
}

/** The options chosen, with the default for the drop-down of a button card; an unknown question or option is refused. */
function selectedValues(card: TemplateCard, given: Press['values']): Press['values'] {
  const selection = card.button_selection;
  const question = selection?.question_key ?? '';
  const options = (selection?.option_list ?? []).map((option) => option.id ?? '');
  const unknown = Object.entries(given).some(([key, chosen]) => key !== question || chosen.some((option) => !options.includes(option)));
  if (unknown) throw new SandboxRefusal(400, 'no_option', '卡片上没有这个选项。', '请从卡片列出的选项里选。', 'values');
  return selection ? { [question]: given[question] ?? options.slice(0, 1) } : {};
}
