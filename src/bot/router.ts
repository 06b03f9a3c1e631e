/** The road from one stored message to an answer: prompt, click, verb or free text, each becoming a command or a reply. */
import { z } from 'zod';
import { refuse } from '../core/incident/refusal';
import { MINUTE } from '../core/instant';
import { readKind } from '../core/report/read';
import type { Deps } from '../handlers/deps';
import type { InboxItem, InboxOutcome, Tx } from '../ports/store';
import { act } from './act';
import { chooseIncident, listing, openHere } from './choose';
import type { Wanted } from './command';
import { actOnShift, showLog, showOnDuty, wordForShift } from './dutyRoom';
import { openIncident } from './opening';
import { choose, confirm } from './prompts';
import { answerQuestion } from './questions';
import { onRegisters } from './registers';
import { CODE_MINUTES } from './reply';
import { showAbout } from './status';
import { answer, openTurn, type Turn } from './turn';
import { parse, quotedNumber } from './verbs/parse';
import { dutyVerb, nearestVerbs, plainVerb, VERBS } from './verbs/table';

const metaSchema = z.union([
  z.object({ is: z.literal('text') }),
  z.object({ is: z.literal('click'), key: z.string(), choices: z.record(z.string(), z.array(z.string())).optional() }),
  z.object({ is: z.literal('stopped') }),
  z.object({ is: z.literal('entered') }),
  z.object({ is: z.literal('other'), what: z.string() }),
]);

/** Handles one inbox row inside its transaction and says how it ended. */
export async function respond(tx: Tx, deps: Deps, item: InboxItem): Promise<InboxOutcome> {
  const turn = await openTurn(tx, deps, item);
  const meta = metaSchema.parse(item.meta);
  switch (meta.is) {
    case 'text':
      return respondToText(turn, item.words?.text ?? '', item.words?.quote ?? null);
    case 'click':
      return respondToClick(turn, meta.key);
    case 'stopped':
      return answer(turn, { is: 'stopped' });
    case 'entered':
      return answer(turn, { is: 'greeting' });
    case 'other':
      return { state: 'handled', outcome: `ignored:${meta.what}` };
    default:
      return meta satisfies never;
  }
}

/** `ack:<n>:<version>`: the 收到 button of one call; `duty:<n>:<verb>`: a button of one shift; `pick:<prompt>:<position>`: an incident of a list. */
async function respondToClick(turn: Turn, key: string): Promise<InboxOutcome> {
  const [, shift, verb = ''] = /^duty:(\d{1,6}):(sign_in|answer_roll)$/.exec(key) ?? [];
  if (shift !== undefined) return clickOnShift(turn, Number(shift), verb);
  const call = /^ack:(\d{1,6}):(\d{1,9})$/.exec(key);
  const pick = /^pick:([0-9a-z]{1,64}):(\d{1,2})$/.exec(key);
  if (pick !== null) return picked(turn, pick[1] ?? '', Number(pick[2]));
  if (call === null) return answer(turn, refuse('unknown_button', '这个按钮已经失效。', '请输入 帮助 查看可用指令'));
  const stream = await turn.tx.streamByN('incident', Number(call[1]), 'real');
  if (stream === null) return answer(turn, refuse('no_incident', '没有这起事件。', ''));
  return act(turn, stream, { verb: 'acknowledge', rest: '', call: Number(call[2]), via: 'click', agreedTo: null });
}

/** A button of a shift that is over says so; it never acts on a later one. */
async function clickOnShift(turn: Turn, n: number, verb: string): Promise<InboxOutcome> {
  const stream = await turn.tx.streamByN('duty', n, 'real');
  if (stream === null) return answer(turn, refuse('unknown_button', '这个按钮已经失效。', '请输入 帮助 查看可用指令'));
  return act(turn, stream, { verb, rest: '', call: null, via: 'click', agreedTo: null });
}

/** Counts only for whom the list was made, and while it is the newest question to that person here. */
async function picked(turn: Turn, list: string, position: number): Promise<InboxOutcome> {
  const prompt = turn.person === null ? null : await turn.tx.openPrompt(turn.item.conversation, turn.person);
  if (prompt?.id === list && prompt.kind === 'choice') return choose(turn, prompt, position);
  return answer(turn, refuse('choice_expired', '这个选择不是等您作的，或已过期。', '请重新输入原来的指令'));
}

async function respondToText(turn: Turn, text: string, quote: string | null): Promise<InboxOutcome> {
  const { verb, rest, n: typed } = parse(text);
  const n = typed ?? quotedNumber(quote);
  const prompt = turn.person === null ? null : await turn.tx.openPrompt(turn.item.conversation, turn.person);
  if (verb === 'confirm') return confirm(turn, prompt, rest);
  const picked = rest.normalize('NFKC');
  if (prompt?.kind === 'choice' && /^\d{1,2}$/.test(picked)) return choose(turn, prompt, Number(picked));
  const asked = await answerQuestion(turn, text, n);
  if (asked !== null) return asked;
  if (verb === null) return freeText(turn, text, rest, n);
  if (verb === 'acknowledge') return acknowledge(turn, rest, n);
  return (await plainly(turn, verb, rest, n)) ?? onIncident(turn, verb, rest, n);
}

/** Verbs that are about no single known incident, or only read; null for all others. */
async function plainly(turn: Turn, verb: string, rest: string, n: number | null): Promise<InboxOutcome | null> {
  switch (plainVerb(verb)) {
    case 'report':
      return rest === ''
        ? answer(turn, refuse('argument_missing', '请写明时间、地点、事由、人数和已采取的措施，不清楚的可以不写。', '报告 今早8点，…'))
        : reported(turn, rest);
    case 'help':
      return answer(turn, { is: 'help', verbs: VERBS.map((row) => row.verb) });
    case 'list':
      return answer(turn, { is: 'list', incidents: await Promise.all((await openHere(turn)).map((row) => listing(turn, row))) });
    case 'status':
      return showAbout(turn, n, 'summary');
    case 'owed':
      return showAbout(turn, n, 'owed_list');
    case 'on_duty':
      return showOnDuty(turn);
    case 'duty_log_shown':
      return showLog(turn, rest);
    case 'register':
      return onRegisters(turn, rest);
    default:
      return dutyVerb(verb) === undefined ? null : actOnShift(turn, verb, n === null || verb !== 'write_log' ? rest : `#${n} ${rest}`);
  }
}

/** 收到 and then a new matter in one breath: the matter is not dropped. To what the duty room asked it is 签到 or 在岗. */
async function acknowledge(turn: Turn, rest: string, n: number | null): Promise<InboxOutcome> {
  const isReport = rest.length >= LEAST_REPORT && readKind(rest) === 'report';
  if (isReport && n === null) return reported(turn, rest);
  const verb = n === null ? await wordForShift(turn) : null;
  return verb === null ? onIncident(turn, 'acknowledge', '', n) : actOnShift(turn, verb, '');
}

/** Fewer characters than this behind a 收到 are politeness. */
const LEAST_REPORT = 10;

/**
 * Free text is a report when it reads like one; about a numbered or quoted incident it never opens another one. Mere politeness
 * needs no answer. Otherwise the nearest verbs are named.
 */
async function freeText(turn: Turn, text: string, rest: string, n: number | null): Promise<InboxOutcome> {
  const kind = readKind(rest);
  if (kind === 'ack' && /收到|收悉|明白|已阅|知悉/u.test(rest)) return acknowledge(turn, '', n);
  if (kind === 'ack') return { state: 'handled', outcome: 'ignored:politeness' };
  if (n !== null)
    return answer(turn, refuse('verb_needed', `关于事件 #${n}，请写明要做什么。`, `#${n} 进展〔内容〕，或 #${n} 补充〔内容〕`));
  if (kind === 'report') return reported(turn, text.trim());
  return answer(turn, { is: 'unknown_verb', nearest: nearestVerbs(rest).map((v) => v.verb) });
}

async function reported(turn: Turn, words: string): Promise<InboxOutcome> {
  const { stream, version } = await openIncident(turn, words);
  return { state: 'handled', outcome: 'executed', stream, version };
}

async function onIncident(turn: Turn, verb: string, rest: string, n: number | null): Promise<InboxOutcome> {
  const wanted: Wanted = { verb, rest, call: null, via: 'text', agreedTo: null };
  const choice = await chooseIncident(turn, n, verb === 'acknowledge');
  if (choice.is === 'chosen') return act(turn, choice.stream, wanted);
  if (choice.reply.is !== 'choice' || turn.person === null) return answer(turn, choice.reply);
  const id = turn.deps.ids.next();
  const command = { verb, rest, streams: choice.candidates.map((row) => row.id), question: null };
  const expiresAt = turn.heardAt + CODE_MINUTES * MINUTE;
  await turn.tx.askPrompt({
    id,
    conversation: turn.item.conversation,
    person: turn.person,
    kind: 'choice',
    code: null,
    command,
    expiresAt,
  });
  return answer(turn, { ...choice.reply, prompt: id });
}
