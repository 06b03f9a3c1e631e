/** Answers to what the bot waits to hear: a confirmation code, or the number of an incident chosen from a list. */
import { z } from 'zod';
import { refuse } from '../core/incident/refusal';
import type { InboxOutcome, Prompt } from '../ports/inbox';
import { actOrAsk } from './dialogues/talk';
import { answer, type Turn } from './turn';
import { verbOf } from './verbs/table';

const promptSchema = z.strictObject({ verb: z.string(), rest: z.string(), streams: z.array(z.string()), question: z.string().nullable() });

/** 确认 code: the very person, in the very room or in any private chat with him, in time; decided again under the lock. */
export async function confirm(turn: Turn, prompt: Prompt | null, typed: string): Promise<InboxOutcome> {
  const code = typed.normalize('NFKC').replace(/\s/gu, '');
  if (prompt === null || prompt.kind !== 'code')
    return answer(turn, refuse('nothing_to_confirm', '没有等您确认的事项。', '确认码只对本人有效，在提出的群里、或在任一私聊里回复'));
  if (prompt.expiresAt <= turn.heardAt) {
    await turn.tx.closePrompt(prompt.id, 'expired');
    return answer(turn, refuse('code_expired', '确认码已过期。', `请重新输入原来的指令${namedIn(prompt)}`));
  }
  if (prompt.code !== code) return answer(turn, refuse('wrong_code', '确认码不对，没有办理。', '请核对后重新输入：确认 四位数字'));
  await turn.tx.closePrompt(prompt.id, 'used');
  return resume(turn, prompt, 0);
}

/** The number of a line of the list, from the person who was asked. */
export async function choose(turn: Turn, prompt: Prompt, picked: number): Promise<InboxOutcome> {
  if (prompt.expiresAt <= turn.heardAt) {
    await turn.tx.closePrompt(prompt.id, 'expired');
    return answer(turn, refuse('choice_expired', '选择已过期。', `请重新输入原来的指令${namedIn(prompt)}`));
  }
  await turn.tx.closePrompt(prompt.id, 'used');
  return resume(turn, prompt, picked - 1);
}

/** Only its word: what else was typed is a person's own. */
function namedIn({ command }: Prompt): string {
  const waiting = promptSchema.safeParse(command);
  const word = waiting.success ? verbOf(waiting.data.verb)?.words[0] : undefined;
  return word === undefined ? '' : `（${word}）`;
}

/** Takes up the command a prompt was waiting with. */
async function resume(turn: Turn, prompt: Prompt, index: number): Promise<InboxOutcome> {
  const waiting = promptSchema.parse(prompt.command);
  const stream = waiting.streams[index];
  if (stream === undefined) return answer(turn, refuse('no_such_choice', '没有这个序号。', '请重新输入原来的指令'));
  return actOrAsk(turn, stream, { verb: waiting.verb, rest: waiting.rest, call: null, via: 'text', agreedTo: waiting.question });
}
