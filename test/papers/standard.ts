/** GB/T 9704-2012 as a table of values, and what of a docx is not as the table says. The values are the standard's, never our code's. */
import { type Opened, openedFile, type Written, written } from './opened';

/** What the paper is, as somebody holding it would say. */
export interface Meant {
  readonly form: 'document' | 'bulletin' | 'sheet';
  /** 上行文: number left, signer right. */
  readonly upward?: boolean;
  readonly masthead?: string;
  readonly title: RegExp;
  readonly to?: string;
  readonly number?: string;
  readonly signer?: string;
  readonly issue?: string;
  readonly organ?: string;
  /** 成文日期 as it must stand; absent: its place is empty. */
  readonly date?: string;
  /** 版记: who printed it and when; absent: it has not gone out. */
  readonly printed?: string;
  readonly copies?: string;
}

/** Millimetres, each with how far it may be off. */
const PAGE_MM = { width: [210, 0.1], height: [297, 0.1], top: [37, 1], left: [28, 1], right: [26, 1], bottom: [35, 1] } as const;
const TYPE_MM = { width: 156, height: 225 };
const LINES = 22;
const CHARACTERS = 28;
/** 2号, 3号, 4号 in points. */
const [TWO, THREE, FOUR] = [22, 16, 14];
const FACES = { body: '仿宋_GB2312', first: '黑体', second: '楷体_GB2312', title: '方正小标宋简体', page: '宋体' };
const RED = 'FF0000';
const A_MM = 1440 / 25.4;
const CHARACTER = (TYPE_MM.width * A_MM) / CHARACTERS;

type Found = readonly [what: string, found: unknown, meant: unknown];

/** Every value that is not the standard's; empty for a paper as it should be. */
export function deviations(docx: Uint8Array, meant: Meant): readonly Found[] {
  const paper = openedFile(docx);
  const all = [
    ...ofPage(paper),
    ...ofFonts(paper),
    ...ofTitle(paper, meant),
    ...ofText(paper),
    ...ofPageNumbers(paper),
    ...(meant.form === 'document' ? [...ofHead(paper, meant), ...ofSignature(paper, meant)] : []),
    ...(meant.form === 'bulletin' ? ofBulletin(paper, meant) : []),
    ...(meant.form === 'sheet' ? ofSheet(paper) : []),
    ...ofImprint(paper, meant),
  ];
  return all.filter(([, found, wanted]) => !same(found, wanted));
}

function same(found: unknown, meant: unknown): boolean {
  return meant instanceof RegExp ? meant.test(String(found)) : JSON.stringify(found) === JSON.stringify(meant);
}

/** As a distance: the millimetres found, or the wanted ones where they are near enough. */
function near(what: string, twips: number | string | null, mm: number, within: number): Found {
  const found = Number(twips) / A_MM;
  return [what, Math.abs(found - mm) <= within ? mm : found, mm];
}

/** The same in characters of the line. */
function indented(what: string, twips: string | null, characters: number): Found {
  const found = Number(twips) / CHARACTER;
  return [what, Math.abs(found - characters) < 0.1 ? characters : found, characters];
}

function ofPage(paper: Opened): readonly Found[] {
  const section = written(/<w:sectPr.*<\/w:sectPr>/s.exec(paper.part('word/document.xml'))?.[0] ?? '');
  const of = { width: 'w', height: 'h' } as const;
  const sides = (Object.keys(PAGE_MM) as (keyof typeof PAGE_MM)[]).map((side): Found => {
    const twips = side === 'width' || side === 'height' ? section.value('pgSz', of[side]) : section.value('pgMar', side);
    return near(`page ${side}`, twips, PAGE_MM[side][0], PAGE_MM[side][1]);
  });
  const upperEdge = Number(section.value('pgMar', 'footer')) + FOUR * 20;
  return [...sides, near('page number below the type area', Number(section.value('pgMar', 'bottom')) - upperEdge, 7, 0.2)];
}

/** Named with what stands in where they are missing, none shipped; red nowhere but in mark and line; no picture of a seal. */
function ofFonts(paper: Opened): readonly Found[] {
  const xml = paper.part('word/document.xml');
  const used = [...new Set([...xml.matchAll(/w:eastAsia="([^"]+)"/g)].map(([, name]) => name))].filter((name) => name !== 'zh-CN');
  const table = paper.part('word/fontTable.xml');
  const isNamed = (name: string | undefined): boolean => new RegExp(`w:name="${name}"><w:altName w:val="[^"]+"/>`).test(table);
  return [
    ['fonts beside the standard’s', used.filter((name) => !Object.values(FACES).includes(name ?? '')), []],
    ['fonts without a fall-back', used.filter((name) => !isNamed(name)), []],
    ['fonts shipped', paper.names.filter((name) => /\.(odttf|ttf|otf)$/.test(name)), []],
    ['pictures', paper.names.filter((name) => /media|embed|vba/i.test(name)), []],
    ['drawings', /<w:(drawing|pict|object)/.test(xml), false],
    ['colours', [...new Set([...xml.matchAll(/<w:color w:val="([^"]+)"/g)].map(([, colour]) => colour))].filter((c) => c !== RED), []],
  ];
}

function runsOf({ xml }: Written): readonly Written[] {
  return (xml.match(/<w:r>.*?<\/w:r>/gs) ?? []).map(written).filter(({ text }) => text.trim() !== '');
}

function facesOf(paragraph: Written | undefined): readonly string[] {
  const faces = paragraph === undefined ? [] : runsOf(paragraph);
  return faces.map((run) => `${run.value('rFonts', 'eastAsia')} ${Number(run.value('sz', 'val')) / 2}`);
}

/** Empty lines right above. */
function blanksAbove({ paragraphs }: Opened, at: number): number {
  return paragraphs
    .slice(0, at)
    .reverse()
    .findIndex(({ text }) => text !== '');
}

function indexOf({ paragraphs }: Opened, words: string | RegExp): number {
  return paragraphs.findIndex(({ text }) => (typeof words === 'string' ? text === words : words.test(text.replaceAll('\n', ''))));
}

function ofTitle(paper: Opened, { form, title, to }: Meant): readonly Found[] {
  const at = indexOf(paper, title);
  const line = paper.paragraphs[at];
  const addressed = to === undefined ? undefined : paper.paragraphs[at + 2];
  return [
    ['title', line?.text.replaceAll('\n', '') ?? null, title],
    ['lines of the title of a few characters only', line?.text.split('\n').filter((words) => [...words].length < 3), []],
    ['face of the title', [...new Set(facesOf(line))], [`${FACES.title} ${TWO}`]],
    ['title in the middle', line?.value('jc', 'val'), 'center'],
    ...(form === 'sheet' ? [] : [['lines above the title', blanksAbove(paper, at), 2] as const]),
    ...(to === undefined
      ? []
      : ([
          ['line between title and 主送', paper.paragraphs[at + 1]?.text, ''],
          ['主送', addressed?.text, `${to}：`],
          ['主送 at the left edge', [addressed?.value('ind', 'firstLine'), addressed?.value('ind', 'left')], [null, null]],
        ] as const)),
  ];
}

/** Paragraphs of the text: 3号, 22 lines a page, 28 characters a line, two in; headings in their faces. */
function ofText(paper: Opened): readonly Found[] {
  const inTables = new Set(
    (paper.part('word/document.xml').match(/<w:tbl>.*?<\/w:tbl>/gs) ?? []).flatMap((t) => t.match(/<w:p>.*?<\/w:p>/gs) ?? []),
  );
  const text = paper.paragraphs.filter(({ xml, value }) => value('ind', 'firstLine') !== null && !inTables.has(xml));
  return text.flatMap((line): readonly Found[] => {
    const pitch = Number(line.value('spacing', 'line'));
    const width = THREE * 20 + Number(runsOf(line)[0]?.value('spacing', 'val'));
    const face = /^[一二三四五六七八九十]+、/.test(line.text)
      ? FACES.first
      : /^（[一二三四五六七八九十]+）/.test(line.text)
        ? FACES.second
        : FACES.body;
    const name = line.text.slice(0, 12);
    return [
      [`face of ${name}`, [...new Set(facesOf(line))], [`${face} ${THREE}`]],
      [`lines a page at ${name}`, [line.value('spacing', 'lineRule'), Math.floor((TYPE_MM.height * A_MM) / pitch)], ['exact', LINES]],
      [`characters a line at ${name}`, Math.floor((TYPE_MM.width * A_MM) / width), CHARACTERS],
      indented(`first line of ${name}`, line.value('ind', 'firstLine'), 2),
    ];
  });
}

function ofPageNumbers(paper: Opened): readonly Found[] {
  const footers = paper.names.filter((name) => /word\/footer\d+\.xml$/.test(name)).map((name) => written(paper.part(name)));
  return [
    ['odd and even pages differ', paper.part('word/settings.xml').includes('<w:evenAndOddHeaders'), true],
    ['sides of page numbers', footers.map((footer) => footer.value('jc', 'val')).sort(), ['left', 'right']],
    ...footers.flatMap((footer): readonly Found[] => [
      ['dashes around the page number', /— .*PAGE.* —/s.test(footer.xml), true],
      ['size of the page number', footer.value('sz', 'val'), String(FOUR * 2)],
      ['face of the page number', footer.value('rFonts', 'ascii'), FACES.page],
      indented('page number from the side', footer.value('ind', footer.value('jc', 'val') ?? ''), 1),
    ]),
  ];
}

function ofMark(paper: Opened, masthead: string): readonly Found[] {
  const at = indexOf(paper, masthead);
  const mark = paper.paragraphs[at];
  const above = paper.paragraphs.slice(0, at).reduce((sum, line) => sum + Number(line.value('spacing', 'line')), 0);
  return [
    ['mark', [mark?.text, mark?.value('color', 'val'), mark?.value('jc', 'val')], [masthead, RED, 'center']],
    ['face of the mark', facesOf(mark)[0]?.split(' ')[0], FACES.title],
    near('mark below the upper edge of the type area', above + Number(mark?.value('spacing', 'before')), 35, 0.1),
  ];
}

function redLine(line: Written | undefined): readonly Found[] {
  return [
    ['red line', line?.value('bottom', 'color'), RED],
    near('red line below the number', Number(line?.value('bottom', 'space')) * 20, 4, 0.2),
  ];
}

const EMPTY_NUMBER = '　　〔　　〕　　号';

function ofHead(paper: Opened, { masthead = '', upward = false, number = EMPTY_NUMBER, signer = '' }: Meant): readonly Found[] {
  const at = indexOf(paper, upward && signer !== '' ? `　${number}\t签发人：${signer}` : number);
  const line = paper.paragraphs[at];
  const place: readonly Found[] =
    upward && signer !== ''
      ? [
          ['faces of number and signer', facesOf(line), [`${FACES.body} ${THREE}`, `${FACES.body} ${THREE}`, `${FACES.second} ${THREE}`]],
          indented('signer from the right edge', String(TYPE_MM.width * A_MM - Number(line?.value('tab', 'pos'))), 1),
        ]
      : [['number in the middle', line?.value('jc', 'val'), 'center']];
  const named = paper.paragraphs.some(({ text }) => text.includes('签发人：'));
  return [
    ...ofMark(paper, masthead),
    ['place of the number', at >= 0, true],
    ['lines between mark and number', blanksAbove(paper, at), 2],
    ...place,
    ...redLine(line),
    ['names a signer', named, upward && signer !== ''],
  ];
}

const EMPTY_DATE = '　　年　月　日';

/** With a place left for a seal: two lines free, the date four characters in, the organ in the middle above it. */
function ofSignature(paper: Opened, { organ = '', date = EMPTY_DATE }: Meant): readonly Found[] {
  const at = paper.paragraphs.findLastIndex(({ text }, i) => text === organ && paper.paragraphs[i + 1]?.text === date);
  const [signed, dated] = [paper.paragraphs[at], paper.paragraphs[at + 1]];
  const width = (words: string): number => [...words].reduce((sum, sign) => sum + (/[0-9]/.test(sign) ? 0.5 : 1), 0);
  const middle = (line: Written | undefined, words: string): number => Number(line?.value('ind', 'right')) / CHARACTER + width(words) / 2;
  return [
    ['signature', at >= 0, true],
    ['lines free for a seal', paper.paragraphs.slice(Math.max(0, at - 2), at).map(({ text }) => text), ['', '']],
    indented('date from the right edge', dated?.value('ind', 'right') ?? null, 4),
    ['organ above the middle of the date', Math.abs(middle(signed, organ) - middle(dated, date)) < 0.2, true],
    ['no zero before day and month', /年0|月0/.test(date), false],
  ];
}

function ofBulletin(paper: Opened, { masthead = '', issue = '', organ = '', date = EMPTY_DATE }: Meant): readonly Found[] {
  const at = indexOf(paper, masthead);
  const unit = paper.paragraphs[at + 2];
  return [
    ...ofMark(paper, masthead),
    ['issue under the mark', paper.paragraphs[at + 1]?.text, issue],
    ['unit left, date right', unit?.text, `　${organ}\t${date}`],
    ...redLine(unit),
  ];
}

/** A list: its head on every page, no row broken in two, as wide as the type area. */
function ofSheet(paper: Opened): readonly Found[] {
  const tables = paper.part('word/document.xml').match(/<w:tbl>.*?<\/w:tbl>/gs) ?? [];
  return [
    ['mark on a sheet', paper.part('word/document.xml').includes(RED), false],
    ...tables.flatMap((table): readonly Found[] => {
      const widths = [...table.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
      return [
        ['rows that may break', (table.match(/<w:tr>/g) ?? []).length - (table.match(/<w:cantSplit/g) ?? []).length, 0],
        ['heads repeated', (table.match(/<w:tblHeader/g) ?? []).length, 1],
        near(
          'width of the table',
          widths.reduce((sum, one) => sum + one, 0),
          TYPE_MM.width,
          0.1,
        ),
      ];
    }),
  ];
}

/** 版记: at the foot of the type area, as wide as it, 4号, outer lines 0.35 mm, inner ones 0.25 mm; only on what has gone out. */
function ofImprint(paper: Opened, { printed, copies }: Meant): readonly Found[] {
  const rows = paper.paragraphs.filter(({ xml }) => xml.includes('<w:framePr'));
  const wanted = [...(copies === undefined ? [] : [`　抄送：${copies}。`]), ...(printed === undefined ? [] : [`　${printed}`])];
  const thick = (line: string | null): number => Math.round((Number(line) / 8 / 72) * 25.4 * 20) / 20;
  const foot = (row: Written | undefined): number => Number(row?.value('framePr', 'y')) + Number(row?.value('framePr', 'h'));
  return [
    ['rows of the 版记', rows.map(({ text }) => text), wanted],
    ...rows.flatMap((row, i): readonly Found[] => [
      near('width of the 版记', row.value('framePr', 'w'), TYPE_MM.width, 0.1),
      ['size of the 版记', row.value('sz', 'val'), String(FOUR * 2)],
      ['upper line of the 版记', thick(row.value('top', 'sz')), i === 0 ? 0.35 : 0.25],
    ]),
    ...(rows.length === 0 ? [] : [near('foot of the 版记', foot(rows.at(-1)), PAGE_MM.height[0] - PAGE_MM.bottom[0], 0.1)]),
  ];
}
