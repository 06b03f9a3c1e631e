/** Reports written as 时间:… 地点:…: the labelled parts, wherever the writer put the line breaks. */
import type { Span } from './fields';
import { unitsOf } from './units';

export type Label = 'time' | 'place' | 'event' | 'extent' | 'measures' | 'source' | 'contact' | 'remark';

/** The words after a label, without the label itself. */
export interface Section extends Span {
  readonly label: Label;
  /** The label as written. */
  readonly name: string;
}

const LABELS: readonly [Label, string][] = [
  ['time', '(?:发生|事发|事件|接报|接诉|接警|发现|受理|报告|来电|登记|案发|投诉)?(?:时间|日期)|时间节点'],
  [
    'place',
    '(?:发生|事发|事件|涉事|详细|具体|案发|商家|商户|企业|被投诉)?(?:地点|地址|场所)|位置|涉事(?:单位|主体|商户|企业|商家|门店)|被投诉(?:单位|主体|商户|商家|企业|方)|单位名称?|商户名称?|区域|属地',
  ],
  [
    'event',
    '(?:主要|基本|简要|初步|事件|事发|具体|投诉|反映|诉求|工单|核心)?(?:事件|事由|原因|起因|情况|经过|概况|内容|问题|诉求|案由|事项|简况|成因|概述|简述|描述|详情)|(?:基本|主要)?事实',
  ],
  [
    'extent',
    '(?:影响|涉及|伤亡|事件|涉事|受影响)?(?:人数|人员|规模|影响|涉及|范围|伤亡|后果|危害|金额|涉及金额|涉案金额|涉及人数|波及|程度|损失)(?:情况|范围)?|目前状态',
  ],
  [
    'measures',
    '(?:已采取的?|先期|处置|采取|应对|目前|当前|现场|初步)?(?:措施|处置|处理|应对|做法|进展|办理)(?:情况|结果)?|工作开展情况|已做工作',
  ],
  ['source', '(?:信息|线索|事件|消息|投诉|工单)?(?:来源|渠道)'],
  [
    'contact',
    '(?:联系|报告|报送|承办|值班|填报|投诉|反映|报)(?:人员?|电话|单位)|电话|联系(?=:)|联系方式|手机|来电人|来电号码|回访电话|联系人及电话|值班(?=:)|上报单位',
  ],
  [
    'remark',
    '备注|说明|其他|其它|下一步(?:工作|打算|计划|措施)?|后续(?:工作|措施)?|建议|类别|级别|等级|工作建议|(?:诉求|投诉|事件)类[别型]|工单(?:编号|号)|办理时限|工单类型|编号|标题|主题',
  ],
];
const NAMED = LABELS.map(([, words]) => `(${words})`).join('|');
const NUMBERED = '[(]?[一二三四五六七八九十\\d]{1,2}[ \\n]?[、.):][ \\n]*';
const FINDER = new RegExp(
  `(?:^|[\\n;。, \\n)\\]】!])(?:(?:${NUMBERED})?[【\\[<]?(?:${NAMED})[】\\]>]?[ \\n]?:[ \\n]?|[【\\[](?:${NAMED})[】\\]][ \\n]?|${NUMBERED}(?:${NAMED})[ \\n]*\\n)`,
  'g',
);

const NONE: readonly Section[] = [];
const ENDS_LABEL = unitsOf(':】]>\n');

/** The labelled parts in order; empty unless at least two different labels are used, of which one is time, place or measures. */
export function headings(text: string, labels: readonly Span[]): readonly Section[] {
  let ended = 0;
  for (const { end } of labels) if (ENDS_LABEL.at(text, end) || (text[end] === ' ' && text[end + 1] === ':')) ended += 1;
  if (ended < 2) return NONE;
  const marks: { label: Label; mark: number; start: number; name: string }[] = [];
  FINDER.lastIndex = 0;
  for (let m = FINDER.exec(text); m !== null; m = FINDER.exec(text)) {
    const group = m.findIndex((words, i) => i > 0 && words !== undefined);
    const label = LABELS[(group - 1) % LABELS.length]?.[0];
    if (label === undefined) continue;
    const name = group > 2 * LABELS.length ? '' : (m[group] ?? '');
    marks.push({ label, mark: m.index, start: m.index + m[0].length, name });
  }
  const used = new Set(marks.map((m) => m.label));
  if (used.size < 2 || !(used.has('time') || used.has('place') || used.has('measures'))) return [];
  return marks.map((m, i) => ({ label: m.label, name: m.name, start: m.start, end: marks[i + 1]?.mark ?? text.length }));
}

/** The parts under a label, trimmed; never empty ones. */
export function sectionsOf(text: string, sections: readonly Section[], label: Label): readonly Section[] {
  if (sections.length === 0) return NONE;
  const out: Section[] = [];
  for (const section of sections) {
    if (section.label !== label) continue;
    const words = text.slice(section.start, section.end);
    const start = section.start + (words.length - words.trimStart().length);
    const end = start + words.trim().length;
    if (end > start) out.push({ label, name: section.name, start, end });
  }
  return out;
}
