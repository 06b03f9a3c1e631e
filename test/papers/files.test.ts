/** Files from rows: safe in table programs, masked, and never a way into another folder. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { strFromU8 } from 'fflate';
import { readWorkbook } from '../../src/config/sheet/workbook';
import { fileName } from '../../src/core/papers/fileName';
import { zipped } from '../../src/papers/archive';
import { csvFile } from '../../src/papers/csv';
import { sheetFile } from '../../src/papers/workbook';
import type { Cell, Sheet } from '../../src/ports/files';
import { opened } from '../../src/zip/opened';

const MOST = 1024 * 1024;
const DANGEROUS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|x', '＝1+1', '\n=1'];
const list = (rows: readonly (readonly Cell[])[], more: Partial<Sheet> = {}): Sheet => ({
  name: '名单',
  columns: ['甲', '乙'],
  rows,
  ...more,
});
const xml = async (sheet: Sheet): Promise<string> =>
  strFromU8(opened(await sheetFile(sheet), { most: MOST }).get('xl/worksheets/sheet1.xml') ?? new Uint8Array());
const csv = async (sheet: Sheet): Promise<string> => Buffer.from(await csvFile(sheet)).toString('utf8');

describe('lists', () => {
  test('a cell that a table program could reckon with stays text, in a workbook as in csv', async () => {
    for (const words of DANGEROUS) {
      const sheet = list([[words, 1]]);
      expect(await xml(sheet)).not.toMatch(/<f[ >]/);
      expect(await xml(sheet)).toMatch(/<c r="A2" t="inlineStr" s="2">/);
      const [, field = ''] = /\r\n("?'[\s\S]*?),1\r\n$/.exec(await csv(sheet)) ?? [];
      expect([words, field.replace('"', '').startsWith("'")]).toEqual([words, true]);
    }
  });
  test('whatever people have typed, no cell becomes a formula and no row another one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string()), { maxLength: 5 }), async (rows) => {
        const sheet = list(rows, { unmasked: true });
        expect(await xml(sheet)).not.toMatch(/<f[ >]/);
        expect((await xml(sheet)).match(/<row /g)).toHaveLength(rows.length + 1);
        for (const line of (await csv(sheet)).split('\r\n')) expect(/^\uFEFF?[=+\-@]/.test(line)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
  test('numbers stay numbers, what is missing stays empty, and the cells come back as they went in', async () => {
    const sheet = list([
      ['周值一', 12],
      ['', null],
      ['a"b,c\nd', -3.5],
    ]);
    const read = readWorkbook(await sheetFile(sheet), null);
    const cells = read.is === 'sheet' ? read.sheet.map((row) => row.map((cell) => cell?.text ?? '')) : read.zh;
    expect(cells).toEqual(
      [['甲', '乙'], ['周值一', '12'], [], ['a"b,c\nd', '-3.5']].map((row) => expect.arrayContaining(row.filter((cell) => cell !== ''))),
    );
    expect(await csv(sheet)).toBe('\uFEFF甲,乙\r\n周值一,12\r\n,\r\n"a""b,c\nd",-3.5\r\n');
  });
  test('telephone and identity numbers are masked unless an act on record asked for them', async () => {
    const rows = [['请联系19900000042', '410000199001011234']];
    expect(await csv(list(rows))).toContain('199****0042');
    expect(await csv(list(rows))).not.toContain('19900000042');
    expect(await csv(list(rows))).not.toContain('410000199001011234');
    expect(await csv(list(rows, { unmasked: true }))).toContain('19900000042');
  });
  test('a row with a cell too many is a fault of ours and makes no file', async () => {
    await expect(sheetFile(list([['a', 'b', 'c']]))).rejects.toThrow('has 3 cells');
  });
  test('the tab bears no sign that a workbook cannot have', async () => {
    const parts = opened(await sheetFile(list([], { name: "事件[12]/点名:册*?'".repeat(5) })), { most: MOST });
    const [, name = ''] = /<sheet name="([^"]*)"/.exec(strFromU8(parts.get('xl/workbook.xml') ?? new Uint8Array())) ?? [];
    expect(name).toMatch(/^[^\\/?*[\]:']{1,31}$/);
  });
});

describe('a list of thousands', () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => [`第${i}条记录，值班员已收到，请各组继续核实并及时上报有关情况`, i]);
  test.each([
    ['xlsx', sheetFile],
    ['csv', csvFile],
  ])('as %s lets others in again and again while it is made, and is whole', async (_, make) => {
    let heard = 0;
    let isMade = false;
    const listen = (): void => {
      heard += 1;
      if (!isMade) setImmediate(listen);
    };
    setImmediate(listen);
    const bytes = await make(list(rows));
    isMade = true;
    expect(heard).toBeGreaterThan(25);
    expect(Buffer.from(await make(list(rows))).equals(bytes)).toBe(true);
    const text =
      make === csvFile
        ? Buffer.from(bytes).toString()
        : strFromU8(opened(bytes, { most: 8 * MOST }).get('xl/worksheets/sheet1.xml') ?? new Uint8Array());
    expect(text.match(/第\d+条记录/g)).toHaveLength(3_000);
  });
});

describe('archives', () => {
  test.each(['../x', '/x', 'a/../x', 'C:x', 'a\\x', '', 'a//b', './a'])('%j is no path in an archive', (path) => {
    expect(() => zipped([{ path, bytes: new Uint8Array() }])).toThrow('no path');
  });
  test('two files may not share a path', () => {
    const one = { path: 'a', bytes: new Uint8Array() };
    expect(() => zipped([one, one])).toThrow('no path');
  });
});

describe('names of files', () => {
  test.each([
    ['关于丰和超市的报告（首报）', '关于丰和超市的报告（首报）.docx'],
    ['../../etc/passwd', 'etc-passwd.docx'],
    ['C:\\boot', 'C-boot.docx'],
    ['=cmd', 'cmd.docx'],
    ['con', '文件con.docx'],
    ['\u202Egnp.exe', 'gnp.exe.docx'],
    ['', '文件.docx'],
  ])('%j is called %j', (words, name) => expect(fileName(words, 'docx')).toBe(name));
  test('whatever the words, the name is one plain file of at most 90 signs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        const name = fileName(words, 'xlsx');
        expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]+\.xlsx$/u);
        expect(name.startsWith('.') || name.includes('..')).toBe(false);
        expect([...name].length).toBeLessThanOrEqual(90);
      }),
    );
  });
});
