/** The table of the standard finds what is wrong: a paper as it should be has no deviation, one spoilt value has its name. */
import { beforeAll, expect, test } from '@jest/globals';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { docxRenderer } from '../../src/papers/docx';
import { example } from './opened';
import { deviations, type Meant } from './standard';

const MEANT: Meant = {
  ...{ form: 'document', upward: true, masthead: '三门峡市市场监督管理局文件', title: /^关于.*（首报）$/, to: '三门峡市人民政府' },
  ...{ number: '三市监〔2026〕5号', signer: '周局', organ: '三门峡市市场监督管理局', date: '2026年3月5日' },
  ...{ copies: '省市场监督管理局，市公安局，市卫生健康委员会', printed: '三门峡市市场监督管理局办公室\t2026年3月5日印发' },
};
let docx: Uint8Array;
beforeAll(async () => {
  docx = await docxRenderer.docx({ ...example('first-report'), number: '三市监〔2026〕5号' });
});

/** What is found once something in a part is another. */
function found(part: string, old: string | RegExp, put: string): readonly string[] {
  const parts = unzipSync(docx);
  const before = strFromU8(parts[part] ?? new Uint8Array());
  const after = before.replace(old, put);
  expect(after).not.toBe(before);
  return deviations(zipSync({ ...parts, [part]: strToU8(after) }), MEANT).map(([what]) => what);
}

test('a paper in the layout of the standard has no deviation', () => {
  expect(deviations(docx, MEANT)).toEqual([]);
});

test.each([
  ['page height', 'word/document.xml', /(<w:pgSz[^>]*w:h=)"\d+"/, '$1"15840"'],
  ['page top', 'word/document.xml', /(<w:pgMar[^>]*w:top=)"\d+"/, '$1"1440"'],
  ['page number below the type area', 'word/document.xml', /(<w:pgMar[^>]*w:footer=)"\d+"/, '$1"700"'],
  ['face of the title', 'word/document.xml', /w:sz w:val="44"/, 'w:sz w:val="40"'],
  ['mark', 'word/document.xml', /w:color w:val="FF0000"/, 'w:color w:val="C00000"'],
  ['red line', 'word/document.xml', /w:color="FF0000"/, 'w:color="000000"'],
  ['red line below the number', 'word/document.xml', /w:space="11"/, 'w:space="1"'],
  ['faces of number and signer', 'word/document.xml', /w:eastAsia="楷体_GB2312"/, 'w:eastAsia="黑体"'],
  ['fonts beside the standard’s', 'word/document.xml', /w:eastAsia="楷体_GB2312"/, 'w:eastAsia="微软雅黑"'],
  ['fonts without a fall-back', 'word/fontTable.xml', /<w:altName w:val="[^"]+"\/>/g, ''],
  ['主送', 'word/document.xml', '三门峡市人民政府：', '三门峡市人民政府:'],
  [
    'date from the right edge',
    'word/document.xml',
    /(<w:ind w:right="\d+"\/>(?:(?!<w:ind).)*2026年3月5日)/,
    '<w:ind w:right="0"/>2026年3月5日',
  ],
  ['rows of the 版记', 'word/document.xml', '抄送：', '抄报：'],
  ['size of the 版记', 'word/document.xml', /(<w:framePr.*?)w:sz w:val="28"/, '$1w:sz w:val="32"'],
  ['odd and even pages differ', 'word/settings.xml', /<w:evenAndOddHeaders[^>]*>/, ''],
  ['drawings', 'word/document.xml', '</w:body>', '<w:drawing/></w:body>'],
])('%s', (what, part, old, put) => {
  expect(found(part, old, put)).toContain(what);
});
