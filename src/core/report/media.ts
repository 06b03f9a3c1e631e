/** The highest medium that reported: national, provincial or municipal. */
import { isDenied } from './clauses';
import type { Draft } from './draft';
import type { MeasuredFact, Span } from './fields';
import { within } from './ordered';
import { PROVINCES } from './provinces';

const OF_PROVINCE = new RegExp(
  `(?:${PROVINCES.join('|')})(?:日报|电视台|卫视|广播|都市报|经济报|商报|新闻广播|电台|晚报|之声|台(?=[^\\u4e00-\\u9fff]|都市|民生|新闻|经济|公共))`,
);
/** A medium reported when one of the words of reporting follows so near. */
const NEAR = 40;

/** Adds at most one fact to `out`; asking the press for help is not being reported. */
export function mediaFacts({ text, words }: Draft, out: MeasuredFact[]): void {
  if (words.reporting.length === 0) return;
  const provincial = words.province.length === 0 ? null : OF_PROVINCE.exec(text);
  const ofProvince = provincial === null ? [] : [{ start: provincial.index, end: provincial.index + provincial[0].length }];
  const ranks: readonly (readonly [string, readonly Span[]])[] = [
    ['media_national', words.national],
    ['media_provincial', [...words.provincial, ...ofProvince]],
    ['media_municipal', words.municipal],
  ];
  for (const [measure, named] of ranks) {
    const medium = named.find((m) => !isDenied(text, m.start) && reports(text, words.reporting, m));
    if (medium === undefined) continue;
    out.push({ measure, interval: { min: 1, max: 1 }, spans: [{ start: medium.start, end: medium.end }] });
    return;
  }
}

function reports(text: string, reporting: readonly Span[], { start, end }: Span): boolean {
  const said = within(reporting, start, start + NEAR).some((r) => !text.slice(end, r.start).includes('。'));
  return said && !/(?:联系|配合|回应|协调|邀请|转发|联合|告知|打给)[^,。;]{0,4}$/.test(text.slice(Math.max(0, start - 6), start));
}
