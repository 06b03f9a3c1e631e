/** What whoever signs should look at first; a warning blocks nothing. */
import type { Instant } from '../instant';
import { readReport } from '../report/read';
import { type Brief, incidentOf } from './brief';
import { wordsOf } from './differences';
import { type PaperDraft, type PaperItem, type PaperWarning, textOf } from './draft';
import { isAnythingNew } from './elements/progress';
import { figuresUpTo } from './figures';
import { bodyLines } from './length';
import { ERASED } from './parts';
import { untraced } from './trace';

/** All warnings of a draft, the paper's own first. */
export function warningsOf(brief: Brief, draft: PaperDraft): readonly PaperWarning[] {
  return [...ofPaper(brief, draft), ...untracedByHand(brief, draft), ...draft.items.flatMap((item) => ofItem(brief, item))];
}

function ofPaper(brief: Brief, draft: PaperDraft): readonly PaperWarning[] {
  const { form, ctx, since } = brief;
  const incident = incidentOf(brief);
  const silent = draft.items.every(
    (item) => item.lines.flat().every(({ from }) => from.is === 'unknown' || from.is === 'none') && item.table === null,
  );
  const goesOn = form.follows && form.numbered;
  return [
    ...(form.to !== 'nobody' && draft.to.length === 0 ? [warning('no_recipient', '没有找到主送单位，请填写。')] : []),
    ...(silent ? [warning('nothing_to_tell', '记录中没有可写的内容，请核对是否选错了事项。')] : []),
    ...(goesOn && since === null ? [warning('no_earlier', '还没有报出过首报，本件从接报写起。')] : []),
    ...(goesOn && incident !== null && !isAnythingNew(incident) ? [warning('nothing_new', '上一份报出以后没有新的记录。')] : []),
    ...(form.one_page && bodyLines(draft.items) > ctx.wording.one_page_lines ? [warning('too_long', '正文超过一页，请删减。')] : []),
  ];
}

function warning(code: PaperWarning['code'], zh: string, key: string | null = null): PaperWarning {
  return { code, key, zh };
}

/** Figures, moments and names that somebody wrote and nothing in the record tells. */
function untracedByHand({ record, ctx }: Brief, draft: PaperDraft): readonly PaperWarning[] {
  const found = untraced(draft, record, ctx, ({ from }) => from.is === 'hand');
  return found.map(({ key, what }) => warning('untraced', `“${what}”在记录中没有出处，请核对。`, key));
}

function ofItem(brief: Brief, item: PaperItem): readonly PaperWarning[] {
  const erased = wordsOf(item).includes(ERASED) ? [warning('words_erased', `“${item.heading}”引用的原文已销毁。`, item.key)] : [];
  return [...erased, ...againstRecord(brief, item)];
}

/** Figures a person wrote are read as a report is, and held against the record. */
function againstRecord({ record, ctx }: Brief, { key, lines }: PaperItem): readonly PaperWarning[] {
  const hand = lines.filter((line) => line.some(({ from }) => from.is === 'hand')).map(textOf);
  if (hand.length === 0 || record.is !== 'incident') return [];
  const known = figuresUpTo(record);
  return statedByHand(hand.join('，'), ctx.now, ctx.roster.counties).flatMap(({ measure, min, max }) => {
    const interval = known.get(measure)?.at(-1)?.step.fact.interval;
    const zh = ctx.rules.pack.measures.find(({ id }) => id === measure)?.zh ?? measure;
    const same = interval === undefined || (interval.min === min && interval.max === max);
    return same ? [] : [warning('against_record', `“${zh}”与记录中的数字不一致，请核对。`, key)];
  });
}

function statedByHand(text: string, now: Instant, counties: Brief['ctx']['roster']['counties']) {
  return readReport(text, now, { counties }, 'report').facts.map(({ measure, interval }) => ({ measure, ...interval }));
}
