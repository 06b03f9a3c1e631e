/** Month sheets and office templates, damaged in their words, their XML and their zip: a sentence or a sound reading, in little time, never a crash. */
import { strToU8, zipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { readWorkbook } from '../../src/config/sheet/workbook';
import { readMonth } from '../../src/core/roster/month/read';
import { boundedSheet, sheetOf } from '../../src/core/roster/month/sheet';
import { filledTemplate, templateFaults } from '../../src/papers/template';
import { opened } from '../../src/zip/opened';
import { clock, ROSTER } from '../core/builders';
import { example } from '../papers/opened';
import { workbook } from '../support/workbook';
import { damageBytes, damageText, pick, type Roll } from './chance';
import { ODD_WORDS } from './corpus';
import type { Target } from './target';

const MOST = 32 * 1024 * 1024;
/** CPU microseconds of one file, which stops everybody else for so long. */
const LIMIT_MICROS = 1_500_000;
const NOW = clock('2026-08-20T10:00:00+08:00');
const PAPER = example('first-report');
const WORDS = [
  ...ODD_WORDS.map(({ text }) => text.slice(0, 3_000)),
  '10月1日',
  '周值一',
  '周 值 一、吴值二',
  '备注：',
  '2026年10月',
  '=1+1',
  '日期',
];
const PIECES = [
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  '&e;',
  '<a>',
  '</a>',
  '<f>HYPERLINK("http://evil.example")</f>',
  '<mergeCell ref="A1:XFD1048576"/>',
  '<c r="ZZZ9999999"><v>1</v></c>',
  '<c r="A1" t="s"><v>-1</v></c>',
  '<c r="A1" t="s"><v>1e9</v></c>',
  '<w:p><w:r><w:t>{{title}}</w:t></w:r></w:p>',
  '{{body}}',
  '{{__proto__}}',
  '{{constructor}}',
  '{{',
  '<w:t/>',
  '<w:p/>',
  ' TargetMode="External"',
  '<![CDATA[',
  ']]>',
  '\u0000',
  '&#0;',
  '<?x ?>',
  '"',
];
const SHEET = workbookParts();
const TEMPLATE: Readonly<Record<string, string>> = {
  '[Content_Types].xml': '<Types/>',
  'word/_rels/document.xml.rels': '<Relationships><Relationship Id="a" Type="t" Target="header1.xml"/></Relationships>',
  'word/header1.xml': '<w:hdr xmlns:w="w"><w:p><w:r><w:t>{{organ}}</w:t></w:r></w:p></w:hdr>',
  'word/document.xml':
    '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>{{ti</w:t></w:r><w:r><w:t>tle}}</w:t></w:r></w:p><w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>{{body}}</w:t></w:r></w:p></w:body></w:document>',
};

export const files: Target = {
  name: 'files',
  cases: 60_000,
  open: async () => ({
    expected: ['sheet', 'no sheet', 'template', 'no template'],
    one: (roll) => {
      const read = pick([asWorkbook, asText, asTemplate], roll)(roll);
      const before = process.cpuUsage();
      const end = read();
      const { user, system } = process.cpuUsage(before);
      if (user + system > LIMIT_MICROS) throw new Error(`took ${Math.round((user + system) / 1000)} ms`);
      return end;
    },
  }),
};

function asWorkbook(roll: Roll): () => string {
  const bytes = packed(roll(3) === 0 ? monthOf(roll) : SHEET, roll);
  return () => {
    const read = readWorkbook(bytes);
    return read.is === 'sheet' ? monthIn(boundedSheet(read.sheet)) : without(read.zh);
  };
}

function asText(roll: Roll): () => string {
  const rows = [
    ['日期', '值班员', '带班领导'],
    ...Array.from({ length: roll(40) }, () => [pick(WORDS, roll), pick(WORDS, roll), pick(WORDS, roll)]),
  ];
  let text = rows.map((row) => row.join(pick(['\t', ',', '  '], roll))).join('\n');
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, WORDS, roll);
  return () => monthIn(boundedSheet(sheetOf(text)));
}

function asTemplate(roll: Roll): () => string {
  const bytes = packed(TEMPLATE, roll);
  return () => {
    const faults = templateFaults(bytes);
    for (const zh of faults) without(zh);
    if (faults.length > 0) return 'no template';
    for (const [path, part] of opened(filledTemplate(bytes, PAPER), { most: MOST }))
      if (/\.(xml|rels)$/.test(path)) new SaxesParser().write(Buffer.from(part).toString('utf8')).close();
    return 'template';
  };
}

/** Reads the month; every fault is a sentence with a place. */
function monthIn(sheet: ReturnType<typeof boundedSheet>): string {
  if (typeof sheet === 'string') return without(sheet);
  for (const { ref, zh } of readMonth(sheet, ROSTER, NOW).faults)
    if (ref === '' || zh === '') throw new Error('a fault without place or words');
  return 'sheet';
}

function without(zh: string): string {
  if (zh.trim() === '') throw new Error('a refusal without words');
  return 'no sheet';
}

/** A part or the zip itself is damaged, or nothing. */
function packed(parts: Readonly<Record<string, string>>, roll: Roll): Uint8Array {
  const where = roll(4);
  const bent = { ...parts };
  for (let faults = roll(4); faults > 0 && where < 2; faults -= 1) {
    const path = pick(Object.keys(bent), roll);
    bent[path] = damageText(bent[path] ?? '', PIECES, roll);
  }
  const zip = Buffer.from(zipSync(Object.fromEntries(Object.entries(bent).map(([path, xml]) => [path, strToU8(xml)]))));
  if (where !== 2) return zip;
  if (roll(2) === 0) return damageBytes(zip, ['PK\x01\x02', 'PK\x05\x06', 'PK\x03\x04', '\xff\xff\xff\xff'], roll);
  // A field of the directory: sizes, places and counts are the last of the file.
  const at = zip.length - 4 - roll(Math.min(zip.length - 4, 400));
  zip.writeUInt32LE(pick([0, 1, 0xffff, 0x7fffffff, 0xffffffff, zip.length], roll), at);
  return zip;
}

function workbookParts(): Readonly<Record<string, string>> {
  const rows = [
    ['2026年10月值班表'],
    ['日期', '值班员', '带班领导'],
    [{ day: '2026-10-01' }, '周值一、吴值二', '郑带班、冯带班'],
    ['2', '周值一', '冯带班'],
  ];
  const parts = opened(workbook({ rows, merged: ['A1:C1'] }), { most: MOST });
  return Object.fromEntries([...parts].map(([path, part]) => [path, Buffer.from(part).toString('utf8')]));
}

/** Odd words in its cells and odd areas, otherwise sound. */
function monthOf(roll: Roll): Readonly<Record<string, string>> {
  const escaped = pick(WORDS, roll).replaceAll(/[<&\p{Cc}\p{Cs}]/gu, '');
  const area = `A${roll(9)}:${pick(['A', 'C', 'XFD', 'ZZZ'], roll)}${pick([1, 9, 1048576, 9999999], roll)}`;
  const sheet = (SHEET['xl/worksheets/sheet1.xml'] ?? '').replaceAll('A1:C1', area);
  return {
    ...SHEET,
    'xl/worksheets/sheet1.xml': sheet,
    'xl/sharedStrings.xml': (SHEET['xl/sharedStrings.xml'] ?? '').replaceAll('周值一', escaped),
  };
}
