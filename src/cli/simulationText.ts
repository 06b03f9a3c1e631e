/** A simulation for reading, minute by minute, and as one object a line. */
import { DAY, type Instant, localMinute, MINUTE, minuteOfDay } from '../core/instant';
import { kindZh, levelOf } from '../core/plans/rulebook';
import { nameOf } from '../core/roster/roster';
import type { Channel, Item, Line, What } from '../core/simulate/line';
import type { Question, Simulated } from '../core/simulate/simulate';
import { REPORTED_AT, type Story } from '../core/simulate/story';
import { titleOf } from '../core/simulate/titles';

const STORY_ZH: Readonly<Record<Story, string>> = {
  activated: '09:30 接报，09:50 研判定级，10:00 启动；此前各项按时办结，此后一直无人回复',
  unanswered_report: '09:30 接报；此后一直无人回复',
  unanswered_decision: '09:30 接报，09:50 研判定级；此前各项按时办结，此后一直无人决定是否启动（只列这一项）',
};

const WHAT_ZH: Readonly<Record<What, string>> = {
  echo: '回执和事件编号',
  told: '告知',
  asked: '请回复',
  asked_instead: '请代为回复，重新计时',
  reminded: '催办',
  called: '催办',
  escalated: '逾期上报',
  dial_list: '逐人电话名单（号码遮盖）',
  stand_in_offered: '可登记代行',
  notice: '启动通知',
  summary: '启动摘要',
  digest: '在办事件摘报',
  noted: '知会',
  not_started: '未起算',
};

const CHANNEL_ZH: Readonly<Record<Channel, string>> = {
  mention: '群内点名',
  private: '私信',
  post: '群内发布',
  strong_reminder: '强提醒',
  sms: '短信',
  voice: '语音电话',
};

const OCCASION_ZH: Readonly<Record<string, string>> = { reported: '接报', activated: '启动', digest: '每日定时' };

/** The whole simulation, one heading a minute. */
export function simulationText(question: Question, answer: Simulated): string {
  const { pack, profile } = question.rules;
  const level = levelOf(question.rules, question.rank)?.zh ?? pack.ungraded.zh;
  const head = [
    `${pack.title}　${level}　时限档案：${profile.title}`,
    `${STORY_ZH[question.story]}。以下为此后 ${question.minutes / 60} 小时，第 0 分钟为 ${clockOf(answer, answer.from)}。`,
    ...(answer.vacant.length === 0 ? [] : [`通讯录中空缺，以岗位名代替：${answer.vacant.join('、')}`]),
  ];
  const minutes = [...new Set(answer.lines.map(({ at }) => at))];
  const body = minutes.flatMap((at) => [
    `\n第 ${minuteOf(answer, at)} 分钟　${clockOf(answer, at)}`,
    ...answer.lines.filter((line) => line.at === at).map((line) => `  ${lineText(question, answer, line)}`),
  ]);
  return `${[...head, ...body].join('\n')}\n`;
}

/** One object a line: minute, day, clock, channel, room, people with name and role, skipped, items. */
export function simulationJson(question: Question, answer: Simulated): string {
  return answer.lines.map((line) => `${JSON.stringify(plain(question, answer, line))}\n`).join('');
}

function plain({ rules }: Question, answer: Simulated, { at, channel, room, people, items, skipped }: Line) {
  const { roster } = answer;
  return {
    minute: minuteOf(answer, at),
    day: dayOf(answer, at),
    clock: timeOf(at),
    channel,
    room: room === null ? null : { id: room, name: roster.rooms.get(room)?.name ?? room },
    people: people.map((id) => ({ id, name: nameOf(roster, id), role: titleOf(rules, roster, id) })),
    skipped,
    items: items.map(({ due, ...rest }) => ({ ...rest, due: due === null ? null : minuteOf(answer, due) })),
  };
}

function lineText({ rules }: Question, answer: Simulated, line: Line): string {
  const { roster } = answer;
  const people = line.people.map((id) => `${titleOf(rules, roster, id)} ${nameOf(roster, id)}`).join('、');
  const room = line.room === null ? '' : (roster.rooms.get(line.room)?.name ?? line.room);
  const to = [room, people].filter((text) => text !== '').join(' @ ');
  const how = line.channel === null ? '' : `${CHANNEL_ZH[line.channel]}${line.skipped ? '（未配置，略过）' : ''}　${to}：`;
  return `${how}${line.items.map((item) => itemText(rules, answer, item)).join('；')}`;
}

function itemText(rules: Question['rules'], answer: Simulated, { what, about, due, percent, turn }: Item): string {
  const zh = rules.profile.steps.some(({ id }) => id === about) ? kindZh(rules, about) : OCCASION_ZH[about];
  const notes = [
    ...(percent === null ? [] : [turn === null ? `时限已过 ${percent}%` : `第 ${turn.no} 次，共 ${turn.of} 次`]),
    ...(due === null ? [] : [`限 ${clockOf(answer, due)}`]),
  ];
  return `${zh === undefined ? '' : `${zh}，`}${WHAT_ZH[what]}${notes.length === 0 ? '' : `（${notes.join('，')}）`}`;
}

function minuteOf({ from }: Simulated, at: Instant): number {
  return (at - from) / MINUTE;
}

/** Day 1 is the day of the report. */
function dayOf({ receivedAt }: Simulated, at: Instant): number {
  return 1 + Math.floor((at - receivedAt + minuteOfDay(REPORTED_AT) * MINUTE) / DAY);
}

function clockOf(answer: Simulated, at: Instant): string {
  return `第 ${dayOf(answer, at)} 日 ${timeOf(at)}`;
}

function timeOf(at: Instant): string {
  const seconds = Math.floor((at % MINUTE) / 1000);
  return `${localMinute(at).slice(11)}${seconds === 0 ? '' : `:${String(seconds).padStart(2, '0')}`}`;
}
