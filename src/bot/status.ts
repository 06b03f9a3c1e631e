/** 状态 and 待办: where one incident stands, and what is still to be done in it. */
import { intent, LANE } from '../core/notices/intent';
import { deliveriesOf } from '../handlers/deliveries';
import type { InboxOutcome } from '../ports/store';
import { chooseIncident } from './choose';
import { answer, type Turn } from './turn';

/** Answers with the state as it is when the answer is sent. Changes nothing. */
export async function showAbout(turn: Turn, n: number | null, what: 'summary' | 'owed_list'): Promise<InboxOutcome> {
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
  });
  const delivery = deliveriesOf(deps.reach, asked, at, origin);
  await tx.reply(item.id, [{ ...delivery, intent: { ...delivery.intent, stream: choice.stream } }]);
  return { state: 'handled', outcome: what };
}
