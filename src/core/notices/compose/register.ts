/** `composeRegister(view, intent) -> Message`: the words of every notice about an entry of the registers. */

import { basisText } from '../../plans/marks';
import { deadlines } from '../../register/deadlines';
import type { RegisterEvent } from '../../register/events';
import { isShort, type RegisterState } from '../../register/state';
import { kindOf } from '../../register/times';
import type { Intent } from '../intent';
import { full, type Line, type Message, open, summary } from '../message';
import { clockText, person, quoted, type View } from './view';

/** As the view of an incident, with the entry in its place. */
export type RegisterView = Omit<View, 'state'> & { readonly state: RegisterState };

/** The message now owed, or null when nobody is owed it any more. Pure. */
export function composeRegister(view: RegisterView, intent: Intent): Message | null {
  const event = intent.standing as RegisterEvent | undefined;
  switch (intent.purpose) {
    case 'act_noted':
      return event === undefined || event.type === 'DeadlinesRang' ? null : noted(view, event);
    case 'reminder':
    case 'strong_reminder':
    case 'sms':
    case 'voice':
    case 'escalation':
      return rung(view, intent);
    default:
      return null;
  }
}

type Act = Exclude<RegisterEvent, { type: 'DeadlinesRang' }>;

function noted(view: RegisterView, act: Act): Message {
  return message(view, HEADINGS[act.type], [summary('经办：', person(view, act.by)), ...actLines(view, act), ...entryLines(view)]);
}

const HEADINGS: Readonly<Record<Act['type'], string>> = {
  ItemEntered: '已登记',
  ItemChecked: '检查已登记',
  ItemChanged: '已变更',
  ItemClosed: '已销号',
};

function actLines(view: RegisterView, act: Act): readonly Line[] {
  if (act.type === 'ItemEntered') return [];
  if (act.type !== 'ItemChecked') return quoted(view, '理由', act.reason);
  return [
    open(act.inOrder ? '结果：正常' : '结果：有问题，须整改复查'),
    ...(act.short ? [open('数量低于最低要求')] : []),
    ...quoted(view, '情况', act.text),
  ];
}

/** What it is, whose it is, how much there is, and when it is looked at next. */
function entryLines(view: RegisterView): readonly Line[] {
  const { title, owner, amount, closed, n } = view.state;
  const due = view.state.reviews.at(-1)?.dueAt;
  return [
    ...quoted(view, '内容', title),
    summary('责任人：', person(view, owner)),
    ...(amount === null
      ? []
      : [full(`数量：${amount.value} ${amount.unit}${amount.minimum === null ? '' : `（最低 ${amount.minimum}）`}`)]),
    ...(closed !== null || due === undefined ? [] : [open(`下次检查：${clockText(due)} 前，检查后请回复：台账 ${n} 检查 情况`)]),
  ];
}

/** To the owner, and to those who are told that it went unheard; null when it was checked meanwhile. */
function rung(view: RegisterView, intent: Intent): Message | null {
  const [due] = deadlines(view.rules, view.state).filter((row) => row.status === 'open' && intent.keys.includes(row.key));
  if (due === undefined) return null;
  const { n, owner, title, amount } = view.state;
  const late = view.now >= due.dueAt;
  const heading = intent.purpose === 'reminder' ? (late ? '检查已逾期' : '检查将到期') : late ? '检查逾期报告' : '检查临期报告';
  const lines = [
    open('责任人：', person(view, owner)),
    open(`${late ? '应于' : '请于'} ${clockText(due.dueAt, view.now)} ${late ? '完成' : '前完成'}（时限依据：${basisText(due.basis)}）`),
    ...quoted(view, '内容', title),
    ...(isShort(amount, null) ? [open('数量低于最低要求')] : []),
    open(`检查后请回复：台账 ${n} 检查 情况`),
  ];
  return message(view, heading, lines, intent.leg === 'page' ? { mentions: [owner] } : {});
}

/** It bears no short code: `#3` is always an incident. */
function message({ rules, state }: RegisterView, heading: string, lines: readonly Line[], more: Partial<Message> = {}): Message {
  return {
    ref: null,
    heading: `台账第${state.n}项（${kindOf(rules, state.kind)?.zh ?? '其他'}）${heading}`,
    lines,
    mentions: [],
    buttons: [],
    ...more,
  };
}
