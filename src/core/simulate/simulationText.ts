/** A simulation for reading, minute by minute, and as one object a line. */
import { DAY, type Instant, localMinute, MINUTE, minuteOfDay } from '../instant';
import { startText } from '../plans/planWords';
import { kindZh, levelOf, TASK_DONE } from '../plans/rulebook';
import { nameOf } from '../roster/roster';
import type { Channel, Item, Line, What } from './line';
import type { Question, Simulated } from './simulate';
import { REPORTED_AT, type Story } from './story';
import { titleOf } from './titles';

/** `assessed`: what precedes the decision, 定级 or 研判. */
const STORY_ZH: Readonly<Record<Story, (assessed: string) => string>> = {
  activated: (assessed) => `09:30 接报，09:50 ${assessed}，10:00 启动；此前各项按时办结，此后一直无人回复`,
  unanswered_report: () => '09:30 接报；此后一直无人回复',
  unanswered_decision: (assessed) => `09:30 接报，09:50 ${assessed}；此前各项按时办结，此后一直无人决定是否启动（只列这一项）`,
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

const OCCASION_ZH: Readonly<Record<string, string>> = { reported: '接报' };

/** The whole simulation, one heading a minute. */
export function simulationText(question: Question, answer: Simulated): string {
  const { pack, profile } = question.rules;
  const level = levelOf(question.rules, question.rank)?.zh ?? pack.ungraded.zh;
  const head = [
    `${pack.title}　${level}　时限档案：${profile.title}`,
    `${STORY_ZH[question.story](startText(pack.level_scheme === 'none' ? 'assessed' : 'level_set'))}。以下为此后 ${question.minutes / 60} 小时，第 0 分钟为 ${clockOf(answer, answer.from)}。`,
    ...(answer.vacant.length === 0 ? [] : [vacantText(answer)]),
  ];
  const minutes = [...new Set(answer.lines.map(({ at }) => at))];
  const body = minutes.flatMap((at) => [
    `\n第 ${minuteOf(answer, at)} 分钟　${clockOf(answer, at)}`,
    ...joined(answer.lines.filter((line) => line.at === at)).map((line) => `  ${lineText(question, answer, line)}`),
  ]);
  return `${[...head, ...body].join('\n')}\n`;
}

/** One object a line: minute, day, clock, channel, room, people with name and role, skipped, items. */
export function simulationJson(question: Question, answer: Simulated): string {
  return answer.lines.map((line) => `${JSON.stringify(plain(question, answer, line))}\n`).join('');
}

/** The lines as a page draws them: as in `simulationJson`, with each line in words. */
export function simulationRows(question: Question, answer: Simulated) {
  return answer.lines.map((line) => ({
    ...plain(question, answer, line),
    text: line.items.map((item) => itemText(question.rules, answer, item)).join('；'),
    way: line.channel === null ? '' : CHANNEL_ZH[line.channel],
  }));
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

/** Seats nobody of the directory fills. */
export function vacantText({ vacant }: Simulated): string {
  return `通讯录中空缺，以岗位名代替：${vacant.join('、')}`;
}

interface Joined extends Line {
  readonly channels: readonly Channel[];
}

/** Steps skipped for the same people are read as one. */
function joined(lines: readonly Line[]): readonly Joined[] {
  const found = new Map<string, Joined>();
  for (const [i, line] of lines.entries()) {
    const key = line.skipped ? JSON.stringify([line.people, line.items]) : String(i);
    const channels = [...(found.get(key)?.channels ?? []), ...(line.channel === null ? [] : [line.channel])];
    found.set(key, { ...line, channels });
  }
  return [...found.values()];
}

function lineText({ rules }: Question, answer: Simulated, line: Joined): string {
  const items = line.items.map((item) => itemText(rules, answer, item)).join('；');
  if (line.channels.length === 0) return items;
  const { roster } = answer;
  const room = line.room === null ? [] : [roster.rooms.get(line.room)?.name ?? line.room];
  const people = line.people.map((id) => personText(rules, answer, id)).join('、');
  const to = [...room, ...(people === '' ? [] : [people])].join(' @ ');
  return `${line.channels.map((one) => CHANNEL_ZH[one]).join('、')}${line.skipped ? '（未配置，略过）' : ''}　${to}：${items}`;
}

/** A stand-by in a vacant seat bears the seat's title in the place of a name. */
function personText(rules: Question['rules'], { roster }: Simulated, id: string): string {
  const [title, name] = [titleOf(rules, roster, id), nameOf(roster, id)];
  return name === `（${title}）` ? name : `${title} ${name}`;
}

function itemText(rules: Question['rules'], answer: Simulated, item: Item): string {
  const { what, about, ask, due, percent, turn } = item;
  const isStep = about === TASK_DONE || rules.profile.steps.some(({ id }) => id === about);
  const zh = ask === 'prior_handling' ? '先期处置' : isStep ? kindZh(rules, about) : OCCASION_ZH[about];
  const notes = [
    ...(what === 'not_started' ? [notYet(rules, about)] : []),
    ...(percent === null ? [] : [turn === null ? `时限已过 ${percent}%` : `第 ${turn.no} 次，共 ${turn.of} 次`]),
    ...(due === null ? [] : [`限 ${clockOf(answer, due)}`]),
  ];
  return `${zh === undefined ? '' : `${zh}，`}${whatText(item)}${notes.length === 0 ? '' : `（${notes.join('，')}）`}`;
}

/** Who was not asked by name for an answer is asked to decide. */
function whatText({ what, ask }: Item): string {
  return ask === null && (what === 'asked' || what === 'asked_instead') ? WHAT_ZH[what].replace('回复', '决定') : WHAT_ZH[what];
}

/** Which act the time of a step waits for. */
function notYet({ pack, profile }: Question['rules'], about: string): string {
  const step = profile.steps.find(({ id }) => id === about);
  const start = pack.level_scheme === 'none' ? (step?.starts_level_free ?? step?.starts) : step?.starts;
  return start === undefined ? '' : `自${startText(start)}起算`;
}

/** To a hundredth of a minute. */
function minuteOf({ from }: Simulated, at: Instant): number {
  return Math.round(((at - from) * 100) / MINUTE) / 100;
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
