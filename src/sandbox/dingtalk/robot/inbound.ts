/** The object a robot hears (dossier 2.1, 2.2), the same over stream mode and over HTTP. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FileKind, FileShown, Message } from '../../messages';
import type { Person, Room } from '../../world';
import type { DingParts } from '../parts';
import type { Downloads } from './downloads';
import type { SentBook } from './sent';
import type { Sessions } from './sessions';

/** What somebody says, as the platform classifies it. */
export type Content =
  | { readonly msgtype: 'text'; readonly text: string }
  | { readonly msgtype: 'richText'; readonly text: string; readonly pictures: readonly FileShown[] }
  | { readonly msgtype: 'file'; readonly kind: FileKind; readonly file: FileShown; readonly transcript: string }
  | { readonly msgtype: 'unknownMsgType' };

/** Who says it, where, and what it quotes. */
export interface Utterance {
  readonly room: Room;
  readonly person: Person;
  readonly quote: Message | null;
  readonly content: Content;
  /** The message on the board that shows it. */
  readonly shown: Message;
}

/** Builds messages and remembers their ids, so that quotes can name them. */
export class Inbound {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly parts: DingParts,
    private readonly sessions: Sessions,
    private readonly downloads: Downloads,
    private readonly sent: SentBook,
  ) {}

  /** The message object; its session is opened by that. */
  build(utterance: Utterance): Record<string, unknown> {
    const { room, person, content, shown } = utterance;
    const { keys, book, switches, now } = this.parts;
    const group = room.owner === null;
    const session = this.sessions.open(room);
    const standing = switches.standing(person.id);
    const known = switches.on.published && !standing.outsider;
    return {
      conversationId: book.conversation(room).openConversationId,
      conversationType: group ? '2' : '1',
      ...(group ? { conversationTitle: room.name, isInAtList: true, senderCorpId: keys.corpId } : {}),
      atUsers: group ? this.mentioned(room, content) : undefined,
      chatbotCorpId: keys.corpId,
      chatbotUserId: keys.chatbotUserId,
      msgId: this.idOf(shown.id),
      senderNick: person.name,
      senderId: book.account(person.id).senderId,
      ...(known ? { senderStaffId: book.account(person.id).userid, isAdmin: person.roles.includes('admin') } : {}),
      sessionWebhook: session.url,
      sessionWebhookExpiredTime: session.expiresAt,
      createAt: now(),
      robotCode: keys.robotCode,
      senderPlatform: 'Win',
      openThreadId: book.conversation(room).openConversationId,
      ...this.bodyOf(utterance, group),
    };
  }

  /** The platform's id of a shown message, made at first asking. */
  idOf(messageId: string): string {
    const id = this.ids.get(messageId) ?? `msg${randomBytes(16).toString('base64')}`;
    this.ids.set(messageId, id);
    return id;
  }

  wipe(): void {
    this.ids.clear();
  }

  /** The robot itself stands in the list, and everybody whose name follows an @. */
  private mentioned(room: Room, content: Content): unknown[] {
    const words = 'text' in content ? content.text : '';
    const people = room.members.flatMap((id) => {
      const { person, senderId, userid } = this.parts.book.account(id);
      return words.includes(`@${person.name}`) ? [{ dingtalkId: senderId, staffId: userid }] : [];
    });
    return [{ dingtalkId: this.parts.keys.chatbotUserId }, ...people];
  }

  private bodyOf({ content, quote }: Utterance, group: boolean): Record<string, unknown> {
    switch (content.msgtype) {
      case 'text':
        return { msgtype: 'text', text: { content: this.heard(content.text, group), ...this.quoteOf(quote) }, ...this.origins(quote) };
      case 'richText': {
        const pictures = content.pictures.map((file) => ({ type: 'picture', ...this.codes(file) }));
        const text = this.heard(content.text, group);
        return { msgtype: 'richText', content: { richText: [...(text.trim() === '' ? [] : [{ text }]), ...pictures] } };
      }
      case 'file':
        return this.fileBody(content);
      default:
        return { msgtype: 'unknownMsgType', content: { unknownMsgType: '' } };
    }
  }

  private fileBody({ kind, file, transcript }: Extract<Content, { msgtype: 'file' }>): Record<string, unknown> {
    const { downloadCode } = this.codes(file);
    switch (kind) {
      case 'image':
        return { msgtype: 'picture', content: this.codes(file) };
      case 'voice':
        return { msgtype: 'audio', content: { downloadCode, duration: 1000, recognition: transcript } };
      case 'video':
        return { msgtype: 'video', content: { downloadCode, duration: 1, videoType: file.name.replace(/^.*\./, '') } };
      default:
        return { msgtype: 'file', content: { downloadCode, fileName: file.name, fileId: randomUUID(), spaceId: '1' } };
    }
  }

  private codes(file: FileShown): { readonly downloadCode: string; readonly pictureDownloadCode: string } {
    return { downloadCode: this.downloads.code(file.id), pictureDownloadCode: this.downloads.code(file.id) };
  }

  /** The robot's mention is taken out, the blank behind it is left. */
  private heard(text: string, group: boolean): string {
    if (!group) return text;
    const mention = `@${this.parts.keys.robotName}`;
    return text.includes(mention) ? text.replace(mention, '') : ` ${text}`;
  }

  private quoteOf(quote: Message | null): Record<string, unknown> {
    if (!quote) return {};
    const { keys, book } = this.parts;
    const text = quote.kind === 'text' || quote.kind === 'markdown';
    return {
      isReplyMsg: true,
      repliedMsg: {
        msgType: quote.kind === 'card' ? 'interactiveCard' : text ? 'text' : quote.kind,
        msgId: this.idOf(quote.id),
        senderId: quote.fromBot || quote.from === null ? keys.chatbotUserId : book.account(quote.from).senderId,
        createdAt: Date.parse(quote.at),
        content: text ? { text: quote.text } : {},
      },
    };
  }

  /** A quote of what the robot sent through the server API names its send. */
  private origins(quote: Message | null): Record<string, unknown> {
    const key = quote && this.sent.keyOf(quote.id);
    return quote ? { originalMsgId: this.idOf(quote.id), ...(key ? { originalProcessQueryKey: key } : {}) } : {};
  }
}
