/** How much of one person, and of one room, is handled in a minute. What is beyond is kept and counted, and told once a minute. */
import { MINUTE } from '../core/instant';
import { readKind } from '../core/report/read';
import type { InboxOutcome } from '../ports/inbox';
import { answer, type Turn } from './turn';
import { parse } from './verbs/parse';

/** Messages of one person a minute where nothing else is set. */
const USUAL = 20;
/** A room takes as much as so many busy people. */
const ROOM = 3;
/** New matters and answers to calls are still taken up to so many times as much. */
const WEIGHTY = 2;

/** What was heard, as far as it weighs here. */
export type Weighed = { readonly is: 'text'; readonly text: string } | { readonly is: 'click' | 'other' };

/** Null where it may be handled; else how its row ends: told once a minute, otherwise silent. Machines have limits of their own. */
export async function overLimit(turn: Turn, heard: Weighed): Promise<InboxOutcome | null> {
  const { tx, deps, item, heardAt } = turn;
  if (item.chat.kind === 'api') return null;
  const most = deps.messagesAMinute ?? USUAL;
  const { fromAccount, inConversation, toldAccount, toldConversation } = await tx.heardSince(item.id, heardAt - MINUTE);
  const tooMuch = (factor: number): boolean => fromAccount > most * factor || inConversation > most * ROOM * factor;
  if (!tooMuch(1) || (isWeighty(heard) && !tooMuch(WEIGHTY))) return null;
  const of = fromAccount > most ? 'person' : 'room';
  if (of === 'person' ? toldAccount : toldConversation) return { state: 'handled', outcome: 'limited' };
  await answer(turn, { is: 'limited', of, most: of === 'person' ? most : most * ROOM });
  return { state: 'handled', outcome: 'limited:told' };
}

/** A press of a button, an answer to a call, a code, or what reads like a report. */
function isWeighty(heard: Weighed): boolean {
  if (heard.is !== 'text') return heard.is === 'click';
  const { verb, rest } = parse(heard.text);
  if (verb === null) return readKind(rest) === 'report';
  return verb === 'acknowledge' || verb === 'confirm' || (verb === 'report' && rest !== '');
}
