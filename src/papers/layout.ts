/** The measures of GB/T 9704-2012 in the units of the format: twips (1/20 pt), half points, eighths of a point. */

const TWIPS_A_MM = 1440 / 25.4;
/** Millimetres as twips. */
export const mm = (length: number): number => Math.round(length * TWIPS_A_MM);
/** Points as twips. */
export const pt = (length: number): number => Math.round(length * 20);

/** A4. */
export const PAGE = { width: mm(210), height: mm(297) };
/** 上白边 37, 订口 28, and what is left around the type area. */
export const MARGIN = { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35) };
/** Type area 156 mm x 225 mm. */
export const TYPE_WIDTH = mm(156);

/** 3号, 2号, 4号, 小四 in points; the last is for tables. */
export const SIZE = { body: 16, title: 22, small: 14, table: 12 };
/** 22 lines a page: the pitch of body lines, exact. */
export const LINE = pt(28.9);
/**
 * 28 characters a line: body characters stand this much closer, in twips. A character grid would say the same, but programs disagree on
 * what its pitch is counted from.
 */
export const CHARACTER_SPACE = Math.floor(TYPE_WIDTH / 28 - pt(SIZE.body)) - 1;
/** Width of one body character on the line. */
export const CHARACTER = pt(SIZE.body) + CHARACTER_SPACE;

/** The mark's upper edge stands 35 mm below the type area's. */
export const MASTHEAD_BEFORE = mm(35);
/** The red line stands 4 mm below the number, as the distance of a paragraph's border, in points. */
export const RED_LINE_SPACE_PT = Math.round((4 / 25.4) * 72);
/** 1.5 pt, in eighths. */
export const RED_LINE = 12;
/** The page number stands 7 mm below the type area; measured from the page's foot to the foot of its 14 pt line. */
export const FOOTER = mm(35 - 7) - pt(SIZE.small);
/** Of a letter: the mark's upper edge 30 mm from the page's, the last double line 20 mm from its foot, both 170 mm wide. */
export const LETTER = { top: mm(30), foot: mm(20), width: mm(170), sides: mm((210 - 170) / 2) };
/** Of mark and lines. */
export const RED = 'FF0000';
/** Lines of the 版记: outer 0.35 mm, inner 0.25 mm, in eighths of a point. */
export const OUTER_LINE = Math.round((0.35 / 25.4) * 72 * 8);
export const INNER_LINE = Math.round((0.25 / 25.4) * 72 * 8);

/** Fonts by the standard's own names, each with what stands in for it where it is not installed. None is shipped. */
export const FONTS = {
  fangsong: { name: '仿宋_GB2312', instead: '仿宋', family: 'roman' },
  kaiti: { name: '楷体_GB2312', instead: '楷体', family: 'script' },
  heiti: { name: '黑体', instead: 'SimHei', family: 'swiss' },
  xiaobiaosong: { name: '方正小标宋简体', instead: '宋体', family: 'roman' },
  songti: { name: '宋体', instead: 'SimSun', family: 'roman' },
} as const;
/** A font by its use. */
export type Face = keyof typeof FONTS;

/** 一、黑体 （一）楷体, all below and the text itself 仿宋. */
export const HEADINGS: Readonly<Record<1 | 2 | 3 | 4, Face>> = { 1: 'heiti', 2: 'kaiti', 3: 'fangsong', 4: 'fangsong' };
