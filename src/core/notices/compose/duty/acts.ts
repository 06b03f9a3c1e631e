/** "Somebody did something" in the duty room: heading and lines for every act of a shift, from a table by its type. */
import type { DutyEvent, DutyEventOf, HandoverSheet } from '../../../duty/events';
import { full, type Line, open, summary } from '../../message';
import { clockText, people, person, quoted } from '../view';
import { countyNames, type DutyView, obligationLines, ownLines, seatLines, swapLines, untilText } from './view';

/** Everything a person did; what the clock does is no act. */
export type DutyAct = Exclude<
  DutyEvent,
  { type: 'DeskOpened' | 'RosterImported' | 'AllowanceNoted' | 'CalendarNoted' | 'DigestDue' | 'DeadlinesRang' }
>;

interface Words {
  readonly heading: string;
  readonly lines: readonly Line[];
}

type Acts = { readonly [T in DutyAct['type']]: (view: DutyView, event: DutyEventOf<T>) => Words };

/** Heading and lines of one act, without who did it. */
export function wordsOf(view: DutyView, act: DutyAct): Words {
  const words = ACTS[act.type] as (view: DutyView, event: DutyAct) => Words;
  return words(view, act);
}

const ACTS: Acts = {
  ShiftOpened: (view, { seats, until }) => ({
    heading: '已开班',
    lines: [...seatLines(view, seats), open(untilText(until, view.now)), open('到岗请回复：签到')],
  }),
  SignedIn: () => ({ heading: '已签到', lines: [] }),
  LogWritten: (view, { text, incident, corrects }) => ({
    heading: corrects === null ? '日志已登记' : `日志已登记，更正第 ${corrects} 条`,
    lines: [...(incident === null ? [] : [open(`事件 #${incident}`)]), ...quoted(view, '内容', text)],
  }),
  SwapProposed: (view, { swap }) => ({
    heading: '换班已提出，等对方答复',
    lines: [...swapLines(view, swap), ...quoted(view, '理由', swap.reason), open('撤回请回复：撤回换班')],
  }),
  SwapConsented: (view, { id, asked }) => ({
    heading: '对方同意换班，等批准',
    lines: [
      ...swapOf(view, id),
      open(
        '批准人：',
        ...people(
          view,
          asked.map((ask) => ask.person),
        ),
      ),
    ],
  }),
  SwapApproved: (view, { swap }) => ({ heading: '换班已批准，值班表已改', lines: swapLines(view, swap) }),
  SwapRefused: (view, { id, reason }) => ({
    heading: '换班未获同意，值班表不变',
    lines: [...swapOf(view, id), ...quoted(view, '理由', reason)],
  }),
  SwapWithdrawn: (view, { id }) => ({ heading: '换班已撤回', lines: swapOf(view, id) }),
  OnDutyStoodIn: (view, { absent, person: who, from, reason }) => ({
    heading: '顶班',
    lines: [
      open(person(view, who), ' 顶 ', person(view, absent), ` 的班，${clockText(from, view.now)} 起，值班表已改`),
      ...quoted(view, '理由', reason),
    ],
  }),
  HandoverPrepared: (view, { sheet }) => ({ heading: '交接班单', lines: [...sheetLines(view, sheet), open('核对后请回复：交班')] }),
  HandedOver: (view, { to }) => ({
    heading: '已交班，等接班人确认',
    lines: [open('接班人：', ...people(view, to)), open('接班请回复：接班；有疑问请回复：拒接班〔理由〕')],
  }),
  TakeOverRefused: (view, { reason }) => ({
    heading: '接班人未接班，原班继续值守',
    lines: [...quoted(view, '缺', reason), open('补齐后请重新输入：交接班单')],
  }),
  TakenOver: (view, { left }) => ({
    heading: `已接班，第${left.shift + 1}班开始`,
    lines: [
      ...seatLines(view, left.seats),
      open(untilText(left.until, view.now)),
      ...(view.state.sheet === null ? [] : obligationLines(view, view.state.sheet.obligations)),
      ...(left.special === null ? [] : [open('特殊时期继续，每日零报告')]),
    ],
  }),
  SpecialPeriodStarted: (view, { special: { title, until, desks } }) => ({
    heading: '进入特殊时期，每日零报告',
    lines: [
      ...quoted(view, '名称', title),
      open(until === null ? '至宣布结束为止' : untilText(until, view.now)),
      open(`各县区 ${timesOf(view, 'zero_report')} 前、本局 ${timesOf(view, 'zero_report_upward')} 前，没有情况也要报：零报告`),
      open(
        `应报单位：${countyNames(
          view,
          desks.map((desk) => desk.county),
        )}`,
      ),
    ],
  }),
  SpecialPeriodEnded: (view, { reason }) => ({ heading: '特殊时期结束，不再零报告', lines: quoted(view, '理由', reason) }),
  ZeroReported: zeroReported,
  RollCalled: (view, { asked }) => ({
    heading: '查岗',
    lines: [
      open(
        '应答人：',
        ...people(
          view,
          asked.map((ask) => ask.person),
        ),
      ),
    ],
  }),
  RollAnswered: () => ({ heading: '在岗，已应答', lines: [] }),
};

function swapOf(view: DutyView, id: string): readonly Line[] {
  const swap = view.state.swaps[id];
  return swap === undefined ? [] : swapLines(view, swap);
}

function timesOf({ rules }: DutyView, kind: string): string {
  return (rules.profile.duty.find((step) => step.id === kind)?.at_times ?? []).join('、');
}

/** The report of a county or of the office itself. */
function zeroReported(view: DutyView, { county, text, lateReason, silent }: DutyEventOf<'ZeroReported'>): Words {
  return {
    heading: county === null ? '本局零报告已登记' : `${countyNames(view, [county])}零报告已收到`,
    lines: [
      ...(text === null ? [full('情况：无')] : quoted(view, '情况', text)),
      ...quoted(view, '逾期原因', lateReason),
      ...(silent.length === 0 ? [] : [summary(`仍未报：${countyNames(view, silent)}`)]),
    ],
  };
}

/** The whole list both sides confirm. */
export function sheetLines(view: DutyView, sheet: HandoverSheet): readonly Line[] {
  const { to, until, obligations, own, documents, equipment, notes } = sheet;
  const item = (label: string, ref: HandoverSheet['notes']): readonly Line[] =>
    ref === null ? [open(`${label}：无`)] : quoted(view, label, ref);
  return [
    open('接班：'),
    ...seatLines(view, to),
    open(untilText(until, view.now)),
    ...obligationLines(view, obligations),
    ...ownLines(view, own),
    ...item('文件钥匙', documents),
    ...item('设备故障', equipment),
    ...item('其他', notes),
  ];
}
