/** What reaches an app: messages of single members and events, as encrypted XML (dossier 5.10), and what it answers at once. */
import { randomBytes } from 'node:crypto';
import type { FileShown, Place } from '../../messages';
import type { Person, Room } from '../../world';
import { CallbackLine, type Received } from '../callbackLine';
import type { Values } from '../cards/inputs';
import type { CorpParts } from '../parts';
import { element, type XmlFields, xmlOf } from '../xml';
import { type AppAnswers, answerApp } from './answerApp';
import type { ResponseCodes } from './responseCodes';

/** A message to the app by kind. */
export type AppSpeech =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image' | 'voice' | 'video'; readonly file: FileShown; readonly data: Buffer }
  | { readonly kind: 'location'; readonly place: Place }
  | { readonly kind: 'link'; readonly title: string; readonly description: string; readonly url: string; readonly picture: string };

/** A press on one of the app's cards. `menu` says that it was an entry of the upper-right menu. */
export interface CardPress {
  readonly room: Room;
  readonly person: Person;
  readonly messageId: string;
  readonly sendId: string;
  readonly key: string;
  readonly taskId: string;
  readonly cardType: string;
  readonly values: Values;
  readonly menu: boolean;
}

/** The app's callback URL and everything that is delivered to it. */
export class AppEars {
  private readonly line: CallbackLine;

  constructor(
    private readonly parts: CorpParts,
    private readonly codes: ResponseCodes,
  ) {
    const { corpId, agentId, callbackToken, callbackAesKey } = parts.world.keys;
    const envelope = (encrypted: string) =>
      `<xml>${element('ToUserName', corpId)}${element('AgentID', String(agentId))}${element('Encrypt', encrypted)}</xml>`;
    this.line = new CallbackLine(parts, {
      api: 'callback/app',
      keys: { token: callbackToken, aesKey: callbackAesKey, receiveId: corpId },
      contentType: 'text/xml; charset=utf-8',
      wrap: envelope,
    });
  }

  get configured(): boolean {
    return this.line.configured;
  }

  configure(url: string): Promise<boolean> {
    return this.line.configure(url);
  }

  stop(): void {
    this.line.stop();
  }

  /** A member writes to the app; `copies` delivers the same message so often. */
  hear(room: Room, person: Person, speech: AppSpeech, copies: number): void {
    const msgId = randomBytes(8).readBigUInt64BE() >> 1n;
    const xml = this.xml(person, { ...this.speechFields(speech), MsgId: msgId, AgentID: this.parts.world.keys.agentId });
    for (let copy = 0; copy < copies; copy += 1) this.deliver(xml, { room, person });
  }

  /** An event of any kind; `fields` are its further elements. */
  event(room: Room, person: Person, event: string, fields: XmlFields): void {
    const xml = this.xml(person, { MsgType: 'event', Event: event, ...fields, AgentID: this.parts.world.keys.agentId });
    this.deliver(xml, { room, person });
  }

  /** A press on a card, with a fresh response code. */
  press(press: CardPress): void {
    const items = Object.entries(press.values).map(([question, options]) => ({ QuestionKey: question, OptionIds: { OptionId: options } }));
    const xml = this.xml(press.person, {
      MsgType: 'event',
      Event: press.menu ? 'template_card_menu_event' : 'template_card_event',
      EventKey: press.key,
      TaskId: press.taskId,
      CardType: press.cardType,
      ResponseCode: this.codes.issue(press.sendId),
      AgentID: this.parts.world.keys.agentId,
      ...(items.length === 0 ? {} : { SelectedItems: { SelectedItem: items } }),
    });
    this.deliver(xml, { room: press.room, person: press.person, cardMessage: press.messageId });
  }

  private deliver(xml: string, about: AppAnswers): void {
    const answered = (received: Received | null) => {
      if (received && received.text !== '') answerApp(this.parts, about, received.text);
    };
    void this.line.deliver(xml, about.room.id).then(answered);
  }

  private xml(person: Person, fields: XmlFields): string {
    const createTime = Math.floor(this.parts.now() / 1000);
    return xmlOf({ ToUserName: this.parts.world.keys.corpId, FromUserName: person.userid, CreateTime: createTime, ...fields });
  }

  /** A file becomes media of the enterprise, so that the app can fetch it by its id. */
  private speechFields(speech: AppSpeech): XmlFields {
    switch (speech.kind) {
      case 'text':
        return { MsgType: 'text', Content: speech.text };
      case 'location': {
        const { latitude, longitude, scale, label } = speech.place;
        return { MsgType: 'location', Location_X: latitude, Location_Y: longitude, Scale: scale, Label: label, AppType: 'wxwork' };
      }
      case 'link':
        return { MsgType: 'link', Title: speech.title, Description: speech.description, Url: speech.url, PicUrl: speech.picture };
      default:
        return this.fileFields(speech.kind, speech.file, speech.data);
    }
  }

  private fileFields(kind: 'image' | 'voice' | 'video', file: FileShown, data: Buffer): XmlFields {
    const media = this.parts.media.keep('corp', kind, file.name, data);
    if (kind === 'image') return { MsgType: kind, PicUrl: `${this.parts.base()}/picture/${file.id}`, MediaId: media.id };
    if (kind === 'voice') return { MsgType: kind, MediaId: media.id, Format: 'amr' };
    return { MsgType: kind, MediaId: media.id, ThumbMediaId: media.id };
  }
}
