/** How the matter came to the bureau's notice. */
import type { Draft } from './draft';
import { type Found, found, type Source, type Span } from './fields';
import { sectionsOf } from './headings';
import type { Words } from './lexicon/words';
import { firstFrom, within } from './ordered';
import { holdsUnit, signOf, unitsOf } from './units';

const LISTS: readonly (readonly [Source, (words: Words) => readonly Span[]])[] = [
  ['leader_instruction', (words) => words.instruction],
  ['transferred', (words) => words.transferred],
  ['other', (words) => words.selfTold],
  ['walk_in', (words) => words.walkIn],
  ['hotline', (words) => words.hotline],
  ['public_opinion', (words) => words.onlineTalk],
  ['monitoring', (words) => words.monitoring],
];

interface Hit extends Span {
  readonly value: Source;
}

/** The headed source if there is one, else an instruction or a transfer anywhere, else whatever is told first. */
export function source(draft: Draft): Found<Source> | null {
  const told = sectionsOf(draft.text, draft.sections, 'source')[0] ?? inline(draft);
  const { start, end } = told ?? { start: 0, end: draft.text.length };
  const hits: Hit[] = [];
  listed(draft, start, end, hits);
  media(draft, start, end, told !== null, hits);
  passed(draft.text, start, end, hits);
  if (draft.words.came.length > 0) came(draft.text, start, end, hits);
  if (draft.words.toldBy.length > 0) byItself(draft.text, start, end, hits);
  const chosen = chosenOf(hits);
  if (chosen === null) return told === null ? null : headedOther(draft.text, told);
  return found(chosen.value, [chosen], told === null ? 0.75 : 0.95, draft.text.slice(chosen.start, chosen.end));
}

function chosenOf(hits: readonly Hit[]): Hit | null {
  let top: Hit | null = null;
  for (const hit of hits) if (top === null || isBefore(hit, top)) top = hit;
  return top;
}

function isBefore(a: Hit, b: Hit): boolean {
  return isSent(a) === isSent(b) ? a.start < b.start : isSent(a);
}

/** By a leader or another office. */
function isSent({ value }: Hit): boolean {
  return value === 'leader_instruction' || value === 'transferred';
}

/** 来源:某医院 — told by somebody who is none of the channels. */
function headedOther(text: string, told: Span): Found<Source> | null {
  const words = text.slice(told.start, told.end);
  return /医院|学校|企业|公司|园方|酒店|平台|店|厂|商会|协会|单位/.test(words) ? found('other', [told], 0.7, 'heading') : null;
}

function listed({ text, words }: Draft, from: number, to: number, out: Hit[]): void {
  for (const [value, listOf] of LISTS) {
    const list = listOf(words);
    if (list.length === 0) continue;
    const told = within(list, from, to);
    const first = value === 'transferred' ? told.find((w) => !isPassedOn(text, w.start)) : told[0];
    if (first !== undefined) out.push({ value, start: first.start, end: first.end });
  }
}

/** 已转属地, 我局已向…通报: what the bureau passed on itself. */
function isPassedOn(text: string, start: number): boolean {
  return /(?:已|拟|再|现|须)$|(?:已将|已转|已向|已抄|我局向|我局已|所已|下一步)[^,。;]{0,18}$/.test(
    text.slice(Math.max(0, start - 22), start),
  );
}

const PASSED =
  /^[【[(]?转(?:发|自)?[ \n:]?(?!让|账|卖)[^,。:]{2,16}:|(?:经|据|接)[^,。;]{2,18}(?:通报|函告|抄告|移交)|[局委办部会院队心站][^,。;]{0,10}(?:函转|抄告|转来|转办|移交)/;

/** Without one of these nothing is passed on. */
const PASSING = unitsOf('转通函抄移');

/** 转网安支队通报:, 经公安机关通报: told by another office. */
function passed(text: string, from: number, to: number, out: Hit[]): void {
  const until = Math.min(to, from + 60);
  const m = holdsUnit(text, PASSING, from, until) ? PASSED.exec(text.slice(from, until)) : null;
  if (m === null || isPassedOn(text, from + m.index)) return;
  out.push({ value: 'transferred', start: from + m.index, end: from + m.index + m[0].length });
}

/** A medium counts where it reported; under a heading its name is enough. */
function media({ text, signs, words }: Draft, from: number, to: number, headed: boolean, out: Hit[]): void {
  if (words.national.length + words.provincial.length + words.municipal.length + words.reporting.length === 0 && (signs & TITLE) === 0)
    return;
  let first: Span | null = null;
  for (const list of [words.national, words.provincial, words.municipal]) {
    for (const named of within(list, from, to)) {
      const isFirst = first === null || named.start < first.start;
      if (isFirst && (headed || reportsNear(text, words.reporting, named.end))) first = named;
    }
  }
  const general = words.reporting.length === 0 && (signs & TITLE) === 0 ? null : REPORTED.exec(text.slice(from, to));
  if (general !== null && (first === null || from + general.index < first.start))
    first = { start: from + general.index, end: from + general.index + general[0].length };
  if (first !== null) out.push({ value: 'media', start: first.start, end: first.end });
}

/** The end of a title: 《某报》. */
const TITLE = signOf('》');
const REPORTED =
  /《[^》]{2,12}(?:报|周刊|新闻)》[^,。;]{0,12}(?:报道|报了|刊|登|发)|融媒[^,。;]{0,22}(?:发了|播|推送|报道|发布视频)|(?:频道|媒体|记者|栏目|报社|客户端|新闻)[^,。;]{0,30}?(?:报道|曝光|播出|刊发|刊登|稿子|暗访|点名|披露|发稿|直击)|(?:报道|曝光)了?(?=我[市县区]|[^,。]{0,8}[县市区])/;

function reportsNear(text: string, reporting: readonly Span[], from: number): boolean {
  const next = reporting[firstFrom(reporting, from)];
  return next !== undefined && next.start - from <= 30 && !/[。;]/.test(text.slice(from, next.start));
}

const CAME =
  /(?:跑到|来到|找到|赶到|聚到|涌到|走到|到|来|上门到|去)(?:了)?(?:我们|咱们?|我|俺们)?[^,。;\d]{0,5}(?:所里?|局里?|大厅|分局|窗口)(?!长|有|属|在|已)(?:来)?(?=里|来|了|,|。|说|反映|投诉|讨|要|咨询|集体|求助|$)/;

function came(text: string, from: number, to: number, out: Hit[]): void {
  const m = CAME.exec(text.slice(from, to));
  if (m === null || /(?:集体去|要去|去局里|喊着|扬言|准备)/.test(text.slice(Math.max(0, from + m.index - 6), from + m.index + m[0].length)))
    return;
  out.push({ value: 'walk_in', start: from + m.index, end: from + m.index + m[0].length });
}

const TOLD =
  /(?:医院|卫生院|学校|幼儿园|企业|老板|店[家主方]|商家|平台|酒店|疾控|经营者|校方|园方|物业|公司|急诊科?|景区|商场|养老院|厂家)(?:自己|主动|值班室|负责人|刚|那边|[^,。]{0,4})?(?:报告|来电话?|打来电话|给[我咱]们?[^,。]{0,2}打的?电话|打电话(?:来|说|过来|报)?|上报|报来|报称|通知我)/;

function byItself(text: string, from: number, to: number, out: Hit[]): void {
  const m = TOLD.exec(text.slice(from, to));
  if (m !== null) out.push({ value: 'other', start: from + m.index, end: from + m.index + m[0].length });
}

/** 来源. */
const ORIGIN = signOf('源');

function inline({ text, signs }: Draft): Span | null {
  if ((signs & ORIGIN) === 0) return null;
  const m = /(?:信息|线索)?来源[ \n]?:[ \n]?([^。;\n]+)/.exec(text);
  return m === null ? null : { start: m.index + m[0].length - (m[1]?.length ?? 0), end: m.index + m[0].length };
}
