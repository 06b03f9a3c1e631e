/** Words around a report: the echo, the first mention, the leader's message, answers to 收到 and 进展. */
import { deadlines } from '../../deadlines/deadlines';
import type { SiteStep } from '../../incident/events';
import { entryOf, hasEnded, openAsks, rankOf } from '../../incident/state';
import { levelOf } from '../../plans/rulebook';
import type { Intent } from '../intent';
import { type Button, full, type Line, type Message, open, type Part, press, summary, text } from '../message';
import { sayButton } from './buttons';
import { fieldLines, likeLines, reportLine, sourceLines, suggestionLines } from './facts';
import { dutyPosts } from './posts';
import { clockText, countyText, levelText, message, people, person, said, type View } from './view';

/** Echo card: what was understood, with the words it came from, what is proposed and what can be typed next. */
export function echo(view: View, intent: Intent): Message {
  const { state } = view;
  const supplemented = entryOf(state.supplements, intent.version);
  const heading = intent.version === 1 ? '已接报' : supplemented?.how === 'correction' ? '已更正' : '已补充';
  const lines = [
    ...(state.unverified ? [open('未核实：报告人没有值班或工作组身份')] : []),
    ...sourceLines(view),
    ...likeLines(view),
    ...suggestionLines(view),
    ...fieldLines(view),
    ...priorHandlingLine(view),
    ...dutyPosts(view),
    ...nextSteps(view),
  ];
  return message(view, heading, lines, { buttons: hasEnded(state) ? [] : afterReading(state), cardHeading: `#${state.n} 请核对识别结果` });
}

/** The reading is right, is to be put right, or the matter is none. */
function afterReading({ n, activated }: View['state']): readonly Button[] {
  const reading = [sayButton(n, 'check_reading', '核对无误'), sayButton(n, 'correct', '更正')];
  return activated === null ? [...reading, sayButton(n, 'dismiss', '不列入')] : reading;
}

function priorHandlingLine(view: View) {
  const handling = Object.values(view.state.asks).filter((a) => a.kind === 'prior_handling');
  return handling.length === 0
    ? []
    : [
        summary(
          '已通知属地先期处置：',
          ...people(
            view,
            handling.map((a) => a.person),
          ),
        ),
      ];
}

/** The level proposed is not for every room, so the hint that names it is a line of its own. */
function nextSteps(view: View): readonly Line[] {
  const { rules, state } = view;
  const suggested = levelOf(rules, state.suggestion.rank);
  const grade = suggested === null ? '定级〔级别〕' : `定级 ${suggested.sign}`;
  return [
    open(`有出入请回复：#${state.n} 更正〔内容〕；补充请回复：#${state.n} 补充〔内容〕`),
    ...(state.levels.length === 0 ? [summary(`有权人员请回复：#${state.n} ${grade}`)] : []),
    ...regrade(view),
  ];
}

/** New figures that point to another level than the one in force. */
export function regrade(view: View): readonly Line[] {
  const { rules, state } = view;
  const suggested = levelOf(rules, state.suggestion.rank);
  const now = rankOf(state);
  if (suggested === null || now === null || suggested.rank === now) return [];
  return [summary(`现级别：${levelText(view)}，与建议不同；有权人员可回复：#${state.n} 调级 ${suggested.sign}〔理由〕`)];
}

/** The duty room learns of a report made elsewhere, or of new facts. */
export function reportKnown(view: View, intent: Intent): Message {
  const added = intent.version === 1 ? undefined : entryOf(view.state.supplements, intent.version);
  return message(view, added === undefined ? '接到报告' : '情况补充', [
    ...sourceLines(view),
    summary(`县区：${countyText(view) ?? '正在核实'}`),
    reportLine(view),
    ...likeLines(view),
    ...(added === undefined ? [] : [full('补充：“', said(view, added.text), '”')]),
    ...released(view, intent),
    ...(added === undefined ? dutyPosts(view) : []),
    ...suggestionLines(view),
    ...regrade(view),
  ]);
}

/** In the room of a county that turned out to be the wrong one. */
function released({ state }: View, { to, version }: Intent): readonly Line[] {
  const at = state.supplements.find((s) => s.version === version)?.at;
  const here = Object.values(state.asks).some((a) => 'room' in to && a.room === to.room && at !== undefined && a.stoodDownAt === at);
  return here ? [open('此处的先期处置任务已解除')] : [];
}

/** In a room only a press or an @ reaches the bot; in a private chat every word does. */
export function howToAnswer(n: number, to: Intent['to']): readonly Part[] {
  const typed = 'person' in to ? '回复：收到' : ` @我 回复：#${n} 收到（未 @ 的回复收不到）`;
  return [text('请'), press('点按钮，或'), text(typed)];
}

/** Private message to the on-duty leader as soon as a report is in. */
export function leaderTold(view: View): Message {
  const { state } = view;
  return message(view, '新事件报告', [
    open(`接报时间：${clockText(state.receivedAt, view.now)}`),
    ...(state.reportedBy === null ? [] : [summary('报告人：', person(view, state.reportedBy))]),
    ...(state.unverified ? [open('未核实')] : []),
    ...sourceLines(view),
    summary(`县区：${countyText(view) ?? '正在核实'}`),
    reportLine(view),
    ...suggestionLines(view),
    ...assessLine(view),
  ]);
}

function assessLine(view: View) {
  const due = deadlines(view.rules, view.state).find((d) => d.key === 'assess' && d.status === 'open');
  return due === undefined ? [] : [open(`请于 ${clockText(due.dueAt, view.now)} 前组织定级`)];
}

/** Answer to a 收到: recorded, and how many are still awaited. */
export function ackNoted(view: View, intent: Intent): Message {
  const { state } = view;
  const mine = Object.values(state.asks).filter((a) => intent.people.includes(a.person) && a.answer === 'acknowledged');
  const waiting = openAsks(state).filter((a) => a.kind === mine.at(-1)?.kind);
  const tail = waiting.length === 0 ? '本轮已全部回复' : `还有 ${waiting.length} 人未回复`;
  return message(
    view,
    '已记录',
    [open(...people(view, intent.people), `：收到。${tail}`), open(`有进展请回复：#${state.n} 进展〔内容〕`)],
    { pressed: '已收到' },
  );
}

const STEP_ZH: Readonly<Record<SiteStep, string>> = { departed: '已出发', arrived: '已到达现场', scene: '现场情况' };

/** 进展 told to the rooms that follow the incident, and confirmed to who reported it. */
export function progressNoted(view: View, intent: Intent): Message | null {
  const last = intent.progress ?? entryOf(view.state.progress, intent.version);
  if (last === undefined) return null;
  return message(view, last.step === undefined ? '处置进展' : STEP_ZH[last.step], [
    open(`${clockText(last.at, view.now)} `, person(view, last.by)),
    full('内容：“', said(view, last.text), '”'),
    ...(levelText(view) === null ? [] : [summary(`当前级别：${levelText(view)}`)]),
  ]);
}
