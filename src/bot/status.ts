/** 状态, 待办 and the lists of work records: where one incident stands, what is still to be done in it, what is kept of it. */
import { intent, LANE } from '../core/notices/intent';
import { deliveriesOf } from '../handlers/deliveries';
import type { InboxOutcome } from '../ports/inbox';
import { chooseIncident } from './choose';
import { answer, type Turn } from './turn';

/** Answers with the state as it is when the answer is sent; `keys` is the kind of which records are listed. Changes nothing. */
export async function showAbout(
  turn: Turn,
  n: number | null,
  what: 'summary' | 'owed_list' | 'roll_call_board' | 'record_list',
  keys: readonly string[] = [],
): Promise<InboxOutcome> {
  const choice = await chooseIncident(turn, n, 'read');
  if (choice.is === 'reply') return answer(turn, choice.reply);
  const { tx, item, deps, at, origin } = turn;
  if (origin.machine) return { state: 'handled', outcome: what, stream: choice.stream };
  const asked = intent({
    purpose: what,
    to: { conversation: item.conversation },
    leg: 'show',
    lane: LANE.answer,
    version: 0,
    answers: true,
    topic: `${what}:${item.id}`,
    keys,
  });
  const delivery = deliveriesOf(deps.reach, asked, at, origin);
  await tx.reply(item.id, [{ ...delivery, intent: { ...delivery.intent, stream: choice.stream } }]);
  return { state: 'handled', outcome: what };
}
