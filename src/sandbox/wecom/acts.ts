/** What people do with robot and app: talk, send things, press buttons, open the chat (dossier 2.2, 5.10). */
import { randomUUID } from 'node:crypto';
import type { FileKind, FileShown, Message, MessageDraft } from '../messages';
import { SandboxRefusal } from '../refusal';
import { noteOf, type Speaker, type Speech } from '../speech';
import type { Person, Room } from '../world';
import type { AppEars, AppSpeech } from './app/ears';
import { chosenValues, type Values } from './cards/inputs';
import { inWords } from './looks';
import type { CorpParts } from './parts';
import type { Piece, RobotEars } from './robot/ears';
import type { RobotFrames } from './robot/frames';

/** A speaker who also chooses whom of the two he talks to. */
export interface Addressing extends Speaker {
  readonly to: 'robot' | 'app';
}

/** A press on a card; `values` are option ids by question key, missing ones stand as they are. */
export interface Press {
  readonly message: Message;
  readonly room: Room;
  readonly person: Person;
  readonly key: string;
  readonly values: Values;
}

/** What is shown of a speech, and what reaches robot and app of it; null: nothing. */
interface Spoken {
  readonly shown: Pick<MessageDraft, 'kind' | 'text' | 'file' | 'files' | 'place' | 'articles'>;
  readonly robot: readonly Piece[] | null;
  readonly app: AppSpeech | null;
}

/** People's acts on one enterprise. */
export class Acts {
  constructor(
    private readonly parts: CorpParts,
    private readonly robot: RobotEars,
    private readonly app: AppEars,
    private readonly frames: RobotFrames,
  ) {}

  /** Shows what a person says and delivers it as far as the platform does. Answers the message id and whether it was sent on its way. */
  speak(speaker: Addressing, speech: Speech): { readonly id: string; readonly reached: boolean } {
    const { room, person, quote } = speaker;
    if (speaker.to === 'app' && room.owner === null)
      throw new SandboxRefusal(409, 'not_private', '应用只在单聊里收消息。', '请在自己的私聊房间里对应用说。', 'room');
    const spoken = this.spoken(speaker, speech);
    const message = this.parts.board.post({
      room: room.id,
      from: person.id,
      fromBot: false,
      pinged: [],
      raw: { to: speaker.to, ...noteOf(speech) },
      ...spoken.shown,
      ...(quote ? { quote: { id: quote.id, text: quote.text } } : {}),
    });
    return { id: message.id, reached: speaker.to === 'app' ? this.toApp(speaker, spoken) : this.toRobot(speaker, spoken, message) };
  }

  /** A press on a card: the robot's event (once, never repeated) or the app's callback. Answers an id for the press. */
  press({ message, room, person, key, values: given }: Press): string {
    const card = this.parts.cards.seenBy(message.id, person.id);
    const origin = this.parts.cards.origin(message.id);
    if (!card || !origin) throw new SandboxRefusal(409, 'no_card', '这条消息没有可以点的按钮。', '请选一条带按钮的卡片消息。', 'message');
    const menu = card.action_menu?.action_list?.some((entry) => entry.key === key) === true;
    const values = menu ? {} : chosenValues(card, given);
    if (origin.via === 'app') {
      const about = { messageId: message.id, sendId: origin.sendId ?? '', taskId: card.task_id ?? '', cardType: card.card_type };
      this.app.press({ room, person, key, values, menu, ...about });
      return randomUUID();
    }
    const items = Object.entries(values).map(([question, options]) => ({ question_key: question, option_ids: { option_id: options } }));
    const fields = {
      card_type: card.card_type,
      event_key: key,
      task_id: card.task_id,
      ...(items.length > 0 ? { selected_items: { selected_item: items } } : {}),
    };
    this.robot.tell({
      eventtype: 'template_card_event',
      fields,
      occasion: { kind: 'card', room, person, message, taskId: card.task_id },
    });
    return randomUUID();
  }

  /** Only pieces that the platform lets through: in a group text and mixed with an @, in private everything. */
  private toRobot({ room, person, mentionBot, copies }: Speaker, spoken: Spoken, message: Message): boolean {
    const group = room.owner === null;
    if (!spoken.robot || (group && !(mentionBot && spoken.robot.some((piece) => piece.kind === 'text')))) return false;
    this.frames.open(room);
    return this.robot.hear(message, { room, person }, spoken.robot, copies);
  }

  private toApp({ room, person, copies }: Speaker, spoken: Spoken): boolean {
    if (!spoken.app || !this.app.configured) return false;
    this.app.hear(room, person, spoken.app, copies);
    return true;
  }

  private spoken(speaker: Addressing, speech: Speech): Spoken {
    switch (speech.kind) {
      case 'text': {
        const text = this.addressed(speaker, speech.text);
        return { shown: { kind: 'text', text }, robot: [{ kind: 'text', text }], app: { kind: 'text', text } };
      }
      case 'mixed':
        return this.mixed(speaker, speech);
      case 'location': {
        const text = `[位置] ${speech.place.label}`;
        return { shown: { kind: 'location', text, place: speech.place }, robot: null, app: speech };
      }
      case 'link': {
        const { kind, ...article } = speech;
        const text = `${article.title} ${article.url}`;
        return { shown: { kind, text, articles: [article] }, robot: [{ kind: 'text', text }], app: speech };
      }
      default:
        return this.file(speech.kind, this.parts.files.put(speech.kind, speech.name, speech.data), speech);
    }
  }

  private file(kind: FileKind, file: FileShown, given: { readonly data: Buffer; readonly transcript: string }): Spoken {
    const piece: Piece = kind === 'voice' ? { kind, transcript: given.transcript } : { kind, fileId: file.id };
    const text = kind === 'voice' && given.transcript !== '' ? `[语音] ${given.transcript}` : inWords(file);
    return { shown: { kind, text, file }, robot: [piece], app: kind === 'file' ? null : { kind, file, data: given.data } };
  }

  private mixed(speaker: Addressing, speech: Extract<Speech, { kind: 'mixed' }>): Spoken {
    const text = this.addressed(speaker, speech.text);
    const files = speech.pictures.map((picture) => this.parts.files.put('image', picture.name, picture.data));
    const pieces: Piece[] = files.map((file) => ({ kind: 'image', fileId: file.id }));
    const words = [text, ...files.map((file) => inWords(file))].join('\n');
    return { shown: { kind: 'mixed', text: words, files }, robot: [{ kind: 'text', text }, ...pieces], app: null };
  }

  /** In a group the mention is part of the words. */
  private addressed({ room, mentionBot, to }: Addressing, text: string): string {
    const mention = `@${this.parts.world.keys.robot.name}`;
    return room.owner !== null || !mentionBot || to === 'app' || text.includes(mention) ? text : `${mention} ${text}`;
  }
}
