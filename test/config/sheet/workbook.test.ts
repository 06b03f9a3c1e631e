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
])('%s：说明读不出，不报故障', (_, bytes) => expect(readWorkbook(bytes).is).toBe('fault'));
