/** The words of a second reading: what the model read, on which words, and what to type to take it over. */

import { intervalText } from '../core/notices/compose/facts';
import { clockText } from '../core/notices/compose/view';
import { full, type Line, type Message, open, quote } from '../core/notices/message';
import { lineOf, type Offer } from '../core/report/second/offers';

/** Stored where an answer is: what the second reader offers about a report; `text` is where its words stand. */
export interface OfferReply {
  readonly is: 'second_reading';
  readonly n: number;
  readonly text: string;
  readonly offers: readonly Offer[];
}

/** `words`: the report that the offers point into. Pure. */
export function wordOffers({ n, offers }: OfferReply, words: string): Message {
  return {
    ref: `#${n}`,
    heading: `#${n} 第二阅读（模型）`,
    lines: [
      open('以下由模型读出，规则没有读到或者读得不同；不采用不用理会，未采用的不进入记录，也不影响级别'),
      ...offers.flatMap((offer) => offered(n, offer, words)),
    ],
    mentions: [],
    buttons: [],
  };
}

function offered(n: number, offer: Offer, words: string): readonly Line[] {
  const verb = offer.how === 'supplement' ? '补充' : '更正';
  const source = words.slice(offer.words.start, offer.words.end);
  return [
    full(
      `${LABELS[offer.field]}：`,
      quote(valueText(offer) ?? source),
      '（模型',
      ...(valueText(offer) === null ? [] : ['，原文“', quote(source), '”']),
      '）',
    ),
    full(`采用请回复：#${n} ${verb} `, quote(lineOf(offer, words))),
  ];
}

const LABELS: Readonly<Record<Offer['field'], string>> = {
  ...{ occurredAt: '时间', district: '县区', place: '地点', peopleInvolved: '涉及人数' },
  ...{ injured: '受伤', dead: '死亡', amountYuan: '金额', measures: '已采取措施' },
};

/** Null where the words are the value. */
function valueText(offer: Offer): string | null {
  switch (offer.field) {
    case 'occurredAt':
      return clockText(offer.value.at ?? 0);
    case 'peopleInvolved':
      return intervalText(offer.value, '人');
    case 'amountYuan':
      return intervalText(offer.value, '元');
    case 'injured':
    case 'dead':
      return `${offer.value} 人`;
    default:
      return null;
  }
}
