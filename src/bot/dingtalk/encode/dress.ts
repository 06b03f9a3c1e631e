/** Messages that lead to a page or show a picture: the platform's action cards, whose buttons open pages and tell nobody (dossier 3.2, 3.3). */
import type { Message } from '../../../core/notices/message';
import type { Face } from '../../../ports/platform';
import { neutralisePlain } from '../../wire/neutralise';
import type { Body } from './hook';
import { type Sample, sampleOf } from './sample';
import { linesIn, previewOf } from './words';

/** Action cards have room for so much; longer messages go as words. */
const MAX_TEXT_BYTES = 8_000;
const MAX_LABEL_SIGNS = 10;

/** What an action card is made of. */
interface Action {
  readonly title: string;
  readonly text: string;
  readonly singleTitle: string;
  readonly singleURL: string;
}

/** For the webhook and the session webhook; null where the form cannot be made: the message then goes as words. */
export function actionBody(message: Message, face: Face): Body | null {
  const action = actionOf(message, face);
  return action === null ? null : { msgtype: 'actionCard', actionCard: { ...action, btnOrientation: '0' } };
}

/** For the robot through the server API. Null as above. */
export function actionSample(message: Message, face: Face): Sample | null {
  const action = actionOf(message, face);
  return action === null ? null : sampleOf('sampleActionCard', { ...action });
}

/** Questions need a form of their own, which only the console can make; buttons that must come back go as cards. */
function actionOf(message: Message, face: Face): Action | null {
  if ((face.is !== 'link' && face.is !== 'picture') || !isPage(face.url) || message.buttons.length > 0) return null;
  if (face.is === 'picture' && !isPage(face.image)) return null;
  const picture = face.is === 'picture' ? [`![](${new URL(face.image).href})\n`] : [];
  const text = [...picture, ...linesIn('markdown', message, false)].join('\n');
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) return null;
  const label = face.is === 'link' ? [...neutralisePlain(face.label, 'person')].slice(0, MAX_LABEL_SIGNS).join('') : '查看';
  return { title: previewOf(message), text, singleTitle: label || '查看', singleURL: new URL(face.url).href };
}

/** A page people can be led to: an address of the web, nothing a client could run, nothing that ends the markup around it. */
export function isPage(url: string): boolean {
  if (Buffer.byteLength(url) > 2048 || !URL.canParse(url)) return false;
  const { protocol, href } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && !/[()\s]/.test(href);
}
