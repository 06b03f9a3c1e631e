/** What the bot asks, one question after the other, where a verb stands alone that needs more: as data, a row a question. */
import type { Refusal } from '../../core/incident/refusal';
import { personAt } from '../arguments/person';
import type { Turn } from '../turn';

export interface Step {
  readonly ask: string;
  /** May be left out. */
  readonly optional: boolean;
  /** What the one-line form writes in front of it. */
  readonly label: string;
  /** Says at once what is wrong with an answer. */
  readonly check: (turn: Turn, answer: string) => Refusal | null;
}

const anything = (): null => null;

function step(ask: string, more: Partial<Step> = {}): Step {
  return { ask, optional: false, label: '', check: anything, ...more };
}

const PERSON = { check: (turn: Turn, answer: string) => refusalOf(personAt(turn.roster, answer, '请写姓名或 @本人')) };

function refusalOf(found: { readonly is: string } | Refusal): Refusal | null {
  return found.is === 'refusal' ? (found as Refusal) : null;
}

/** By verb; the answers in order, each behind its label, are what would have been typed behind the verb. */
export const DIALOGUES: Readonly<Record<string, readonly Step[]>> = {
  progress: [step('处置进展怎样？')],
  supplement: [step('补充什么情况？')],
  correct: [step('哪一项有误，正确的是什么？')],
  figures: [step('最新数字是多少？如：聚集80人，受伤3人，涉及金额20万元')],
  task: [step('交给谁办？请写姓名或 @本人', PERSON), step('办什么？'), step('什么时候前办好？如：18:00前、2小时内', { optional: true })],
  complete: [
    step('办理情况怎样？您有几项任务的，先写任务编号'),
    step('凭据在哪里？如：照片三张、检查记录', { optional: true, label: '凭据：' }),
  ],
  phone: [step('与哪个单位、哪一位通话？'), step('几点通的话？', { optional: true }), step('说了什么，对方怎么答复？')],
  directive: [
    step('哪位领导的批示？请写姓名', PERSON),
    step('原话是什么？'),
    step('交谁办理？请写 @姓名', { ...PERSON, optional: true, label: '@' }),
    step('什么时候前反馈？如：明天12:00前', { optional: true }),
  ],
};

/** 跳过, 正在核实 and the like. */
export const SKIPS = /^(?:跳过|略过?|下一[个题问]|没有?|无|不清楚|不知道|不详|不明|正在核实|待核实|核实中|还在核实|不限|不用)$/u;
/** 取消 and the like. */
export const LEAVES = /^(?:取消|退出|不办了|不报了|算了|停止|结束提问|结束)$/u;
