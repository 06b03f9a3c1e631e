/** What is opened is a workbook and nothing else; what is none is a sentence, whatever stands in it. */

import { expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { readWorkbook } from '../../../src/config/sheet/workbook';
import { workbook } from '../../support/workbook';

test('单元格、日期、合并区域、指定的工作表', () => {
  const bytes = workbook(
    { name: '说明', rows: [['略']] },
    {
      name: '十月',
      rows: [
        ['标题', null],
        [{ day: '2026-10-01' }, 'a < b & c'],
        [3, null],
      ],
      merged: ['A1:B1'],
    },
  );
  const read = readWorkbook(bytes, '十月');
  expect(read.is === 'sheet' ? read.sheet : read).toEqual([
    [
      { ref: 'A1', text: '标题', area: 'A1', day: null },
      { ref: 'B1', text: '标题', area: 'A1', day: null },
    ],
    [
      { ref: 'A2', text: '46296', area: null, day: '2026-10-01' },
      { ref: 'B2', text: 'a < b & c', area: null, day: null },
    ],
    [{ ref: 'A3', text: '3', area: null, day: null }],
  ]);
  expect(readWorkbook(bytes)).toMatchObject({ is: 'sheet', name: '说明' });
  expect(readWorkbook(bytes, '九月')).toEqual({ is: 'fault', zh: '没有名为“九月”的工作表：说明、十月' });
});

test.each([
  ['不是压缩文件', strToU8('日期,值班员')],
  ['压缩文件里没有工作表', zipSync({ 'a.txt': strToU8('x') })],
  ['含有 DOCTYPE', zipSync({ 'xl/workbook.xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><workbook/>') })],
  ['不完整', workbook({ rows: [['a']] }).slice(0, 200)],
  ['解开后过大', zipSync({ 'xl/sharedStrings.xml': new Uint8Array(9 * 1024 * 1024) })],
  ['元素无数', packed('<a/>'.repeat(500_000))],
  ['一个元素有无数属性', packed(`<a ${Array.from({ length: 500_000 }, (__, i) => `a${i}=""`).join(' ')}/>`)],
  ['合并区域相互重叠', packed(`<c r="A1"><v>1</v></c>${'<mergeCell ref="A1:ZZ999"/>'.repeat(2_000)}`)],
  ['说是十个字节，解开有二十兆', liar(packed(' '.repeat(20 * 1024 * 1024)))],
])('%s：说明读不出，不报故障', (_, bytes) => {
  const read = readWorkbook(bytes);
  expect(read.is === 'fault' ? read.zh : '').toMatch(/^读不出这个文件|^工作簿里没有工作表$/);
});

test('远处的单元格不读：一个格子不能要来千万行', () => {
  const far = readWorkbook(packed('<c r="A2"><v>1</v></c><c r="A9999999"><v>2</v></c><c r="ZZZ1"><v>3</v></c><c r="a1"><v>4</v></c>'));
  expect(far).toMatchObject({ is: 'sheet', sheet: [[{ text: '4' }], [{ text: '1' }]] });
});

/** A workbook whose one sheet has this inside. */
function packed(inside: string): Uint8Array {
  return zipSync({
    'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet>${inside}</worksheet>`),
  });
}

/** The same, where the directory says that the sheet has ten bytes. */
function liar(bytes: Uint8Array): Uint8Array {
  const zip = Buffer.from(bytes);
  zip.writeUInt32LE(10, zip.lastIndexOf(Buffer.from('PK\x01\x02')) + 24);
  return zip;
}
