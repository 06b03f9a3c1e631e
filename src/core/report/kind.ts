/** What a message is: a first report, a follow-up, an acknowledgement, a correction, or nothing of the kind. */
import { isAck } from './acks';
import type { MessageKind } from './fields';
import { isProgress } from './followUps';
import type { Words } from './lexicon/words';
import { isCorrection } from './puttingRight';
import { Gated, unitsOf } from './units';

/** Whom it is addressed to, and what people say before they begin. */
const ADDRESSED = /^(?:[ \n]|@[^ \n,。:]{1,10}|【】|\[\]|[,。!:~])+/;
const BEGINNING =
  /^(?:(?:哎|唉|喂|嗯|呃|额|啊|哦|噢|那个|那什么|哎呀|诶|对了|急事|你好|您好|领导(?:好)?|各位(?:领导)?|值班室|主任|急|嗨|我这边|跟你说一?下|跟您说一?下)[ \n,。!:~]*)+/;

/** Only with these can the one and the other begin. */
const ADDRESSES = unitsOf('@【[,。!:~ \n');
const BEGINS = unitsOf('哎唉喂嗯呃额啊哦噢那诶对急你您领各值主嗨我跟');

/** Never fails; a text of under 30 characters without any sign of an incident is `other`. */
export function messageKind(text: string, words: Words): MessageKind {
  const said = (ADDRESSES.at(text, 0) ? text.replace(ADDRESSED, '') : text).trim();
  if (said === '') return 'other';
  const begun = said.length <= 200 && BEGINS.at(said, 0) ? said.replace(BEGINNING, '') : said;
  if ((said.length <= 40 || words.incident.length === 0) && (isAck(said) || isAck(begun))) return 'ack';
  if (words.mends.length > 0 && isCorrection(begun)) return 'correction';
  if (words.drill.length > 0) return 'other';
  if (begun.length <= 70 || words.goesOn.length > 0 || words.known.length > 0) {
    if (!isAsked(begun, words) && isProgress(begun, words)) return 'progress';
  }
  if (words.elsewhere.length > 0 || (words.notice.length > 0 && words.atWork.length === 0) || isAsked(begun, words)) return 'other';
  return isTalk(begun, words) ? 'other' : 'report';
}

/** Each way of asking holds one of these. */
const QUESTION = new Gated(
  '问谁怎不没哪啥吗什几久咋?询教少',
  /(?:要不要|算不算|报不报|用不用|需不需要|该不该)[^。]{0,30}$|(?:请问|谁有|谁在|有没有|怎么(?:弄|办|填|报|走|处理|算|写)|能不能|可不可以|是不是|哪位|哪个|啥时候|多少|吗|什么时候|在哪|几点)[^。]{0,20}[?]?[ \n]*$|(?:了没有|了没|没有|好了不)[?]?[ \n]*$|(?:谁|哪|怎么|(?<!没)啥|什么|几时|多久|咋)[^。]{0,16}(?:呢|么|啊|呀|[?])[ \n]*$|^(?:谁|哪位|哪个)|(?=.[不没])(要|算|是|能|会|对|可|报|用|行|该|去|发|填|交|有|需).\1|^(?:请问|问一下|问下|想问|麻烦问|咨询|请教)|[?][ \n]*$/,
);

/** Questions end a message, or begin it. */
function isAsked(said: string, words: Words): boolean {
  return said.length <= 80 && (words.atWork.length === 0 || words.chat.length > 0) && QUESTION.test(said, 0, said.length);
}

/** Whoever reports says where. */
function isPlaced(words: Words): boolean {
  return [words.county, words.countyShort, words.countyUnsure, words.street, words.zone].some((list) => list.length > 0);
}

/** Chat among colleagues; whoever says what he already did about it reports. */
function isTalk(said: string, words: Words): boolean {
  const dealt = words.atWork.length > 0;
  if (words.chat.length > 0 && !dealt && (words.chat.length >= words.incident.length || words.chat.length > 2 || !isPlaced(words)))
    return true;
  return words.incident.length === 0 && said.length < 30;
}
