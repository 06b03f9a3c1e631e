import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldOf, readXml } from '../../../../src/bot/wecom/intake/xml';

describe('the XML of a callback', () => {
  test('reads values in CDATA and plain ones alike', () => {
    const root = readXml('<?xml version="1.0" encoding="UTF-8"?>\n<xml><A><![CDATA[<值班>&]]></A> <B>1 &lt; 2 &#x4E2D;</B></xml>');
    expect(root && fieldOf(root, 'A')).toBe('<值班>&');
    expect(root && fieldOf(root, 'B')).toBe('1 < 2 中');
  });

  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><A>&b;</A></xml>';
  const attacks: readonly (readonly [string, string])[] = [
    ['a document type', '<!DOCTYPE xml><xml><A>1</A></xml>'],
    ['an entity bomb', bomb],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><A>&e;</A></xml>'],
    ['an undeclared entity', '<xml><A>&nbsp;</A></xml>'],
    ['a processing instruction', '<xml><?php echo 1 ?><A>1</A></xml>'],
    ['a comment inside a value', '<xml><A>admin<!-- -->istrator</A></xml>'],
    ['attributes', '<xml><A href="x">1</A></xml>'],
    ['text beside elements', '<xml>loose<A>1</A></xml>'],
    ['a second root', '<xml><A>1</A></xml><xml><A>2</A></xml>'],
    ['an unclosed element', '<xml><A>1</xml>'],
    ['depth without end', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`],
    ['more than 64 KB', `<xml><A>${'中'.repeat(22_000)}</A></xml>`],
    ['nothing', ''],
  ];
  test.each(attacks)('%s is refused', (_name, text) => expect(readXml(text)).toBeNull());

  test('a value given twice counts as missing, so that nobody chooses which one is read', () => {
    const root = readXml('<xml><MsgId>1</MsgId><MsgId>2</MsgId></xml>');
    expect(root && fieldOf(root, 'MsgId')).toBeNull();
  });

  test('no text makes the reader throw', () => {
    const piece = fc.constantFrom('<xml>', '</xml>', '<![CDATA[', ']]>', '<!DOCTYPE', '&', ';', '<A>', '</A>', '\u0000', '中', '<?', '?>');
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => void readXml(pieces.join(''))));
  });
});
