/** The road from one stored message to an answer: prompt, click, verb or free text, each becoming a command or a reply. */
import { z } from 'zod';
import { refuse } from '../core/incident/refusal';
import type { Deps } from '../handlers/deps';
import type { InboxItem, InboxOutcome } from '../ports/inbox';
import type { Tx } from '../ports/store';
import { act } from './act';
import { isHeading, listed } from './choose';
import { reported } from './dialogues/followUp';
import { askReport, goOn } from './dialogues/talk';
import { actOnShift, showLog, showOnDuty } from './dutyRoom';
import { showHelp } from './help';
import { overLimit, type Weighed } from './limits';
import { machineReport, machineReportSchema } from './machine';
import { onIncident } from './onChosen';
import { choose, confirm } from './prompts';
import { answerQuestion } from './questions';
import { onRegisters } from './registers';
import { showAbout } from './status';
import { answer, openTurn, type Turn } from './turn';
import { papersShown } from './verbs/papers';
import { parse, quotedNumber } from './verbs/parse';
import { noUpload } from './verbs/recordOpenings';
import { recordsShown } from './verbs/records';
import { dutyVerb, plainVerb, verbOf } from './verbs/table';
import { acknowledge, freeText } from './words';

const metaSchema = z.union([
  z.object({ is: z.literal('text'), report: machineReportSchema.optional() }),
  z.object({ is: z.literal('click'), key: z.string(), choices: z.record(z.string(), z.array(z.string())).optional() }),
  z.object({ is: z.literal('stopped') }),
  z.object({ is: z.literal('entered') }),
  z.object({ is: z.literal('other'), what: z.string() }),
]);

type Meta = z.output<typeof metaSchema>;

/** Handles one inbox row inside its transaction and says how it ended. */
export async function respond(tx: Tx, deps: Deps, item: InboxItem): Promise<InboxOutcome> {
  const turn = await openTurn(tx, deps, item);
  const meta = metaSchema.parse(item.meta);
  return (await overLimit(turn, weighed(meta, item))) ?? respondTo(turn, meta);
}

function weighed({ is }: Meta, { words }: InboxItem): Weighed {
  return is === 'text' ? { is, text: words?.text ?? '' } : { is: is === 'click' ? is : 'other' };
}

async function respondTo(turn: Turn, meta: Meta): Promise<InboxOutcome> {
  const { item } = turn;
  switch (meta.is) {
    case 'text':
      if (meta.report !== undefined) return machineReport(turn, item.words?.text ?? '', meta.report);
      return respondToText(turn, item.words?.text ?? '', item.words?.quote ?? null);
    case 'click':
      return respondToClick(turn, meta.key);
    case 'stopped':
      return answer(turn, { is: 'stopped' });
    case 'entered':
      return answer(turn, { is: 'greeting' });
    case 'other':
      return FILES.test(meta.what) ? answer(turn, noUpload()) : { state: 'handled', outcome: `ignored:${meta.what}` };
    default:
      return meta satisfies never;
  }
}

/** Kinds of messages that carry a file. */
const FILES = /^(?:image|picture|file|video|mixed)$/;

/** `say:<n>:<verb>`: the same as typing its word; `ack:<n>:<version>`: the 收到 button of one call; `duty:<n>:<verb>`: a button of one shift; `pick:<prompt>:<position>`: an incident of a list. */
async function respondToClick(turn: Turn, key: string): Promise<InboxOutcome> {
  const [, shift, verb = ''] = /^duty:(\d{1,6}):(sign_in|answer_roll)$/.exec(key) ?? [];
  if (shift !== undefined) return clickOnShift(turn, Number(shift), verb);
  const [, about, said = '', more = ''] = /^say:(\d{1,6}):([a-z_]{1,40})(?::([a-z]{1,20}))?$/.exec(key) ?? [];
  const word = verbOf(said)?.words[0];
  if (word !== undefined) return respondToText(turn, `#${about} ${word} ${more}`.trim(), null);
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
  const prompt = turn.person === null ? null : await turn.tx.openPrompt(turn.place, turn.person);
  if (prompt?.id === list && prompt.kind === 'choice') return choose(turn, prompt, position);
  return answer(turn, refuse('choice_expired', '这个选择不是等您作的，或已过期。', '请重新输入原来的指令'));
}

async function respondToText(turn: Turn, text: string, quote: string | null): Promise<InboxOutcome> {
  const parsed = parse(text);
  const { verb, rest } = parsed;
  const n = parsed.n ?? quotedNumber(quote);
  const prompt = turn.person === null ? null : await turn.tx.openPrompt(turn.place, turn.person);
  if (verb === 'confirm') return confirm(turn, prompt, rest);
  const picked = rest.normalize('NFKC');
  if (prompt?.kind === 'choice' && /^\d{1,2}$/.test(picked)) return choose(turn, prompt, Number(picked));
  if (prompt?.kind === 'dialogue') {
    const went = await goOn(turn, prompt, parsed);
    if (went !== null) return went;
  }
  const asked = mayAsk(verb) ? await answerQuestion(turn, text, n) : null;
  if (asked !== null) return asked;
  if (verb === null) return freeText(turn, text, parsed, n);
  if (verb === 'acknowledge') return acknowledge(turn, parsed, n);
  return (
    (await plainly(turn, verb, rest, n)) ??
    (n === null && (await isHeading(turn, rest)) ? reported(turn, parsed.body) : onIncident(turn, verb, rest, n))
  );
}

/** 进展 alone is a word people ask with, too. */
const ASKED_WITH = 'progress';

/** Can words that begin so be a question? Not where a verb does something. */
function mayAsk(verb: string | null): boolean {
  return verb === null || verb === ASKED_WITH || plainVerb(verb) !== null;
}

/** Verbs that are about no single known incident, or only read; null for all others. */
async function plainly(turn: Turn, verb: string, rest: string, n: number | null): Promise<InboxOutcome | null> {
  const shown = recordsShown(verb, rest);
  if (shown !== null) return showAbout(turn, n, shown.what, [shown.kind]);
  const paper = papersShown(verb, rest);
  if (paper !== null) return showAbout(turn, n, paper.what, paper.keys);
  switch (plainVerb(verb)) {
    case 'report':
      return rest === '' ? askReport(turn) : reported(turn, rest);
    case 'help':
      return showHelp(turn, rest, n);
    case 'list':
      return answer(turn, await listed(turn));
    case 'status':
      return showAbout(turn, n, 'summary');
    case 'owed':
      return showAbout(turn, n, 'owed_list');
    case 'board':
      return showAbout(turn, n, 'roll_call_board');
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
