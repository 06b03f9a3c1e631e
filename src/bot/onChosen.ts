/** A verb on the incident it means; where several may be meant, the question which. */
import { MINUTE } from '../core/instant';
import type { InboxOutcome } from '../ports/inbox';
import { chooseIncident } from './choose';
import type { Wanted } from './command';
import { actOrAsk } from './dialogues/talk';
import { CODE_MINUTES } from './reply';
import { answer, type Turn } from './turn';

/** Acts on the incident with this number, else on the only one that can be meant here, else asks. */
export async function onIncident(turn: Turn, verb: string, rest: string, n: number | null): Promise<InboxOutcome> {
  const wanted: Wanted = { verb, rest, call: null, via: 'text', agreedTo: null };
  const choice = await chooseIncident(turn, n, verb === 'acknowledge' ? 'answer' : 'act');
  if (choice.is === 'chosen') return actOrAsk(turn, choice.stream, wanted);
  if (choice.reply.is !== 'choice' || turn.person === null) return answer(turn, choice.reply);
  const id = turn.deps.ids.next();
  const command = { verb, rest, streams: choice.candidates.map((row) => row.id), question: null };
  const expiresAt = turn.heardAt + CODE_MINUTES * MINUTE;
  await turn.tx.askPrompt({
    id,
    conversation: turn.place,
    person: turn.person,
    kind: 'choice',
    code: null,
    command,
    expiresAt,
  });
  return answer(turn, { ...choice.reply, prompt: id });
}
