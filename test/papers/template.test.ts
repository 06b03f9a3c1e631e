/** An office's own document: fields filled wherever the writing program has split them, everything else as the office made it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strToU8 } from 'fflate';
import { zipped } from '../../src/papers/archive';
import { docxRenderer } from '../../src/papers/docx';
import { createRenderer } from '../../src/papers/renderer';
import { templateFaults } from '../../src/papers/template';
import { readTemplates } from '../../src/papers/templates';
import { example, openedFile } from './opened';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
/** A document with these paragraphs, as an office program packs it. */
function document(body: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const parts = {
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
  return zipped(Object.entries(parts).map(([path, xml]) => ({ path, bytes: strToU8(xml) })));
}
const p = (...runs: readonly string[]): string => `<w:p>${runs.map((text) => `<w:r><w:t>${text}</w:t></w:r>`).join('')}</w:p>`;
const BODY =
  '<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="both"/><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>{{body}}</w:t></w:r></w:p>';

async function filled(docx: Uint8Array, paper = example('first-report')) {
  expect(templateFaults(docx)).toEqual([]);
  return openedFile(await createRenderer(new Map([['first_report', docx]])).docx(paper, 'first_report'));
}

describe('fields', () => {
  test('a field is filled though the writing program has split it over many runs, and its neighbours stay', async () => {
    const paper = await filled(document(`${p('标题：', '{{', 'ti', 'tle }}', '。')}${BODY}`));
    expect(paper.paragraphs[0]?.text).toBe('标题：关于湖滨区丰和超市预付卡消费者聚集的报告（首报）。');
  });
  test('several fields of one line, the same one twice, and none where the paper has nothing to say', async () => {
    const paper = await filled(document(`${p('{{organ}} {{date}}，{{organ}}')}${p('[{{number}}]')}${BODY}`));
    expect(paper.paragraphs[0]?.text).toBe('三门峡市市场监督管理局 2026年3月5日，三门峡市市场监督管理局');
    expect(paper.paragraphs[1]?.text).toBe('[]');
  });
  test('fields in head and foot of the page, in cells and in text boxes are filled too', async () => {
    const box = `<w:p><w:r><w:pict>${p('{{note}}')}</w:pict></w:r></w:p>`;
    const cell = `<w:tbl><w:tr><w:tc>${p('{{to}}')}</w:tc></w:tr></w:tbl>`;
    const paper = await filled(document(`${box}${cell}${BODY}`, { 'word/header1.xml': `<w:hdr ${W}>${p('{{masthead}}')}</w:hdr>` }));
    expect(paper.part('word/header1.xml')).toContain('三门峡市市场监督管理局文件');
    expect(paper.paragraphs.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['（联系人：周值一　联系电话：19900000001）'.slice(1, -1), '三门峡市人民政府']),
    );
  });
  test('words that look like the document’s own language stay words', async () => {
    const paper = await filled(document(`${p('{{title}}')}${BODY}`), {
      ...example('first-report'),
      title: '</w:t><w:br/>&amp;{{organ}}$&',
    });
    expect(paper.part('word/document.xml')).toContain('&lt;/w:t&gt;&lt;w:br/&gt;&amp;amp;{{organ}}$&amp;');
  });
});

describe('the text', () => {
  test('takes the place of its field with the template’s own paragraph and type, headings in their faces', async () => {
    const paper = await filled(document(`${p('{{title}}')}${BODY}${p('完')}`));
    expect(paper.paragraphs.at(-1)?.text).toBe('完');
    const plain = paper.saying('时间：');
    expect([plain.value('ind', 'firstLine'), plain.value('rFonts', 'eastAsia'), plain.value('sz', 'val')]).toEqual(['640', '仿宋', '32']);
    expect(paper.saying('一、').value('rFonts', 'eastAsia')).toBe('黑体');
    expect(paper.saying('（一）').value('rFonts', 'eastAsia')).toBe('楷体_GB2312');
    expect(paper.saying('一、').value('sz', 'val')).toBe('32');
  });
  test('a table becomes a table with its head on every page', async () => {
    const xml = (await filled(document(BODY), example('roll-call'))).part('word/document.xml');
    expect(xml.match(/<w:tr>/g)).toHaveLength(11);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1);
  });
});

describe('a template that cannot be used', () => {
  test.each([
    ['has a field nobody knows', document(`${p('{{titel}}')}${BODY}`), '没有 {{titel}} 这个字段'],
    ['lost a brace', document(`${p('{{title}')}${BODY}`), '花括号不成对'],
    ['has no place for the text', document(p('{{title}}')), '缺少 {{body}}'],
    ['has the text inside a sentence', document(`${p('正文：{{body}}')}${BODY}`), '须单独成段'],
    ['has a macro', document(BODY, { 'word/vbaProject.bin': 'x' }), '含有宏'],
    [
      'fetches something from elsewhere',
      document(BODY, { 'word/_rels/document.xml.rels': '<R TargetMode="External" Target="http://x"/>' }),
      '外部文件',
    ],
    ['is no document', zipped([{ path: 'a.txt', bytes: new Uint8Array() }]), '不是 Word 文档'],
    ['has broken XML', document(`${BODY}<w:p>`), '已损坏'],
    [
      'names a file of ours',
      document(BODY, { 'word/footer1.xml': '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>' }),
      '已损坏',
    ],
    ['has a DOCTYPE', document(BODY, { 'word/footer1.xml': '<!DOCTYPE a><a/>' }), 'DOCTYPE'],
    ['is no zip', new Uint8Array([0xd0, 0xcf]), '打不开'],
  ])('says so when it %s', (_, docx, why) => expect(templateFaults(docx).join('')).toContain(why));
  test('a paper with words of a state secret is refused by a template as by the standard’s layout', async () => {
    const renderer = createRenderer(new Map([['x', document(BODY)]]));
    await expect(renderer.docx({ ...example('first-report'), note: '绝密' }, 'x')).rejects.toThrow('涉密');
  });
  test('a kind without a template has the layout of the standard', async () => {
    const paper = example('first-report');
    const made = await createRenderer(new Map([['x', document(BODY)]])).docx(paper, 'first_report');
    expect(Buffer.from(made).equals(Buffer.from(await docxRenderer.docx(paper)))).toBe(true);
  });
});

describe('the folder', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fenghuo-templates-'));
    mkdirSync(join(folder, 'paper-templates'));
    const put = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, 'paper-templates', name), bytes);
    put('first_report.docx', document(BODY));
    put('final_report.docx', document(p('{{titel}}')));
    put('终报.docx', document(BODY));
    put('~$first_report.docx', new Uint8Array([1]));
    put('说明.md', strToU8('x'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('gives the good ones by kind and says of each other one what is wrong with it', () => {
    const { byKind, faults } = readTemplates(folder);
    expect([...byKind.keys()]).toEqual(['first_report']);
    expect(faults.map(({ file, zh }) => `${file} ${zh}`)).toEqual([
      expect.stringMatching(/final_report\.docx .*titel/),
      expect.stringMatching(/final_report\.docx .*body/),
      expect.stringMatching(/终报\.docx 文件名/),
    ]);
  });
  test('need not be there', () => expect(readTemplates(join(folder, 'nowhere'))).toEqual({ byKind: new Map(), faults: [] }));
});
