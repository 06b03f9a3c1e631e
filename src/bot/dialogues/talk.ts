/** A conversation of questions and answers: what waits is a row, so that it survives a restart; any other verb leaves it. */
import { z } from 'zod';
import { refuse } from '../../core/incident/refusal';
import { readReport } from '../../core/report/read';
import { peekIncident } from '../../handlers/incident';
import type { InboxOutcome, Prompt } from '../../ports/inbox';
import { act } from '../act';
import type { Wanted } from '../command';
import { whyNotOn } from '../possible';
import { ASKING_MINUTES } from '../reply';
import { answer, type Turn } from '../turn';
import { answerKind } from '../verbs/answers';
import type { Parsed } from '../verbs/parse';
import { verbOf } from '../verbs/table';
import { askBack, goOnAsking, reported } from './followUp';
import { ask, type Talk, type Waiting } from './prompt';
import { DIALOGUES, LEAVES, SKIPS, type Step } from './steps';

const talkSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('report') }),
  z.strictObject({ is: z.literal('fill'), verb: z.string(), stream: z.string(), n: z.number(), answers: z.array(z.string()) }),
  z.strictObject({ is: z.literal('follow'), stream: z.string(), n: z.number(), fields: z.array(z.string()), step: z.number() }),
]);

/** A verb on a known incident: asked for question by question where it stands alone and this person may; else done or refused as it is. */
export async function actOrAsk(turn: Turn, stream: string, wanted: Wanted): Promise<InboxOutcome> {
  const steps = wanted.rest === '' && wanted.via === 'text' && isTalking(turn) ? DIALOGUES[wanted.verb] : undefined;
  const row = verbOf(wanted.verb);
  if (steps === undefined || row === undefined) return act(turn, stream, wanted);
  const known = await peekIncident(turn.tx, stream);
  if (known === null || known.state === null) return act(turn, stream, wanted);
  const rules = await turn.deps.rulebooks.of(turn.tx, known.rulebook);
  if (whyNotOn(turn, rules, known.state, row) !== null) return act(turn, stream, wanted);
  return askStep(turn, { is: 'fill', verb: wanted.verb, stream, n: known.n, answers: [] });
}

/** A person in a chat; a machine says everything at once. */
function isTalking({ person, item }: Turn): boolean {
  return person !== null && item.chat.kind !== 'api';
}

/** 报告 alone. */
export async function askReport(turn: Turn): Promise<InboxOutcome> {
  if (!isTalking(turn))
    return answer(turn, refuse('argument_missing', '请写明时间、地点、事由、人数和已采取的措施，不清楚的可以不写。', '报告 今早8点，…'));
  return ask(turn, { is: 'report' }, { n: null, title: '报告', step: 1, of: 1, ask: REPORT_QUESTION, optional: false, why: null });
}

const REPORT_QUESTION = '发生了什么？请写时间、地点、事由、人数和已采取的措施，不清楚的可以不写';

/** The next message of somebody who is being asked; null where it is no answer and goes the usual road. */
export async function goOn(turn: Turn, prompt: Prompt, parsed: Parsed): Promise<InboxOutcome | null> {
  const talk = talkSchema.parse(prompt.command);
  const said = parsed.body;
  const isOver = prompt.expiresAt <= turn.heardAt;
  if (isOver || parsed.verb !== null || parsed.n !== null) {
    await turn.tx.closePrompt(prompt.id, isOver ? 'expired' : 'used');
    return isOver && parsed.verb === null && isShort(said) ? answer(turn, EXPIRED) : null;
  }
  if (LEAVES.test(said)) {
    await turn.tx.closePrompt(prompt.id, 'used');
    return answer(turn, { is: 'left', n: talk.is === 'report' ? null : talk.n, kept: talk.is === 'follow' });
  }
  return heard(turn, prompt, talk, said);
}

const EXPIRED = refuse('dialogue_expired', `这次提问已过 ${ASKING_MINUTES} 分钟，没有办理。`, '请重新输入原来的指令');

/** Longer words may be a report of their own. */
function isShort(said: string): boolean {
  return said.length < LEAST_REPORT;
}
const LEAST_REPORT = 20;

function heard(turn: Turn, prompt: Prompt, talk: Talk, said: string): Promise<InboxOutcome | null> {
  switch (talk.is) {
    case 'report':
      return heardReport(turn, prompt, said);
    case 'fill':
      return heardStep(turn, prompt, talk, said);
    case 'follow':
      return heardField(turn, prompt, talk, said);
    default:
      return talk satisfies never;
  }
}

/** The first words are registered at once; what is still missing is asked afterwards, so that nothing waits for it. */
async function heardReport(turn: Turn, prompt: Prompt, said: string): Promise<InboxOutcome> {
  if (SKIPS.test(said)) return askReport(turn);
  await turn.tx.closePrompt(prompt.id, 'used');
  return reported(turn, said);
}

async function heardStep(turn: Turn, prompt: Prompt, talk: Waiting<'fill'>, said: string): Promise<InboxOutcome> {
  const steps = DIALOGUES[talk.verb] ?? [];
  const step = steps[talk.answers.length];
  if (step === undefined) return answer(turn, EXPIRED);
  const skipped = SKIPS.test(said);
  if (skipped && !step.optional) return askStep(turn, talk, '这一项不能跳过。');
  const wrong = skipped ? null : step.check(turn, said);
  if (wrong !== null) return askStep(turn, talk, [wrong.zh, wrong.hint].join(''));
  const answers = [...talk.answers, skipped ? '' : said];
  if (answers.length < steps.length) return askStep(turn, { ...talk, answers });
  await turn.tx.closePrompt(prompt.id, 'used');
  return act(turn, talk.stream, { verb: talk.verb, rest: lineOf(steps, answers), call: null, via: 'text', agreedTo: null });
}

/** As it would have been typed in one line. */
function lineOf(steps: readonly Step[], answers: readonly string[]): string {
  const parts = steps.map(({ label }, i) => {
    const said = answers[i] ?? '';
    return said === '' || said.startsWith(label.replace('：', '')) ? said : `${label}${said}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

function askStep(turn: Turn, talk: Waiting<'fill'>, why: string | null = null): Promise<InboxOutcome> {
  const steps = DIALOGUES[talk.verb] ?? [];
  const at = talk.answers.length;
  const { ask: words = '', optional = false } = steps[at] ?? {};
  const title = verbOf(talk.verb)?.words[0] ?? '';
  return ask(turn, talk, { n: talk.n, title, step: at + 1, of: steps.length, ask: words, optional, why });
}

/** An answer is added to the report; mere politeness and a report of another matter are none. */
async function heardField(turn: Turn, prompt: Prompt, talk: Waiting<'follow'>, said: string): Promise<InboxOutcome | null> {
  if (SKIPS.test(said)) return askBack(turn, prompt, talk);
  if (answerKind(said) !== null) return null;
  if (isAnotherReport(turn, said)) {
    await turn.tx.closePrompt(prompt.id, 'used');
    return null;
  }
  return goOnAsking(turn, prompt, talk, said);
}

/** Of when, where and what: more than an answer to one question tells. */
const ENOUGH = 2;

function isAnotherReport({ heardAt, roster }: Turn, said: string): boolean {
  if (isShort(said)) return false;
  const { kind, fields } = readReport(said, heardAt, roster);
  const told = [fields.occurredAt, fields.place ?? fields.district, fields.cause ?? fields.peopleInvolved ?? fields.injured];
  return kind === 'report' && told.filter((field) => field !== null).length >= ENOUGH;
}
