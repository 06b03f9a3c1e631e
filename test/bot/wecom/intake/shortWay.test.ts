/** Whatever the short way of reading XML accepts, the parser accepts and reads the same. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readXml } from '../../../../src/bot/wecom/intake/xml';

const name = fc.constantFrom('ToUserName', 'Content', 'MsgId', 'x', 'xml', 'a1');
const words = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('[图片]', ']]', ']]]', '1 < 2 & 3', '&amp;', '&#x4E2D;', 'x]]>y', 'a]b', '\u3000', '\t', '\ufffe'),
);
const leaf = fc.tuple(name, words, fc.boolean()).map(([tag, text, cdata]) => `<${tag}>${cdata ? `<![CDATA[${text}]]>` : text}</${tag}>`);
const gap = fc.constantFrom('', '\n', '  ', '\t\n', '\u3000', 'loose');
const whole = fc
  .tuple(fc.array(fc.tuple(gap, leaf), { maxLength: 5 }), gap, name, gap)
  .map(([leaves, last, root, after]) => `<${root}>${leaves.flat().join('')}${last}</${root}>${after}`);
const piece = fc.constantFrom('<xml>', '</xml>', '<![CDATA[', ']]>', '<A>', '</A>', '<!--', '-->', '&amp;', '&', '<', '>', ']', '中', ' ');
const shards = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** XML reads a line end of two signs as one, and only the parser knows that: so the same text is read both ways. */
test('the two ways of reading agree on every text', () => {
  fc.assert(
    fc.property(fc.oneof(whole, shards), (text) => {
      fc.pre(!text.includes('\r'));
      expect(readXml(`${text}\n`)).toEqual(readXml(`${text}\r\n`));
    }),
    { numRuns: 2_000 },
  );
});
