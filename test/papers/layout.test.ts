/** Official papers against GB/T 9704-2012, value by value in the document's own units (procedure section 8). */
import { describe, expect, test } from '@jest/globals';
import { docxRenderer } from '../../src/papers/docx';
import { example, type Opened, opened, type Written, written } from './opened';

const A_MM = 1440 / 25.4;
/** Twips of so many millimetres, within a tolerance in millimetres. */
function expectMm(twips: string | null, mm: number, within = 0.1): void {
  expect(Math.abs(Number(twips) / A_MM - mm)).toBeLessThanOrEqual(within);
}
const section = async (name: string): Promise<Written> => {
  const { part } = await opened(example(name));
  return written(/<w:sectPr.*<\/w:sectPr>/s.exec(part('word/document.xml'))?.[0] ?? '');
};
const runsOf = ({ xml }: Written): readonly Written[] => (xml.match(/<w:r>.*?<\/w:r>/gs) ?? []).map(written);
/** Words with the face and the size they stand in. */
const faces = (paragraph: Written): readonly string[] =>
  runsOf(paragraph).flatMap((run) =>
    run.text.trim() === '' ? [] : [`${run.text.trim()}|${run.value('rFonts', 'eastAsia')}|${Number(run.value('sz', 'val')) / 2}`],
  );
const indexOf = ({ paragraphs }: Opened, words: string): number => paragraphs.findIndex(({ text }) => text.startsWith(words));
const blanksBefore = (paper: Opened, words: string): number => {
  const at = indexOf(paper, words);
  const before = paper.paragraphs.slice(0, at).reverse();
  return before.findIndex(({ text }) => text !== '');
};

describe('page and lines', () => {
  test('the page is A4 with 37, 28, 26 and 35 mm around the type area of 156 by 225', async () => {
    const found = await section('first-report');
    expectMm(found.value('pgSz', 'w'), 210);
    expectMm(found.value('pgSz', 'h'), 297);
    expectMm(found.value('pgMar', 'top'), 37, 1);
    expectMm(found.value('pgMar', 'left'), 28, 1);
    expectMm(found.value('pgMar', 'right'), 26, 1);
    expectMm(found.value('pgMar', 'bottom'), 35, 1);
  });
  test('twenty-two body lines of one fixed pitch fill the type area, not one more', async () => {
    const line = (await opened(example('first-report'))).saying('时间：');
    expect(line.value('spacing', 'lineRule')).toBe('exact');
    const pitch = Number(line.value('spacing', 'line'));
    expect(Math.floor((225 * A_MM) / pitch)).toBe(22);
  });
  test('twenty-eight characters of 16 pt fill a line, not one more', async () => {
    const [first] = runsOf((await opened(example('first-report'))).saying('时间：'));
    const width = (Number(first?.value('sz', 'val')) / 2) * 20 + Number(first?.value('spacing', 'val'));
    expect(Math.floor((156 * A_MM) / width)).toBe(28);
  });
});

describe('the head of a paper upward', () => {
  test('the mark is red, centred, on one line, its upper edge 35 mm below the type area’s', async () => {
    const paper = await opened(example('first-report'));
    const mark = paper.saying('三门峡市市场监督管理局文件');
    expect(faces(mark)).toEqual([expect.stringContaining('|方正小标宋简体|')]);
    expect(mark.value('color', 'val')).toBe('FF0000');
    expect(mark.value('jc', 'val')).toBe('center');
    const size = Number(mark.value('sz', 'val')) / 2;
    expect(size * mark.text.length).toBeLessThanOrEqual((156 / 25.4) * 72);
    const above = paper.paragraphs
      .slice(0, indexOf(paper, mark.text))
      .reduce((sum, line) => sum + Number(line.value('spacing', 'line')), 0);
    expectMm(String(above + Number(mark.value('spacing', 'before'))), 35);
  });
  test('urgency stands at the left above it in 黑体; nothing stands there where a paper is not urgent', async () => {
    const paper = await opened(example('first-report'));
    expect(faces(paper.saying('特急'))).toEqual(['特急|黑体|16']);
    expect(paper.saying('特急').value('jc', 'val')).toBeNull();
    expect((await opened({ ...example('first-report'), urgency: null })).paragraphs[0]?.text).toBe('三门峡市市场监督管理局文件');
  });
  test('two lines below the mark the number left and the signer right, one character in, over a red line 4 mm below', async () => {
    const paper = await opened(example('first-report'));
    const line = paper.saying('　　　〔');
    expect(blanksBefore(paper, line.text)).toBe(2);
    expect(line.text).toBe('　　　〔　　〕　　号\t签发人：周局');
    expect(faces(line).slice(-2)).toEqual(['签发人：|仿宋_GB2312|16', '周局|楷体_GB2312|16']);
    expect(line.value('bottom', 'color')).toBe('FF0000');
    expectMm(String(Number(line.value('bottom', 'space')) * 20), 4, 0.2);
    const oneCharacter = Math.round(156 * A_MM) - Number(line.value('tab', 'pos'));
    expect(Math.abs(oneCharacter - (156 * A_MM) / 28)).toBeLessThan(10);
  });
  test('a paper to others has its number in the middle and names no signer', async () => {
    const paper = await opened({ ...example('first-report'), signer: null, number: '三市监〔2026〕5号' });
    const line = paper.saying('三市监');
    expect(line.text).toBe('三市监〔2026〕5号');
    expect(line.value('jc', 'val')).toBe('center');
    expect(paper.paragraphs.some(({ text }) => text.includes('签发人'))).toBe(false);
  });
  test('the title two lines below, 22 pt and centred; who it is for one line below that, at the left edge', async () => {
    const paper = await opened(example('first-report'));
    const title = paper.saying('关于');
    expect(blanksBefore(paper, title.text)).toBe(2);
    expect(faces(title)).toEqual(title.text.split('\n').map((line) => `${line}|方正小标宋简体|22`));
    expect(title.value('jc', 'val')).toBe('center');
    expect(blanksBefore(paper, '三门峡市人民政府：')).toBe(1);
    expect(paper.saying('三门峡市人民政府：').value('ind', 'firstLine')).toBeNull();
  });
});

describe('the text', () => {
  test('each level of heading has its face, and every first line is two characters in', async () => {
    const paper = await opened(example('first-report'));
    expect(faces(paper.saying('一、'))).toEqual(['一、基本情况|黑体|16']);
    expect(faces(paper.saying('（一）'))).toEqual(['（一）现场处置|楷体_GB2312|16']);
    expect(faces(paper.saying('1.'))).toEqual(['1.通知情况|仿宋_GB2312|16']);
    expect(faces(paper.saying('（1）'))).toEqual(['（1）时限|仿宋_GB2312|16']);
    for (const words of ['一、', '（一）', '1.', '（1）', '时间：'])
      expect(Math.abs(Number(paper.saying(words).value('ind', 'firstLine')) - (2 * 156 * A_MM) / 28)).toBeLessThan(20);
  });
  test('attachments begin one line below, two characters in, numbered, without a sign behind the name', async () => {
    const paper = await opened(example('first-report'));
    expect(blanksBefore(paper, '附件：')).toBe(1);
    const [first, second] = [paper.saying('附件：1. '), paper.saying('2. ')];
    expect(first.text).toBe('附件：1. 现场处置登记表');
    const left = Number(first.value('ind', 'left')) - Number(first.value('ind', 'hanging'));
    expect(Math.abs(left - (2 * 156 * A_MM) / 28)).toBeLessThan(20);
    expect(Number(second.value('ind', 'left'))).toBe(Number(first.value('ind', 'left')));
    const alone = await opened({ ...example('first-report'), attachments: ['登记表'] });
    expect(alone.saying('附件：').text).toBe('附件：登记表');
  });
});

describe('signature, note and 版记', () => {
  const signed = (paper: Opened): Written | undefined =>
    paper.paragraphs.find(({ text, xml }) => text === '三门峡市市场监督管理局' && xml.includes('w:right='));

  test('under a seal the date stands four characters in and the organ is centred above it, with two lines free', async () => {
    const paper = await opened(example('first-report'));
    const organ = signed(paper);
    const at = paper.paragraphs.indexOf(organ as Written);
    const date = paper.paragraphs[at + 1];
    expect(date?.text).toBe('2026年3月5日');
    const character = (156 * A_MM) / 28;
    expect(Math.abs(Number(date?.value('ind', 'right')) / character - 4)).toBeLessThan(0.05);
    const middle = Number(organ?.value('ind', 'right')) / character + 11 / 2;
    expect(Math.abs(middle - (4 + 6 / 2))).toBeLessThan(0.1);
    expect(paper.paragraphs.slice(at - 2, at).map(({ text }) => text)).toEqual(['', '']);
  });
  test('without a seal the organ stands two characters in and the date begins two characters further right', async () => {
    const paper = await opened({ ...example('first-report'), sealed: false });
    const organ = signed(paper);
    const date = paper.paragraphs[paper.paragraphs.indexOf(organ as Written) + 1];
    const character = (156 * A_MM) / 28;
    const organRight = Number(organ?.value('ind', 'right')) / character;
    expect(Math.abs(organRight - 2)).toBeLessThan(0.05);
    expect(Math.abs(organRight + 11 - (Number(date?.value('ind', 'right')) / character + 6) - 2)).toBeLessThan(0.1);
  });
  test('the place of a date that nobody has given stays empty, and no picture of a seal is in the file', async () => {
    const paper = await opened({ ...example('first-report'), date: null });
    expect(paper.paragraphs.some(({ text }) => text === '　　年　月　日')).toBe(true);
    expect(paper.names.filter((name) => /media|embed|vba/i.test(name))).toEqual([]);
    expect(paper.part('word/document.xml')).not.toMatch(/<w:(drawing|pict|object)/);
  });
  test('the note stands in round brackets two characters in, under the date', async () => {
    const paper = await opened(example('first-report'));
    const note = paper.saying('（联系人：');
    expect(note.text).toBe('（联系人：周值一　联系电话：19900000001）');
    expect(paper.paragraphs[paper.paragraphs.indexOf(note) - 1]?.text).toBe('2026年3月5日');
    expect(Math.abs(Number(note.value('ind', 'left')) - (2 * 156 * A_MM) / 28)).toBeLessThan(20);
  });
  test('the 版记 ends at the foot of the type area, 156 mm wide, 14 pt, between lines of 0.35 and 0.25 mm', async () => {
    const paper = await opened(example('first-report'));
    const [copies, by] = [paper.saying('　抄送：'), paper.saying('　三门峡市市场监督管理局办公室')];
    expect(copies.text).toBe('　抄送：省市场监督管理局，市公安局，市卫生健康委员会。');
    expect(by.text).toBe('　三门峡市市场监督管理局办公室\t2026年3月5日印发');
    for (const row of [copies, by]) {
      expectMm(row.value('framePr', 'w'), 156);
      expect(row.value('sz', 'val')).toBe('28');
    }
    const eighths = (line: string | null): number => (Number(line) / 8 / 72) * 25.4;
    expect(eighths(copies.value('top', 'sz'))).toBeCloseTo(0.35, 1);
    expect(eighths(by.value('top', 'sz'))).toBeCloseTo(0.25, 1);
    expect(eighths(by.value('bottom', 'sz'))).toBeCloseTo(0.35, 1);
    expectMm(String(Number(by.value('framePr', 'y')) + Number(by.value('framePr', 'h'))), 297 - 35);
    expect(Number(copies.value('framePr', 'y')) + Number(copies.value('framePr', 'h'))).toBe(Number(by.value('framePr', 'y')));
  });
  test('page numbers in 14 pt between dashes, odd pages right and even pages left, one character in, 7 mm below the type area', async () => {
    const { part, names } = await opened(example('first-report'));
    const footers = names.filter((name) => /word\/footer\d+\.xml$/.test(name)).map((name) => written(part(name)));
    expect(footers.map((f) => f.value('jc', 'val')).sort()).toEqual(['left', 'right']);
    for (const footer of footers) {
      expect(footer.xml).toMatch(/— .*PAGE.* —/s);
      expect(footer.value('sz', 'val')).toBe('28');
      expect(footer.value('rFonts', 'ascii')).toBe('宋体');
      const side = footer.value('jc', 'val') ?? '';
      expect(Math.abs(Number(footer.value('ind', side)) - (156 * A_MM) / 28)).toBeLessThan(10);
    }
    expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders');
    const found = await section('first-report');
    const upperEdge = Number(found.value('pgMar', 'footer')) + 14 * 20;
    expectMm(String(Number(found.value('pgMar', 'bottom')) - upperEdge), 7, 0.2);
  });
});

describe('other forms', () => {
  test('a letter has its mark 30 mm from the page’s edge and red double lines 170 mm wide, and no page number on its first page', async () => {
    const paper = await opened(example('liaison-letter'));
    const found = await section('liaison-letter');
    expectMm(found.value('pgMar', 'header'), 30);
    expectMm(found.value('pgMar', 'footer'), 20);
    expect(found.xml).toContain('<w:titlePg');
    const header = written(paper.part('word/header1.xml'));
    expect(header.text).toBe('三门峡市市场监督管理局');
    const [mark, above] = (paper.part('word/header1.xml').match(/<w:p>.*?<\/w:p>/gs) ?? []).map(written);
    expectMm(mark?.value('spacing', 'after') ?? null, 4);
    expect([above?.value('top', 'sz'), above?.value('bottom', 'sz'), above?.value('bottom', 'color')]).toEqual(['18', '6', 'FF0000']);
    expectMm(String(Math.round(156 * A_MM) - Number(above?.value('ind', 'left')) - Number(above?.value('ind', 'right'))), 170, 0.2);
    const footers = paper.names.filter((name) => /^word\/footer\d+\.xml$/.test(name)).map((name) => written(paper.part(name)));
    const below = footers.find(({ xml }) => !xml.includes('PAGE'));
    expect([below?.value('top', 'sz'), below?.value('bottom', 'sz')]).toEqual(['6', '18']);
    expect(paper.saying('三市监函').value('jc', 'val')).toBe('right');
    expect(paper.paragraphs.some(({ text }) => text.includes('印发'))).toBe(false);
  });
  test('a bulletin has its issue under the mark, the unit left, the date right, a red line, and 报、送、发 at its foot', async () => {
    const paper = await opened(example('bulletin'));
    expect(paper.paragraphs.slice(0, 3).map(({ text }) => text)).toEqual([
      '值班快报',
      '2026年第3期',
      '　三门峡市市场监督管理局值班室\t2026年3月5日',
    ]);
    expect(paper.paragraphs[2]?.value('bottom', 'color')).toBe('FF0000');
    expect(paper.saying('　报：').text).toBe('　报：市委办公室、市人民政府办公室\n　送：市公安局\n　发：各分局');
  });
  test('a sheet is its title and its table, with the head on every page and no row broken in two', async () => {
    const paper = await opened(example('roll-call'));
    expect(paper.paragraphs[0]?.text).toBe('事件 #12 应召点名单');
    const xml = paper.part('word/document.xml');
    expect(xml.match(/<w:tr>/g)).toHaveLength(11);
    expect(xml.match(/<w:tblHeader/g)).toHaveLength(1);
    expect(xml.match(/<w:cantSplit/g)).toHaveLength(11);
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(Math.round(156 * A_MM));
  });
});

describe('the file', () => {
  test('fonts are named with what stands in for them, and none is shipped', async () => {
    const { part, names } = await opened(example('first-report'));
    for (const name of ['仿宋_GB2312', '楷体_GB2312', '黑体', '方正小标宋简体', '宋体'])
      expect(part('word/fontTable.xml')).toMatch(new RegExp(`w:name="${name}"><w:altName w:val="[^"]+"/>`));
    expect(names.filter((name) => /\.(odttf|ttf|otf)$/.test(name))).toEqual([]);
  });
  test('the same paper gives the same bytes', async () => {
    const paper = example('first-report');
    expect(Buffer.from(await docxRenderer.docx(paper)).equals(Buffer.from(await docxRenderer.docx(paper)))).toBe(true);
  });
  test('words that mark a state secret are refused wherever they stand', async () => {
    const paper = example('first-report');
    for (const secret of [
      { ...paper, title: '机密★1年 关于某事的报告' },
      { ...paper, body: [{ is: 'paragraph' as const, text: '绝密' }] },
    ])
      await expect(docxRenderer.docx(secret)).rejects.toThrow('涉密');
  });
  test('signs that no document can hold are left out of pasted words', async () => {
    const paper = await opened({ ...example('first-report'), title: '关于\u0007某事\u0000的<报告>&' });
    expect(paper.saying('关于').xml).toContain('关于某事的&lt;报告&gt;&amp;');
  });
});
