/** Messages in the forms that need more than words and buttons: pages, pictures, questions (dossier 2.7, 4, 5.2, 5.5). */
import type { Message } from '../../../core/notices/message';
import type { Cleared } from '../../../core/privacy/clear';
import type { Face, Question, Submit } from '../../../ports/platform';
import { plainLines } from '../../wire/lines';
import { neutralisePlain } from '../../wire/neutralise';
import { worded } from '../../wire/worded';
import type { Call } from '../call';
import type { Features } from '../features';
import { APP_CARD, type CardShape, clip, headOf, ROBOT_CARD } from './card';
import { markdownParts } from './markdown';
import { markdownBody } from './robotCalls';
import { textParts } from './text';

type Fields = Readonly<Record<string, unknown>>;

const MAX_OPTIONS = { vote: 20, list: 10 } as const;
const MAX_LISTS = 3;
const OPTION_TEXT = 11;
/** Has to lie above 1.3 and below 2.25. */
const IMAGE_RATIO = 1.31;
const SUBMIT_TEXT = 10;
const KEY = /^[\x21-\x7e]{1,128}$/;
const TITLE_CHARS = 64;
const DESCRIPTION_BYTES = 512;

/** One card for the robot, or null where the form cannot be made or shown: the message then goes as words. */
export function dressedForRobot(message: Cleared, face: Face, features: Features): readonly Call[] | null {
  const card = features.may('aibot.cards') ? cardOf(message, face, ROBOT_CARD) : null;
  return card === null ? null : [{ ...cardCall(card), plain: markdownParts(worded(message, face, isPage), true).map(markdownBody) }];
}

/** One card, or the app's own forms for pages and pictures. Null as above. */
export function dressedForApp(message: Cleared, face: Face, features: Features): readonly Call[] | null {
  const plain = textParts(worded(message, face, isPage), true).map(textBody);
  const body = face.is === 'link' ? textCard(message, face) : face.is === 'picture' ? news(message, face) : null;
  if (body !== null) return [{ message: body, plain }];
  const card = features.may('app.cards') ? cardOf(message, face, APP_CARD) : null;
  return card === null ? null : [{ ...cardCall(card), plain }];
}

/** The group webhook knows cards without buttons only, the app's group none at all: pages and pictures. */
export function dressedForGroup(message: Cleared, face: Face, cards: boolean): Fields | null {
  if (face.is !== 'link' && face.is !== 'picture') return null;
  const card = cards ? cardOf(message, face, ROBOT_CARD) : null;
  if (card !== null) return { msgtype: 'template_card', template_card: card };
  return face.is === 'link' ? textCard(message, face) : news(message, face);
}

function textBody(content: string): Fields {
  return { msgtype: 'text', text: { content } };
}

function cardCall(card: Fields): Call {
  return { message: { msgtype: 'template_card', template_card: card }, card: 1 };
}

function cardOf(message: Message, face: Face, shape: CardShape): Fields | null {
  switch (face.is) {
    case 'link':
      return isPage(face.url) ? { card_type: 'text_notice', ...headOf(message, shape), ...leadsTo(face.url) } : null;
    case 'picture':
      return isPage(face.url) && isPage(face.image)
        ? {
            card_type: 'news_notice',
            ...newsHead(message, shape),
            card_image: { url: face.image, aspect_ratio: IMAGE_RATIO },
            ...leadsTo(face.url),
          }
        : null;
    case 'vote':
      return vote(message, face.question, face.several, face.submit, shape);
    case 'questions':
      return questions(message, face.questions, face.submit, shape);
    default:
      return face satisfies never;
  }
}

function leadsTo(url: string): Fields {
  return { card_action: { type: 1, url } };
}

/** News cards have no text below the title but rows of their own. */
function newsHead(message: Message, shape: CardShape): Fields {
  const { main_title, sub_title_text } = headOf(message, shape);
  return { main_title, ...(sub_title_text === undefined ? {} : { vertical_content_list: [{ title: '内容', desc: sub_title_text }] }) };
}

function vote(message: Message, question: Question, several: boolean, submit: Submit, shape: CardShape): Fields | null {
  if (!isAskable(question, MAX_OPTIONS.vote) || !KEY.test(submit.key)) return null;
  const option_list = question.options.map(({ id, text }) => ({ id, text: words(text, OPTION_TEXT), is_checked: false }));
  return {
    card_type: 'vote_interaction',
    ...questionHead(message, shape),
    checkbox: { question_key: question.key, mode: several ? 1 : 0, option_list },
    submit_button: submitOf(submit),
  };
}

function questions(message: Message, asked: readonly Question[], submit: Submit, shape: CardShape): Fields | null {
  const isWhole = asked.length >= 1 && asked.length <= MAX_LISTS && new Set(asked.map(({ key }) => key)).size === asked.length;
  if (!isWhole || !asked.every((one) => isAskable(one, MAX_OPTIONS.list)) || !KEY.test(submit.key)) return null;
  const select_list = asked.map(({ key, title, options }) => ({
    question_key: key,
    title: words(title, 13),
    option_list: options.map(({ id, text }) => ({ id, text: words(text, OPTION_TEXT) })),
  }));
  return { card_type: 'multiple_interaction', ...questionHead(message, shape), select_list, submit_button: submitOf(submit) };
}

function questionHead(message: Message, shape: CardShape): Fields {
  const { title, body } = plainLines(message);
  const desc = clip(body.join(' '), shape.title);
  return { main_title: { title: clip(title, shape.title) || '…', ...(desc === '' ? {} : { desc }) } };
}

function submitOf(submit: Submit): Fields {
  return { key: submit.key, text: words(submit.text, SUBMIT_TEXT) };
}

function isAskable(question: Question, most: number): boolean {
  const ids = question.options.map(({ id }) => id);
  const isListed = ids.length >= 1 && ids.length <= most && new Set(ids).size === ids.length;
  return isListed && KEY.test(question.key) && ids.every((id) => KEY.test(id));
}

function textCard(message: Message, face: Extract<Face, { is: 'link' }>): Fields | null {
  if (!isPage(face.url)) return null;
  const { title, description } = headline(message);
  return { msgtype: 'textcard', textcard: { title, description, url: face.url, btntxt: words(face.label, 4) } };
}

function news(message: Message, face: Extract<Face, { is: 'picture' }>): Fields | null {
  if (!isPage(face.url) || !isPage(face.image)) return null;
  return { msgtype: 'news', news: { articles: [{ ...headline(message), url: face.url, picurl: face.image }] } };
}

/** Some pages count bytes, some characters: the smaller is kept. A description must not be empty. */
function headline(message: Message): { readonly title: string; readonly description: string } {
  const { title, body } = plainLines(message);
  return { title: clipBytes(clip(title, TITLE_CHARS), 128) || '…', description: clipBytes(body.join('\n'), DESCRIPTION_BYTES) || '…' };
}

function clipBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let kept = '';
  for (const sign of text) {
    if (Buffer.byteLength(kept + sign) > max - 3) break;
    kept += sign;
  }
  return `${kept}…`;
}

function words(text: string, max: number): string {
  return clip(neutralisePlain(text, 'person'), max) || '…';
}

/** A page people can be led to: our own address, nothing a client could run. */
export function isPage(url: string): boolean {
  return Buffer.byteLength(url) <= 2048 && URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}
