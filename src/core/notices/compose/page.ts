/** Where a message leads on a phone: whoever is asked something finds the incident, or the paper, in one screen. */
import { stepWaited } from '../../incident/papers/chain';
import type { Intent, Purpose } from '../intent';
import type { Message } from '../message';
import { awaited, isCard } from './asks';
import type { View } from './view';

/** Messages that ask somebody for something. */
const ASKING: readonly Purpose[] = [
  ...(['first_mention', 'leader_told', 'prior_handling', 'activation_asked', 'decision_asked', 'call_out'] as const),
  ...(['task_given', 'directive_given', 'record_asked', 'paper_asked', 'reminder', 'escalation', 'stand_in_offered'] as const),
];

/**
 * Adds the address of the page; `pages` is where the pages begin, e.g. `https://duty.example.gov.cn/console`. The address bears numbers
 * alone, so it may be shown wherever the message is; what stands behind it is shown to whoever signs in and has the right.
 */
export function withPage(view: View, intent: Intent, made: Message, pages: string): Message {
  if (!ASKING.includes(intent.purpose) || intent.by !== undefined || isCard(intent)) return made;
  return { ...made, page: `${pages}/m/${view.state.n}${paperIn(view, intent)}` };
}

/** The first paper this message asks for. */
function paperIn(view: View, intent: Intent): string {
  if (intent.purpose !== 'paper_asked') return '';
  const papers = awaited(view, intent).flatMap((ask) => view.state.papers[ask.about ?? ask.id] ?? []);
  const paper = papers.find((one) => stepWaited(view.rules, view.state, one) !== null) ?? papers[0];
  return paper === undefined ? '' : `/papers/${paper.n}`;
}
