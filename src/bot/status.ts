/** 状态: where one incident stands, worded like the leaders' summary. */
import { intent, LANE } from '../core/notices/intent';
import { deliveriesOf } from '../handlers/deliveries';
import type { InboxOutcome } from '../ports/store';
import { chooseIncident } from './choose';
import { answer, type Turn } from './turn';

/** Answers with the state as it is when the answer is sent. Changes nothing. */
export async function showStatus(turn: Turn, n: number | null): Promise<InboxOutcome> {
  const choice = await chooseIncident(turn, n, false);
  if (choice.is === 'reply') return answer(turn, choice.reply);
  const { tx, item, deps, at, origin } = turn;
  const asked = intent({
    purpose: 'summary',
    to: { conversation: item.conversation },
    leg: 'show',
    lane: LANE.answer,
    version: 0,
    answers: true,
    topic: `status:${item.id}`,
  });
  const delivery = deliveriesOf(deps.reach, asked, at, origin);
  await tx.reply(item.id, [{ ...delivery, intent: { ...delivery.intent, stream: choice.stream } }]);
  return { state: 'handled', outcome: 'status' };
}
