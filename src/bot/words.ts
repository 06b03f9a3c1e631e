/** What is no command by itself: words of noting, politeness, reports without a verb, and words that nobody understands. */
import { type Refusal, refuse } from '../core/incident/refusal';
import { readKind } from '../core/report/read';
import type { InboxOutcome } from '../ports/inbox';
import { isAskedHere } from './choose';
import { reported } from './dialogues/followUp';
import { actOnShift, wordForShift } from './dutyRoom';
import { onIncident } from './onChosen';
import type { Shown } from './reply';
import { answer, type Turn } from './turn';
import { type AnswerKind, answerKind } from './verbs/answers';
import { nearestVerbs } from './verbs/nearest';
import type { Parsed } from './verbs/parse';

/**
 * Words with a verb of noting. 收到 and then a new matter in one breath: the matter is not dropped. What only holds the word, but asks,
 * declines or wants others to answer, closes nothing and says what to type. To what the duty room asked it is 签到 or 在岗.
 */
export async function acknowledge(turn: Turn, { rest, body }: Parsed, n: number | null): Promise<InboxOutcome> {
  const isReport = rest.length >= LEAST_REPORT && readKind(rest) === 'report';
  if (isReport && n === null) return reported(turn, rest);
  const kind = answerKind(body);
  return kind === 'asks' || kind === 'declines' || kind === 'calls' ? answer(turn, noAnswer(kind, n)) : noted(turn, n);
}

async function noted(turn: Turn, n: number | null): Promise<InboxOutcome> {
  const verb = n === null ? await wordForShift(turn) : null;
  return verb === null ? onIncident(turn, 'acknowledge', '', n) : actOnShift(turn, verb, '');
}

/** Fewer characters than this behind a 收到 are politeness. */
const LEAST_REPORT = 10;

/**
 * Free text is a report when it reads like one; about a numbered or quoted incident it never opens another one. Mere politeness
 * needs no answer, unless this person is asked here: then it is one. Otherwise the nearest verbs are named.
 */
export async function freeText(turn: Turn, text: string, parsed: Parsed, n: number | null): Promise<InboxOutcome> {
  const { rest, doubt } = parsed;
  const answered = doubt?.verb === 'acknowledge' && doubt.rest === '' ? 'agreed' : answerKind(rest);
  if (answered === 'taken') return noted(turn, n);
  if (answered === 'agreed') return n !== null || (await isAsked(turn)) ? noted(turn, n) : POLITE;
  const kind = readKind(rest);
  if (kind === 'report' && n === null && doubt === undefined) return reported(turn, text.trim());
  if (answered === 'polite') return POLITE;
  if (answered !== null) return answer(turn, noAnswer(answered, n));
  if (kind === 'ack') return POLITE;
  const guess = notUnderstood(rest, doubt, n);
  if (n !== null && guess.nearest.length === 0)
    return answer(turn, refuse('verb_needed', `关于事件 #${n}，请写明要做什么。`, `#${n} 进展〔内容〕，或 #${n} 补充〔内容〕`));
  return answer(turn, guess);
}

/** By an incident, or by the duty room. */
async function isAsked(turn: Turn): Promise<boolean> {
  return (await isAskedHere(turn)) || (await wordForShift(turn)) !== null;
}

const POLITE: InboxOutcome = { state: 'handled', outcome: 'ignored:politeness' };

/** The line put right where a verb was misheard; else the nearest verbs. */
function notUnderstood(rest: string, doubt: Parsed['doubt'], n: number | null): Shown<'unknown_verb'> {
  const ref = n === null ? '' : `#${n} `;
  if (doubt !== undefined) return { is: 'unknown_verb', nearest: [doubt.verb], line: [doubt.word, doubt.rest].join(' ').trim() };
  const near = nearestVerbs(rest).filter(({ row }) => row.verb !== 'acknowledge' || rest.length <= LONGEST_SLIP);
  const line = near[0] === undefined ? undefined : `${ref}${near[0].line}`;
  return { is: 'unknown_verb', nearest: near.map(({ row }) => row.verb), ...(line === undefined ? {} : { line }) };
}

/** A longer text with 收到 in it tells something. */
const LONGEST_SLIP = 5;

/** Why words that look like an answer closed nothing, and what to type. */
function noAnswer(kind: Exclude<AnswerKind, 'taken' | 'agreed' | 'polite'>, n: number | null): Refusal {
  const ref = n === null ? '' : `#${n} `;
  switch (kind) {
    case 'asks':
      return refuse('not_an_answer', '这句话像是在提问，没有记为收到。', `要确认收到请只回复：${ref}收到；要了解情况请输入：${ref}状态`);
    case 'declines':
      return refuse('not_an_answer', '这句话像是不能到岗，没有记为收到。', `${ref}无法到达〔原因〕`);
    case 'calls':
      return refuse(
        'not_an_answer',
        '这句话没有记为收到；谁还没有回复，机器人会按时催办。',
        `看谁没有回复：${ref}状态；本人确认请回复：${ref}收到`,
      );
    case 'decides':
      return refuse('not_an_answer', '只写“同意”不能办理任何事项。', `${ref}启动、${ref}定级〔级别〕、同意换班，或 确认〔四位数字〕`);
    default:
      return kind satisfies never;
  }
}
