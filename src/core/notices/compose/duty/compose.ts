/** `composeDuty(view, intent) -> Message`: the words of every notice of the duty room, made from the shift as it is at sending. */
import { countyOf } from '../../../duty/deadlines';
import type { DutyEvent, DutyEventOf } from '../../../duty/events';
import type { Intent } from '../../intent';
import { type Message, open, summary } from '../../message';
import { clockText, person } from '../view';
import { wordsOf } from './acts';
import { allowanceNote } from './allowance';
import { called, decisionAsked } from './asks';
import { calendarNote } from './calendar';
import { byPhone, escalation, reminder } from './rings';
import { rosterNote } from './roster';
import { underWayLines } from './underWay';
import { countyNames, type DutyView, message } from './view';

/** The message now owed, or null when nobody is owed it any more. Pure. */
export function composeDuty(view: DutyView, intent: Intent): Message | null {
  const event = intent.standing as DutyEvent | undefined;
  if (event === undefined) return null;
  switch (intent.purpose) {
    case 'act_noted':
      return noted(view, intent, event);
    case 'call_out':
      return called(view, intent);
    case 'decision_asked':
      return decisionAsked(view, intent, event);
    case 'reminder':
      return reminder(view, intent);
    case 'strong_reminder':
    case 'sms':
    case 'voice':
      return byPhone(view, intent);
    case 'escalation':
      return escalation(view, intent);
    case 'summary':
      return event.type === 'DigestDue' ? digest(view, intent, event) : null;
    default:
      return null;
  }
}

function noted(view: DutyView, intent: Intent, event: DutyEvent): Message | null {
  if (event.type === 'DeadlinesRang') return silence(view, event);
  if (event.type === 'AllowanceNoted') return allowanceNote(event);
  if (event.type === 'CalendarNoted') return calendarNote(view, event);
  if (event.type === 'RosterImported') return rosterNote(view, intent, event);
  if (event.type === 'DeskOpened' || event.type === 'DigestDue') return null;
  const { heading, lines } = wordsOf(view, event);
  return message(view, heading, [summary('经办：', person(view, event.by)), ...lines]);
}

/** Counties that had not reported at their moment, as far as they have not since. */
function silence(view: DutyView, { rings, silent }: DutyEventOf<'DeadlinesRang'>): Message | null {
  const missing = silent.filter((county) => rings.some((ring) => countyOf(ring) === county && view.state.done[ring.key] === undefined));
  if (missing.length === 0) return null;
  return message(view, '零报告未到，请电话催报', [
    summary(`未报：${countyNames(view, missing)}`),
    open('代为登记请回复：零报告〔县区〕〔情况〕'),
  ]);
}

/**
 * Morning and evening, for leaders who are not told at once of everything under way (decisions section 4): then all of it. Nothing when
 * there is nothing, unless zero reports are on.
 */
function digest(view: DutyView, { to }: Intent, { always }: DutyEventOf<'DigestDue'>): Message | null {
  const { underWay, now } = view;
  const reader = 'person' in to ? to.person : null;
  if (!always && underWay.every(({ told }) => reader !== null && told.includes(reader))) return null;
  const inHand = underWay.filter(({ ended }) => !ended).length;
  const lines =
    underWay.length === 0 ? [open('没有在办事件')] : [open(`在办事件 ${inHand} 起`), ...underWay.flatMap((one) => underWayLines(one, now))];
  return { ref: null, heading: `定时摘要（${clockText(now)}）`, lines, mentions: [], buttons: [] };
}
