/** Verbs of the work itself: answers to calls, tasks, directives, calls made, what was done of what is owed. */
import type { IncidentCommand } from '../../core/incident/commands';
import { directivesInOrder, tasksInOrder } from '../../core/incident/numbered';
import { type Refusal, refuse } from '../../core/incident/refusal';
import { dueSaid } from '../../core/report/dueSaid';
import { around, momentIn } from '../arguments/moment';
import { allNamedAt, namedAt } from '../arguments/named';
import { numberAt } from '../arguments/number';
import { owedAt } from '../arguments/owed';
import { mentionedIn, personAt, type Someone } from '../arguments/person';
import { firstWord, trimmed } from '../arguments/spaces';
import { keepWords } from '../turn';
import { type Built, built, glued, reasoned, row, type Said, under, type VerbRow, worded } from './row';
import { alone, eachDirective, eachLeader, eachMember, eachMoved, eachOwed, eachOwner, eachParty, eachTask } from './samples';

const ASKED = { section: '应答', who: '被点名的本人', samples: alone };
const ACKNOWLEDGING = ['收到', '收悉', '明白', '已阅', '知悉', '已知悉', '好的收到', '收到了', '确认收到'];

export const WORK_VERBS: readonly VerbRow[] = under({ section: '处置' }, [
  {
    ...row(
      'acknowledge',
      ACKNOWLEDGING,
      '收到',
      '回复点名或任务，也可以点按钮',
      ({ call, via }) => built({ type: 'Acknowledge', call, via }),
      ASKED,
    ),
    ...{ usage: '收到', help: '收到　回复点名或任务，也可以点按钮' },
  },
  row('withdraw', ['撤回收到'], '撤回收到', '误按收到时撤回', () => built({ type: 'WithdrawAcknowledgement' }), ASKED),
  row(
    'cannot_come',
    ['无法到达', '无法到场', '不能到达', '来不了'],
    '无法到达〔原因〕',
    '不能到岗，随即通知替补',
    reasoned((reason) => ({ type: 'CannotCome', reason })),
    ASKED,
  ),
  glued(
    row('task', ['任务', '交办'], '任务〔@人〕〔内容〕〔时限〕', '交办任务，如：任务 @张三 清点库存 18:00前', giveTask, {
      who: '领导、值班人员、牵头科室、组长（本组）、属地局局长（本局）',
      samples: eachOwner,
    }),
    /^[@＠]/u,
  ),
  row('complete', ['完成', '办完'], '完成〔任务编号〕〔办理情况〕', '报告任务完成，有凭据写在“凭据：”后', complete, {
    who: '承办人、本组负责人、替补',
    samples: eachTask,
  }),
  row('return_task', ['退回任务', '退回'], '退回任务〔任务编号〕〔理由〕', '任务未办好，退回重办', returnTask, {
    who: '交办人、领导',
    samples: eachTask,
  }),
  glued(
    row('reassign', ['转派'], '转派〔任务编号〕〔@人〕〔理由〕', '任务改由他人承办，时限不变', reassign, {
      who: '交办人、领导、本组负责人',
      samples: eachMoved,
    }),
  ),
  row('check', ['验收'], '验收〔任务编号〕〔意见〕', '交办人认可任务已办好', check, { who: '交办人、领导', samples: eachTask }),
  glued(
    row('members', ['成员'], '成员〔加或减〕〔@人〕〔工作组或理由〕', '增减本次响应的成员', members, {
      who: '领导、值班人员、组长（本组）',
      samples: eachMember,
    }),
    /^[加减]/u,
  ),
  glued(
    row('directive', ['批示'], '批示〔领导〕〔原话〕〔@承办人〕〔时限〕', '登记领导批示并交办', directive, {
      who: '领导本人、值班员、应急办',
      samples: eachLeader,
    }),
  ),
  row('feedback', ['反馈'], '反馈〔批示编号〕〔办理情况〕', '反馈批示办理情况', feedback, { who: '承办人', samples: eachDirective }),
  row('phone', ['电话'], '电话〔单位〕〔通话人〕〔时间〕〔内容〕', '登记电话报告', phone, { who: '值班人员、工作组', samples: eachParty }),
  row('met', ['办结', '已办'], '办结〔事项〕〔时间〕', '登记已办的事项，如：办结 书面首报 22:40 收文：市政府', met, {
    who: '值班人员、承办人',
    samples: eachOwed,
  }),
  row('waive', ['不适用'], '不适用〔事项〕〔理由〕', '认定某项时限不适用', waive, { who: '带班领导、指挥人', samples: eachOwed }),
]);

function giveTask(said: Said): Built | Refusal {
  const { turn, rest, state } = said;
  const usage = `#${state.n} 任务〔@人〕〔内容〕〔时限〕`;
  const owner = mentionedIn(turn.roster, rest, usage) ?? personAt(turn.roster, rest, usage);
  if (owner.is === 'refusal') return owner;
  const dueAt = dueSaid(owner.rest, turn.heardAt);
  return worded(said, 'task', owner.rest, (what) => ({ type: 'GiveTask', owner: owner.person, what, dueAt }));
}

/** By number; without one the only open task of this person. Refuses `which_number`, `no_such_task`. */
function complete(said: Said): Built | Refusal {
  const { state, turn, rest } = said;
  const tasks = tasksInOrder(state);
  const own = tasks.filter((task) => task.owner === turn.person && task.doneAt === null);
  const meant = oneOf(tasks, own, rest, 'no_such_task', `#${state.n} 完成〔任务编号〕〔办理情况〕`);
  if (meant.is === 'refusal') return meant;
  const evidence = /凭据\s*[:：]\s*(.+)$/su.exec(meant.rest)?.[1];
  const kept = evidence === undefined ? null : keepWords(turn, 'evidence', evidence);
  const made = worded<IncidentCommand>(said, 'task_report', meant.rest, (text) => ({
    type: 'CompleteTask',
    task: meant.found.id,
    text,
    evidence: kept === null ? [] : [kept.ref.id],
  }));
  return kept === null ? made : { ...made, texts: [...made.texts, kept.text] };
}

function returnTask(said: Said): Built | Refusal {
  const { state, rest } = said;
  const tasks = tasksInOrder(state);
  const done = tasks.filter((task) => task.doneAt !== null);
  const meant = oneOf(tasks, done, rest, 'no_such_task', `#${state.n} 退回任务〔任务编号〕〔理由〕`);
  if (meant.is === 'refusal') return meant;
  return worded(said, 'reason', meant.rest, (reason) => ({ type: 'ReturnTask', task: meant.found.id, reason }));
}

/** By number; without one the only open task. The new owner is @-ed or named after it. */
function reassign(said: Said): Built | Refusal {
  const { state, turn, rest } = said;
  const usage = `#${state.n} 转派〔任务编号〕〔@人〕〔理由〕`;
  const tasks = tasksInOrder(state);
  const open = tasks.filter((task) => task.doneAt === null);
  const meant = oneOf(tasks, open, rest, 'no_such_task', usage);
  if (meant.is === 'refusal') return meant;
  const owner = mentionedIn(turn.roster, meant.rest, usage) ?? personAt(turn.roster, meant.rest, usage);
  if (owner.is === 'refusal') return owner;
  return worded(said, 'reason', owner.rest, (reason) => ({ type: 'ReassignTask', task: meant.found.id, owner: owner.person, reason }));
}

function check(said: Said): Built | Refusal {
  const tasks = tasksInOrder(said.state);
  const done = tasks.filter((task) => task.doneAt !== null && (task.checkedAt ?? null) === null);
  const meant = oneOf(tasks, done, said.rest, 'no_such_task', `#${said.state.n} 验收〔任务编号〕`);
  if (meant.is === 'refusal') return meant;
  return worded(said, 'check', meant.rest, (text) => ({ type: 'CheckTask', task: meant.found.id, text }));
}

/** 成员 加 @人 工作组, 成员 减 @人 理由. */
function members(said: Said): Built | Refusal {
  const { state, turn, rest, rules } = said;
  const usage = `#${state.n} 成员 加 @人〔工作组〕，或 #${state.n} 成员 减 @人〔理由〕`;
  const way = /^(?:增?加|减少?|去掉|移除)/u.exec(rest)?.[0];
  if (way === undefined) return refuse('argument_missing', '请写明是加还是减、是谁。', usage);
  const named = trimmed(rest.slice(way.length));
  const someone = mentionedIn(turn.roster, named, usage) ?? personAt(turn.roster, named, usage);
  if (someone.is === 'refusal') return someone;
  const { person } = someone;
  if (!way.endsWith('加')) return worded(said, 'reason', someone.rest, (reason) => ({ type: 'RemoveMember', person, reason }));
  const group = namedAt([...rules.pack.groups, ...rules.pack.functions], someone.rest);
  return built({ type: 'AddMember', person, group: group?.found.id ?? null });
}

/** The leader is named first, or is the one who writes; who is to answer is @-ed. */
function directive(said: Said): Built | Refusal {
  const { turn, rest, state } = said;
  const usage = `#${state.n} 批示〔领导〕〔原话〕〔@承办人〕〔时限〕`;
  const named = personAt(turn.roster, rest, usage);
  const leader: Someone | null =
    named.is === 'someone' ? named : turn.person === null ? null : { is: 'someone', person: turn.person, rest };
  if (leader === null) return named.is === 'refusal' ? named : refuse('which_person', '没有读出是谁的批示。', usage);
  const assignee = mentionedIn(turn.roster, leader.rest, usage);
  if (assignee?.is === 'refusal') return assignee;
  const words = assignee?.rest ?? leader.rest;
  return worded(said, 'directive', QUOTED.exec(words)?.[1] ?? words, (ref) => ({
    type: 'ReceiveDirective',
    leader: leader.person,
    words: ref,
    assignee: assignee?.person ?? null,
    receivedAt: turn.heardAt,
    dueAt: dueSaid(words, turn.heardAt),
  }));
}

/** Words between quotation marks are the directive itself, what stands beside them is its term. */
const QUOTED = /[“"「](.+)[”"」]/su;

function feedback(said: Said): Built | Refusal {
  const { state, rest } = said;
  const all = directivesInOrder(state);
  const open = all.filter((one) => one.answeredAt === null);
  const meant = oneOf(all, open, rest, 'no_such_directive', `#${state.n} 反馈〔批示编号〕〔办理情况〕`);
  if (meant.is === 'refusal') return meant;
  return worded(said, 'feedback', meant.rest, (text) => ({ type: 'AnswerDirective', id: meant.found.id, text }));
}

/** The entry whose number is typed, else the only likely one. */
function oneOf<T>(all: readonly T[], likely: readonly T[], rest: string, none: string, usage: string) {
  const numbered = numberAt(all, rest);
  if (numbered !== null) return { is: 'one' as const, ...numbered };
  const [only] = likely;
  if (only !== undefined && likely.length === 1) return { is: 'one' as const, found: only, rest };
  return likely.length > 1
    ? refuse('which_number', `有 ${likely.length} 项，请写明编号。`, usage)
    : refuse(none, '没有这个编号，也没有可以办理的一项。', usage);
}

/** Unit and who was spoken to stand before the moment, the words behind it; without a moment it was just now. */
function phone(said: Said): Built {
  const { turn, rules, rest } = said;
  const moment = momentIn(rest, turn.heardAt);
  const party = namedAt(rules.pack.parties, rest);
  const head = party?.rest ?? rest;
  const person = personAt(turn.roster, head, '');
  const split = moment === null ? firstWord(head) : headAndWords(head, turn.heardAt);
  const who = split.word === '' ? null : keepWords(turn, 'spoke_with', split.word);
  const words = split.rest === '' ? null : keepWords(turn, 'phone', split.rest);
  return built(
    {
      type: 'LogPhone',
      party: party?.found.id ?? null,
      spokeWith: who?.ref ?? null,
      ...(person.is === 'someone' ? { person: person.person } : {}),
      calledAt: moment?.at ?? turn.heardAt,
      words: words?.ref ?? null,
    },
    [who, words].flatMap((kept) => (kept === null ? [] : [kept.text])),
  );
}

function headAndWords(head: string, now: number): { readonly word: string; readonly rest: string } {
  const moment = momentIn(head, now);
  return { word: trimmed(moment?.before ?? ''), rest: moment?.behind ?? '' };
}

/** 办结 事项 时间 收文：单位、单位 逾期原因：……; without a moment it was just now. */
function met(said: Said): Built | Refusal {
  const { turn, rules, rest } = said;
  const owed = owedAt(said, rest, '办结〔事项〕〔时间〕');
  if (owed.is === 'refusal') return owed;
  const [before = '', late] = owed.rest.split(/逾期原因\s*[:：]?\s*/u);
  const sent = /收文\s*[:：]?\s*/u.exec(before);
  const parties = sent === null ? { found: [], rest: '' } : allNamedAt(rules.pack.parties, before.slice(sent.index + sent[0].length));
  const words = sent === null ? before : `${before.slice(0, sent.index)} ${parties.rest}`;
  const moment = momentIn(words, turn.heardAt);
  const note = around(moment, trimmed(words));
  const kept = note === '' ? null : keepWords(turn, 'obligation', note);
  const why = late === undefined || late.trim() === '' ? null : keepWords(turn, 'late_reason', late.trim());
  return built(
    {
      type: 'MeetObligation',
      key: owed.key,
      lines: parties.found.map((party) => party.id),
      doneAt: moment?.at ?? turn.heardAt,
      text: kept?.ref ?? null,
      lateReason: why?.ref ?? null,
    },
    [kept, why].flatMap((one) => (one === null ? [] : [one.text])),
  );
}

function waive(said: Said): Built | Refusal {
  const owed = owedAt(said, said.rest, '不适用〔事项〕〔理由〕');
  if (owed.is === 'refusal') return owed;
  return worded(said, 'reason', owed.rest, (reason) => ({ type: 'WaiveObligation', key: owed.key, reason }));
}
