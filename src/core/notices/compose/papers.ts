/** Words of papers: the text as people read it, what changed, the call to whoever has the next step, the list, the register of sendings. */
import { deadlines } from '../../deadlines/deadlines';
import type { TextRef } from '../../incident/events';
import { chainOf } from '../../incident/papers/chain';
import {
  AS_FILE,
  paperName,
  paperNamed,
  papersInOrder,
  paperTitle,
  STEP_ZH,
  standsAt,
  stepKey,
  typedForPaper,
  unconfirmed,
} from '../../incident/papers/find';
import { type Paper, type Sending, WAYS } from '../../incident/papers/paper';
import type { AskState } from '../../incident/state';
import { differencesOf, wordsOf } from '../../papers/differences';
import type { PaperDraft } from '../../papers/draft';
import { fileName } from '../../papers/fileName';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, type Part, quote, summary } from '../message';
import { awaited, buttonOnly, calling, dueLine, isCard, standInLine } from './asks';
import { howToAnswer } from './intake';
import { toParts } from './records';
import { clockText, message, people, person, quoted, type View } from './view';

/** To whoever has the next step: which paper, the text, what changed since the last version, what to type. Null once the step was taken. */
export function paperAsked(view: View, intent: Intent): Message | null {
  const asks = awaited(view, intent);
  const papers = asks.flatMap((ask) => view.state.papers[ask.about ?? ask.id] ?? []);
  const [first] = papers;
  if (first === undefined) return null;
  const heading = `${paperTitle(first)}，请${first.stage === 'returned' ? '修改' : standsAt(view.rules, view.state, first).slice(1)}`;
  if (isCard(intent)) return buttonOnly(view, intent, asks, heading);
  return message(view, heading, callLines(view, intent, asks, first), calling(view, intent, asks));
}

/** In a room the text itself is not shown: it goes to whoever has to read it. */
function callLines(view: View, intent: Intent, asks: readonly AskState[], paper: Paper): readonly Line[] {
  const back = paper.stage === 'returned' ? paper.remarks.findLast((remark) => remark.back) : undefined;
  const reads = 'person' in intent.to;
  const names = people(
    view,
    asks.map((ask) => ask.person),
  );
  return [
    ...standInLine(view, asks),
    open('请办理：', ...names),
    ...(back === undefined ? [] : [summary('退改：', person(view, back.by)), ...quoted(view, '要求', back.text)]),
    ...(reads ? textLines(view, paper) : []),
    ...changeLines(view, paper),
    ...dueLine(view, asks),
    open(`${howToAnswer(view.state.n, intent.to)}；办理请回复：${typedForPaper(view.rules, view.state, paper)}`),
    ...(paper.stage === 'in_hand' ? [open(`退改请回复：#${view.state.n} 退改 ${paper.n}〔理由〕`)] : []),
  ];
}

/** The draft behind a reference; null once its words are destroyed. */
export function draftIn({ texts }: Pick<View, 'texts'>, ref: TextRef | undefined): PaperDraft | null {
  const stored = ref === undefined ? undefined : texts.get(ref.id);
  return stored === undefined ? null : (JSON.parse(stored) as PaperDraft);
}

/** The whole text of the newest version, a line for each paragraph, for rooms that may see everything. */
export function textLines(view: View, paper: Paper): readonly Line[] {
  const draft = draftIn(view, paper.versions.at(-1)?.content);
  if (draft === null) return [full('（文稿内容已销毁）')];
  const to = draft.to.map(({ zh }) => zh).join('、');
  return [
    full('标题：', quote(draft.title)),
    ...(to === '' ? [] : [full(`主送：${to}`)]),
    ...(draft.copies.length === 0 ? [] : [full(`抄送：${draft.copies.map(({ zh }) => zh).join('、')}`)]),
    ...draft.items.flatMap((item) => {
      const words = wordsOf(item);
      return words === '' ? [] : [full(`${item.heading}：`, quote(words))];
    }),
    ...draft.warnings.map(({ zh }) => full(`请注意：${zh}`)),
  ];
}

/** Element by element, from what it was to what it is; none for the first version. */
export function changeLines(view: View, { versions }: Pick<Paper, 'versions'>): readonly Line[] {
  const [before, now] = [draftIn(view, versions.at(-2)?.content), draftIn(view, versions.at(-1)?.content)];
  if (before === null || now === null) return [];
  const changes = differencesOf(before, now).map(({ heading, from, to }) => {
    return full(`改动 ${heading}：`, ...(from === null ? ['新增'] : [quote(from)]), ' → ', ...(to === null ? ['删去'] : [quote(to)]));
  });
  return changes.length === 0 ? [full('与上一稿内容相同')] : changes;
}

/** 文稿 2: one paper whole, with who passed it and where it went; its key is its number. */
export function paperShown(view: View, { keys }: Intent): Message {
  const paper = paperNamed(view.state, keys[0] ?? '');
  if (paper === undefined) return message(view, '没有这份文稿', [open(`清单请回复：#${view.state.n} 文稿`)]);
  if (keys.includes(AS_FILE)) return asFile(view, paper);
  return message(view, paperTitle(paper), [
    open(standsAt(view.rules, view.state, paper)),
    ...headLines(view, paper),
    ...textLines(view, paper),
    ...changeLines(view, paper),
    ...paper.remarks.flatMap((remark) => [
      summary(remark.back ? '退改：' : '意见：', person(view, remark.by)),
      ...quoted(view, '　', remark.text),
    ]),
    ...paper.sendings.flatMap((sending) => sendingLines(view, sending)),
    open(`下一步：${typedForPaper(view.rules, view.state, paper)}`),
  ]);
}

/** As it went out, byte for byte; before, nothing is given that might be taken for it. */
function asFile(view: View, paper: Paper): Message {
  const sha256 = paper.frozen?.file ?? null;
  if (sha256 === null)
    return message(view, `${paperTitle(paper)}还没有报送`, [
      open('报送以后才有原件，此前请看全文'),
      open(`#${view.state.n} 文稿 ${paper.n}`),
    ]);
  const file = { sha256, name: fileName(`事件${view.state.n}${paperName(paper)}`, 'docx') };
  return message(view, `${paperTitle(paper)}原件`, [full(`文件散列（SHA-256）：${sha256}`)], { file });
}

function headLines(view: View, paper: Paper): readonly Line[] {
  const version = paper.versions.at(-1)?.version ?? 1;
  const steps = paper.steps.flatMap(({ act, by, at, oral }): (Part | string)[] => [
    `${STEP_ZH[act]} `,
    person(view, by),
    ` ${clockText(at, view.now)}${oral === null ? '' : '（口头）'}　`,
  ]);
  const old = paper.corrects === null ? undefined : view.state.papers[paper.corrects];
  return [
    summary(`第${version}稿　${chainOf(view.rules, view.state, paper).zh}`),
    ...(steps.length === 0 ? [] : [summary(...steps)]),
    ...(paper.number === null ? [] : [full(paper.number === '' ? '无文号' : `文号：${paper.number}`)]),
    ...(old === undefined ? [] : [open(`更正：${paperTitle(old)}`)]),
    ...(paper.frozen === null ? [] : [full(`内容散列：${paper.frozen.hash}`)]),
  ];
}

function sendingLines(view: View, sending: Sending): readonly Line[] {
  const { receipt } = sending;
  return [
    summary(
      sending.as === 'main' ? '主送 ' : '抄送 ',
      ...toParts(view, sending.to),
      `　${WAYS[sending.way]}　${clockText(sending.sentAt, view.now)}　`,
      person(view, sending.by),
    ),
    ...(receipt === null
      ? [summary('　未登记回执')]
      : [summary(`　回执 ${clockText(receipt.receivedAt, view.now)}`), ...quoted(view, '　签收', receipt.who)]),
  ];
}

/** 文稿: every paper with its number, where it stands and what is typed next. */
export function paperList(view: View): Message {
  const papers = papersInOrder(view.state);
  const lines = papers.flatMap((paper) => paperLines(view, paper));
  return message(view, '文稿清单', lines.length === 0 ? [open('还没有文稿'), open(`起草请回复：#${view.state.n} 首报`)] : lines);
}

/** Papers that still wait for somebody, or for a receipt. */
export function openPaperLines(view: View): readonly Line[] {
  return papersInOrder(view.state)
    .filter((paper) => paper.stage !== 'void' && (paper.stage !== 'sent' || unconfirmed(paper).length > 0))
    .flatMap((paper) => paperLines(view, paper));
}

function paperLines(view: View, paper: Paper): readonly Line[] {
  const waiting = unconfirmed(paper);
  const turn = paper.turns.at(-1);
  const owner = turn === undefined || turn.doneAt !== null ? [] : [summary('　承办：', person(view, turn.owner))];
  return [
    open(
      `${paperTitle(paper)}：${standsAt(view.rules, view.state, paper)}${termText(view, paper)}　${typedForPaper(view.rules, view.state, paper)}`,
    ),
    ...owner,
    ...waiting.map(({ to, sentAt }) => summary(`　${clockText(sentAt, view.now)} 报出，未登记回执：`, ...toParts(view, to))),
  ];
}

function termText(view: View, { id, turns }: Paper): string {
  const turn = turns.at(-1);
  const key = turn === undefined ? '' : stepKey(id, turn.seq);
  const due = deadlines(view.rules, view.state).find((row) => row.key === key && row.status === 'open')?.dueAt;
  if (due === undefined) return '';
  return view.now >= due ? `，已逾期，应于 ${clockText(due, view.now)}` : `，${clockText(due, view.now)} 前`;
}
