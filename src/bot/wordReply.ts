/** The words of a reply, made when it is sent. */
import type { Refusal } from '../core/incident/refusal';
import { underWayLines } from '../core/notices/compose/duty/underWay';
import { type Button, instead, type Line, type Message, open, type Part, press, quote, summary } from '../core/notices/message';
import { nameOf, type Roster } from '../core/roster/roster';
import { ASKING_MINUTES, CODE_MINUTES, type ListedIncident, type Reply, type Shown } from './reply';
import { helpOf, verbOf } from './verbs/table';
import { type Worded, type Wording, wordLog, wordOnDuty, wordRegisters } from './wordDuty';
import { helped, wordHelpHere, wordHelpVerb } from './wordHelp';

/** Buttons on one card. */
const MOST_PICKS = 6;

/** Words a reply. Pure. */
export function wordReply(reply: Reply, wording: Wording): Message {
  const { roster } = wording;
  switch (reply.is) {
    case 'refusal':
      return say('未办理', [open(reply.zh), ...groundsLine(reply), ...whoMay(reply, roster)]);
    case 'confirm':
      return question(reply, roster);
    case 'choice':
      return {
        ...say(
          '请选择事件，回复序号',
          reply.incidents.flatMap((i, at) => listed(i, `${at + 1}. `)),
        ),
        buttons: picks(reply),
      };
    case 'list':
      return say('在办事件', reply.incidents.length === 0 ? [open('没有在办事件')] : reply.incidents.flatMap((i) => listed(i, '')));
    case 'overview':
      return say(`在办事件 ${reply.incidents.length} 起`, [
        ...reply.incidents.flatMap((one) => underWayLines(one, wording.now)),
        open(reply.incidents.length === 0 ? '没有在办事件' : '看一起事件请回复：#编号 状态'),
      ]);
    case 'unknown_verb':
      return say('没有看懂', [
        open('没有读出突发事件，也不是已知的指令。要上报请在前面写“报告”。'),
        ...(reply.line === undefined ? [] : [open('您是不是要输入：', quote(reply.line))]),
        ...reply.nearest.map((v) => helped(helpOf(v))),
        ...(reply.nearest.length === 0 ? [open('能输入什么，请回复：帮助')] : []),
      ]);
    case 'help':
      return say(
        '可以这样输入',
        reply.verbs.map((v) => helped(helpOf(v))),
      );
    case 'help_here':
      return say('您现在可以输入', wordHelpHere(reply));
    case 'help_verb':
      return say(verbOf(reply.verb)?.words[0] ?? '帮助', wordHelpVerb(reply));
    case 'on_duty':
      return shown(wordOnDuty(reply, wording));
    case 'duty_log':
      return shown(wordLog(reply, wording));
    case 'registers':
      return shown(wordRegisters(reply, wording));
    case 'asked':
      return asked(reply);
    case 'left':
      return say(
        reply.n === null ? '已取消' : `#${reply.n} 提问结束`,
        [open(reply.kept ? '已报的情况照常办理，缺的写“正在核实”，以后可以补充。' : '没有办理任何事项。')],
        reply.n === null ? null : `#${reply.n}`,
      );
    case 'limited':
      return say('消息太多，暂不办理', [
        open(
          reply.of === 'person'
            ? `您一分钟内发了 ${reply.most} 条以上，超出的已保存，不逐条办理。`
            : `本群一分钟内超过 ${reply.most} 条，超出的已保存，不逐条办理。`,
        ),
        open('请一分钟后再发。上报新事件、回复点名仍然受理；紧急情况请打电话。'),
      ]);
    case 'greeting':
      return say('您好，我是烽火值班机器人', [
        open('直接写情况即可上报：时间、地点、事由、人数、已采取的措施'),
        open('被点名时请', press('点按钮，或'), '回复：收到'),
        open('其他指令请回复：帮助'),
      ]);
    case 'stopped':
      return say('消息已拦截', [open('消息中有涉密标志，内容未保存、未转发。'), open('请立即撤回，并改用涉密渠道报送。')]);
    default:
      return reply satisfies never;
  }
}

/** `pick:<prompt>:<position>`: as many as one card holds; whoever means a later one types its position. */
function picks({ incidents, prompt }: Extract<Reply, { is: 'choice' }>): readonly Button[] {
  if (prompt === undefined) return [];
  return incidents.slice(0, MOST_PICKS).map(({ n }, at) => ({ key: `pick:${prompt}:${at + 1}`, text: `#${n}` }));
}

/** A reply that was stored by an older program has none. */
function groundsLine({ grounds }: Partial<Refusal>): readonly Line[] {
  return grounds === null || grounds === undefined ? [] : [open(`依据：${grounds.rule}（${grounds.source}）`)];
}

/** Who may do it and what they type; or what to type instead. */
function whoMay({ whom, hint }: Refusal, roster: Roster): readonly Line[] {
  if (whom.length === 0) return [open(hint === '' ? '能输入什么，请回复：帮助' : hint)];
  return [summary('可由', ...named(roster, whom), hint === '' ? '办理' : `回复：${hint}`)];
}

type Question = Extract<Reply, { is: 'confirm' }>;

/** Only an incident's question bears its short code. */
function question(reply: Question, roster: Roster): Message {
  const { n, of = 'incident' } = reply;
  if (of === 'incident') return say(`#${n} 请确认`, confirmLines(reply, roster, '，终止后转入后期处置'), `#${n}`);
  return say(`${of === 'duty' ? `第${n}班` : `台账第${n}项`} 请确认`, confirmLines(reply, roster, ''));
}

/** In a group the bot hears only what is addressed to it. */
function asked({ n, title, step, of, ask, optional, why }: Shown<'asked'>): Message {
  const count = of === 1 ? '' : `（第${step}问，共${of}问）`;
  return say(
    `${n === null ? '' : `#${n} `}${title}${count}`,
    [
      ...(why === null ? [] : [open(quote(why))]),
      open(ask),
      open(`请 @我 回复（${ASKING_MINUTES} 分钟内）；${optional ? '不清楚请回复：跳过 或 正在核实；' : ''}不办了请回复：取消`),
    ],
    n === null ? null : `#${n}`,
  );
}

function shown({ heading, lines }: Worded): Message {
  return say(heading, lines);
}

function confirmLines(reply: Question, roster: Roster, after: string): readonly Line[] {
  return [
    ...effectLines(reply),
    ...(reply.pages.length === 0 ? [] : [summary(`将点名 ${reply.pages.length} 人：`, ...named(roster, reply.pages))]),
    ...(reply.open.length === 0 ? [] : [summary(`尚有 ${reply.open.length} 项未办结${after}`), ...listedLine(reply)]),
    open(`如确定，请在 ${CODE_MINUTES} 分钟内回复：确认 ${reply.code}`),
  ];
}

/** What becomes of an incident names its level: rooms of pointers are told that it is what was just typed. */
function effectLines({ effect, of = 'incident' }: Question): readonly Line[] {
  return of === 'incident' ? [summary(effect), instead('您刚才输入的操作需要确认')] : [open(effect)];
}

/** What is still open, in words. */
function listedLine({ listed }: Question): readonly Line[] {
  return listed === undefined || listed.length === 0 ? [] : [summary(`未办结：${listed.join('、')}`)];
}

function say(heading: string, lines: readonly Line[], ref: string | null = null): Message {
  return { ref, heading, lines, mentions: [], buttons: [] };
}

function named(roster: Roster, ids: readonly string[]): readonly Part[] {
  return ids.flatMap((id, i): Part[] => [
    ...(i === 0 ? [] : [{ is: 'text' as const, text: '、' }]),
    { is: 'name', person: id, text: titled(roster, id) },
  ]);
}

function titled(roster: Roster, id: string): string {
  const post = roster.people.get(id)?.post;
  return post === undefined ? nameOf(roster, id) : `${nameOf(roster, id)}（${post}）`;
}

/** Number and county are for every room, the level is not. */
function listed({ n, county, level }: ListedIncident, before: string): readonly Line[] {
  return [open(`${before}#${n} ${county ?? '县区正在核实'}`), ...(level === null ? [] : [summary(`　${level}`)])];
}
