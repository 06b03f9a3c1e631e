/** Passive answers of the app (dossier 1.6, 5.10): decrypted, and shown to the one who wrote or clicked; anything else is recorded as ignored. */
import type { Look } from '../../messages';
import type { Person, Room } from '../../world';
import { readCard } from '../cards/checks';
import { decryptFrame, signatureOf } from '../crypt';
import { fileLook, newsLook } from '../looks';
import type { CorpParts } from '../parts';
import { childText, readXml, type XmlNode } from '../readXml';
import { cardFields } from './cardXml';

/** Whom an answer goes to; `cardMessage` is set after a click. */
export interface AppAnswers {
  readonly room: Room;
  readonly person: Person;
  readonly cardMessage?: string;
}

/** Takes the body of an answer. `success` counts as nothing said. */
export function answerApp(parts: CorpParts, about: AppAnswers, body: string): void {
  if (body.trim() === 'success') return;
  const read = opened(parts, body);
  const outcome = typeof read === 'string' ? read : take(parts, about, read);
  parts.calls.note({ api: 'passive/app', direction: 'fromBot', room: about.room.id, request: { body }, answer: { outcome } });
}

function opened(parts: CorpParts, body: string): XmlNode | string {
  const envelope = readXml(body);
  if (!envelope) return 'ignored: no XML';
  const { callbackToken, callbackAesKey, corpId } = parts.world.keys;
  const encrypted = childText(envelope, 'Encrypt');
  const signature = signatureOf(callbackToken, childText(envelope, 'TimeStamp'), childText(envelope, 'Nonce'), encrypted);
  if (signature !== childText(envelope, 'MsgSignature')) return 'ignored: signature';
  try {
    return readXml(decryptFrame({ aesKey: callbackAesKey, receiveId: corpId }, encrypted)) ?? 'ignored: no XML inside';
  } catch {
    return 'ignored: cannot be decrypted';
  }
}

function take(parts: CorpParts, about: AppAnswers, xml: XmlNode): string {
  const type = childText(xml, 'MsgType');
  if (type === 'update_button' || type === 'update_template_card') return update(parts, about, type, xml);
  const look = lookOf(parts, type, xml);
  if (typeof look === 'number') return `ignored: ${look}`;
  parts.board.post({ room: about.room.id, from: null, fromBot: true, via: 'app', pinged: [], raw: xml, ...look });
  return 'shown';
}

function lookOf(parts: CorpParts, type: string, xml: XmlNode): Look | number {
  switch (type) {
    case 'text':
      return childText(xml, 'Content') === '' ? 44004 : { kind: 'text', text: childText(xml, 'Content') };
    case 'image':
    case 'voice':
    case 'video': {
      const inside = xml.children.find((child) => child.name.toLowerCase() === type);
      const media = parts.media.find('corp', childText(inside, 'MediaId'), type);
      return media ? fileLook(media, childText(inside, 'Title')) : 40007;
    }
    case 'news':
      return newsLook(articlesOf(xml), false);
    default:
      return 40008;
  }
}

function articlesOf(xml: XmlNode): unknown[] {
  const list = xml.children.find((child) => child.name === 'Articles')?.children ?? [];
  return list.map((item) => ({
    title: childText(item, 'Title'),
    description: childText(item, 'Description'),
    url: childText(item, 'Url'),
    picurl: childText(item, 'PicUrl'),
  }));
}

/** Changes the card for the one who clicked, and only after a click. */
function update(parts: CorpParts, about: AppAnswers, type: 'update_button' | 'update_template_card', xml: XmlNode): string {
  if (about.cardMessage === undefined) return 'ignored: no card was clicked';
  if (type === 'update_button') {
    const button = xml.children.find((child) => child.name === 'Button');
    const name = childText(button, 'ReplaceName');
    if (name === '') return 'ignored: 42020';
    parts.cards.replace(about.cardMessage, (card) => ({ ...card, replace_text: name }), [about.person.id]);
    return 'updated';
  }
  const given = xml.children.find((child) => child.name === 'TemplateCard');
  const { card, errcode } = readCard(given ? cardFields(given) : undefined, 'app', (id) => parts.media.find('corp', id) !== undefined);
  if (!card) return `ignored: ${errcode}`;
  parts.cards.replace(about.cardMessage, () => card, [about.person.id]);
  return 'updated';
}
