/** `compose(view, intent) -> Message`: the words of every notice, made from the state as it is at sending. */
import type { Intent, Purpose } from '../intent';
import { type Message, open } from '../message';
import { actNoted } from './acts';
import { rollCallBoard } from './board';
import { activationNotice, callOut, firstMention, priorHandling } from './calls';
import { activationAsked, decisionAsked } from './decisions';
import { ackNoted, echo, leaderTold, progressNoted, reportKnown } from './intake';
import { levelChangeNotice, levelNoted, summaryFor, terminationNotice } from './levels';
import { owedList } from './owed';
import { paperAsked, paperList, paperShown } from './papers';
import { byPhone, notReached } from './phones';
import { withPowers } from './powers';
import { recordAsked, recordList } from './records';
import { escalation, reminder, standInOffered } from './rings';
import { directiveGiven, taskGiven } from './tasks';
import type { View } from './view';

const COMPOSERS: Readonly<Record<Purpose, (view: View, intent: Intent) => Message | null>> = {
  echo,
  report_known: reportKnown,
  first_mention: firstMention,
  leader_told: leaderTold,
  prior_handling: priorHandling,
  level_noted: levelNoted,
  activation_asked: activationAsked,
  decision_asked: decisionAsked,
  call_out: callOut,
  task_given: taskGiven,
  directive_given: directiveGiven,
  record_asked: recordAsked,
  paper_asked: paperAsked,
  activation_notice: activationNotice,
  ack_noted: ackNoted,
  act_noted: actNoted,
  reminder,
  strong_reminder: byPhone,
  sms: byPhone,
  voice: byPhone,
  not_reached: notReached,
  escalation,
  stand_in_offered: standInOffered,
  progress_noted: progressNoted,
  level_change_notice: levelChangeNotice,
  termination_notice: terminationNotice,
  summary: summaryFor,
  owed_list: owedList,
  roll_call_board: rollCallBoard,
  record_list: recordList,
  paper_list: paperList,
  paper_shown: paperShown,
};

/** The message now owed, or null when nobody is owed it any more (answered, ended, overtaken). Pure. */
export function compose(view: View, intent: Intent): Message | null {
  const made = COMPOSERS[intent.purpose](view, intent);
  return made === null ? null : withPowers(view, intent, made);
}

const ABOUT_RINGS: readonly Purpose[] = ['reminder', 'escalation'];

/** Intents with the ids of the deliveries they stand for. */
export interface Gathered {
  readonly of: readonly string[];
  readonly intent: Intent;
}

/** Reminders, and escalations, that wait for one address become one: about everything any of them is about. Others stay apart. */
export function gather(waiting: readonly Gathered[]): readonly Gathered[] {
  const [first] = waiting;
  if (first === undefined || !ABOUT_RINGS.includes(first.intent.purpose)) return waiting;
  const all = (of: (intent: Intent) => readonly string[]): readonly string[] => [...new Set(waiting.flatMap((w) => of(w.intent)))];
  const unfilled = all((i) => i.unfilled ?? []);
  const undelivered = all((i) => i.undelivered ?? []);
  const intent = {
    ...first.intent,
    keys: all((i) => i.keys),
    people: all((i) => i.people),
    skipped: all((i) => i.skipped),
    ...(unfilled.length === 0 ? {} : { unfilled }),
    ...(undelivered.length === 0 ? {} : { undelivered }),
  };
  return [{ of: waiting.flatMap((w) => w.of), intent }];
}

/** Several owed messages to one address, merged into one: headings become lines, nobody is named twice; it leads to a page only where all do. */
export function merge(messages: readonly Message[]): Message | null {
  const [first, ...rest] = messages;
  if (first === undefined || rest.length === 0) return first ?? null;
  const { page, ...words } = first;
  return {
    ...words,
    ...(page !== undefined && rest.every((one) => one.page === page) ? { page } : {}),
    lines: [...first.lines, ...rest.flatMap((m) => [open(m.heading), ...m.lines])],
    mentions: [...new Set(messages.flatMap((m) => m.mentions))],
    buttons: [...new Map(messages.flatMap((m) => m.buttons).map((b) => [b.key, b])).values()].slice(0, 6),
  };
}
