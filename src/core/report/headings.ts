/** Reports written as 时间:… 地点:…: the labelled parts, wherever the writer put the line breaks. */
import type { Span } from './fields';

export type Label = 'time' | 'place' | 'event' | 'extent' | 'measures' | 'source' | 'contact' | 'remark';

/** The words after a label, without the label itself. */
export interface Section extends Span {
  readonly label: Label;
}

const LABELS: readonly [Label, string][] = [
  ['time', '(?:发生|事发|事件|接报|发现|受理|报告)?(?:时间|日期)'],
  ['place', '(?:发生|事发|事件|涉事|详细|具体)?(?:地点|地址|场所)|位置|涉事单位|涉事主体|单位'],
  ['event', '(?:主要|基本|简要|初步|事件|事发|具体)?(?:事件|事由|原因|起因|情况|经过|概况|内容|问题|诉求|案由|事项|简况|成因)'],
  [
    'extent',
    '(?:影响|涉及|伤亡|事件)?(?:人数|人员|规模|影响|涉及|范围|伤亡|后果|危害|金额|涉及金额|涉案金额|涉及人数|波及|程度)(?:情况|范围)?',
  ],
  ['measures', '(?:已采取|先期|处置|采取|应对|目前|当前)?(?:措施|处置|处理|应对|做法|进展)(?:情况)?'],
  ['source', '(?:信息|线索|事件|消息|投诉)?(?:来源|渠道)'],
  ['contact', '(?:联系|报告|报送|承办|值班|填报)(?:人员?|电话)?|电话|联系方式|报送单位|来电人'],
  ['remark', '备注|说明|其他|下一步(?:工作|打算|计划)?|后续|建议|类别|级别|等级'],
];
const FINDER = new RegExp(
  `(?:^|[\\n;。,\\s)\\]】!])(?:[一二三四五六七八九十\\d]{1,2}\\s?[、.):]\\s*)?[【\\[]?(?:${LABELS.map(([label, words]) => `(?<${label}>${words})`).join('|')})[】\\]]?\\s?:\\s?`,
  'g',
);

/** The labelled parts in order; empty unless at least two different labels are used, of which one is time, place or measures. */
export function headings(text: string): readonly Section[] {
  const marks = [...text.matchAll(FINDER)].flatMap((m) => {
    const label = LABELS.find(([l]) => m.groups?.[l] !== undefined)?.[0];
    return label === undefined ? [] : [{ label, mark: m.index, start: m.index + m[0].length }];
  });
  const used = new Set(marks.map((m) => m.label));
  if (used.size < 2 || !(used.has('time') || used.has('place') || used.has('measures'))) return [];
  return marks.map((m, i) => ({ label: m.label, start: m.start, end: marks[i + 1]?.mark ?? text.length }));
}

/** The parts under a label, trimmed; never empty ones. */
export function sectionsOf(text: string, sections: readonly Section[], label: Label): readonly Section[] {
  return sections
    .filter((s) => s.label === label)
    .flatMap((s) => {
      const words = text.slice(s.start, s.end);
      const start = s.start + (words.length - words.trimStart().length);
      const end = start + words.trim().length;
      return end > start ? [{ label, start, end }] : [];
    });
}
