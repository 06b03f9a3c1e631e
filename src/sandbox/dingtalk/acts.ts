/** What people do with the robot: talk, send things, press buttons (dossier 2.1, 2.2, 3.7). */
import type { Message, MessageDraft } from '../messages';
import { SandboxRefusal } from '../refusal';
import { noteOf, type Speaker, type Speech } from '../speech';
import type { Person, Room } from '../world';
import type { Presses } from './cards/presses';
import type { ShownCards } from './cards/shown';
import type { DingParts } from './parts';
import type { Content } from './robot/inbound';
import { inWords } from './robot/looks';
import type { Robot } from './robot/robot';

/** What is shown of a speech, and what the robot may hear of it. */
interface Spoken {
  readonly shown: Pick<MessageDraft, 'kind' | 'text' | 'file' | 'files' | 'place' | 'articles'>;
  readonly content: Content;
}

/** People's acts in one organisation. */
export class Acts {
  constructor(
    private readonly parts: DingParts,
    private readonly robot: Robot,
    private readonly cards: { readonly shown: ShownCards; readonly presses: Presses },
  ) {}

  /** Shows what a person says and delivers it as far as the platform does. Answers the message id and whether somebody listened. */
  speak(speaker: Speaker, speech: Speech): { readonly id: string; readonly reached: boolean } {
    const { room, person, quote, copies } = speaker;
    this.parts.readers.sawRoom(room.id, person.id);
    const { shown, content } = this.spoken(speaker, speech);
    const about = { room: room.id, from: person.id, fromBot: false, pinged: [], raw: noteOf(speech) };
    const message = this.parts.board.post({ ...about, ...shown, ...(quote ? { quote: { id: quote.id, text: quote.text } } : {}) });
    const heard = this.passes(speaker, content);
    return { id: message.id, reached: heard && this.robot.ears.hear({ room, person, quote, content, shown: message }, copies) };
  }

  /** A press on a card; answers an id for it. The callback goes out once. */
  press(message: Message, press: { room: Room; person: Person; key: string; values: Readonly<Record<string, readonly string[]>> }): string {
    const { room, person, key, values } = press;
    const card = this.cards.shown.at(message.id)?.card;
    const button = card && this.cards.shown.button(card, person.id, key);
    if (!card || !button) throw new SandboxRefusal(409, 'no_card', '这条消息没有可以点的按钮。', '请选一条带按钮的卡片消息。', 'message');
    this.parts.readers.sawRoom(room.id, person.id);
    return this.cards.presses.press({ card, room, person, button, values });
  }

  /** In a group only what mentions the robot that stands there, which files cannot; in a private chat everything. */
  private passes({ room, mentionBot }: Speaker, content: Content): boolean {
    if (room.owner !== null) return true;
    return mentionBot && this.parts.book.conversation(room).botIn && (content.msgtype === 'text' || content.msgtype === 'richText');
  }

  private spoken(speaker: Speaker, speech: Speech): Spoken {
    switch (speech.kind) {
      case 'text': {
        const text = this.addressed(speaker, speech.text);
        return { shown: { kind: 'text', text }, content: { msgtype: 'text', text } };
      }
      case 'mixed': {
        const text = this.addressed(speaker, speech.text);
        const files = speech.pictures.map((picture) => this.parts.files.put('image', picture.name, picture.data));
        const words = [text, ...files.map(inWords)].join('\n');
        return { shown: { kind: 'mixed', text: words, files }, content: { msgtype: 'richText', text, pictures: files } };
      }
      case 'location':
        return {
          shown: { kind: 'location', text: `[位置] ${speech.place.label}`, place: speech.place },
          content: { msgtype: 'unknownMsgType' },
        };
      case 'link': {
        const { kind, ...article } = speech;
        return { shown: { kind, text: `${article.title} ${article.url}`, articles: [article] }, content: { msgtype: 'unknownMsgType' } };
      }
      default: {
        const file = this.parts.files.put(speech.kind, speech.name, speech.data);
        const text = speech.kind === 'voice' && speech.transcript !== '' ? `[语音] ${speech.transcript}` : inWords(file);
        const content = { msgtype: 'file' as const, kind: speech.kind, file, transcript: speech.transcript };
        return { shown: { kind: speech.kind, text, file }, content };
      }
    }
  }

  /** In a group the mention is part of the words. */
  private addressed({ room, mentionBot }: Speaker, text: string): string {
    const mention = `@${this.parts.keys.robotName}`;
    return room.owner !== null || !mentionBot || text.includes(mention) ? text : `${mention} ${text}`;
  }
}
