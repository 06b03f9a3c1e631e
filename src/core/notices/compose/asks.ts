/** What all calls share: who is still to answer, until when, the card with the button, and whom a stand-in stands for. */
import { askKey, deadlines } from '../../deadlines/deadlines';
import { type AskState, hasEnded } from '../../incident/state';
import type { PersonId } from '../../roster/roster';
import type { Intent } from '../intent';
import { type Button, type Line, type Message, open, summary } from '../message';
import { ackButton, sayButton } from './buttons';
import { howToAnswer } from './intake';
import { clockText, message, people, person, stillAsked, type View } from './view';

/** Who of this intent's people is still to answer, in a private message only its reader; after the end only work that goes on is waited for. */
export function awaited(view: View, intent: Intent): readonly AskState[] {
  const reader = 'person' in intent.to ? intent.to.person : null;
  const over = hasEnded(view.state);
  const open = stillAsked(view.state, intent.version).filter((a) => !over || GOES_ON.includes(a.kind));
  return open.filter((a) => (reader === null ? intent.people.includes(a.person) : a.person === reader));
}

/** May be asked for after the end as well. */
const GOES_ON: readonly AskState['kind'][] = ['task', 'directive', 'record', 'paper'];

/** Until when the first of these answers is due. */
export function dueLine(view: View, asks: readonly AskState[]): readonly Line[] {
  const keys = asks.map(askKey);
  const due = deadlines(view.rules, view.state)
    .filter((d) => keys.includes(d.key))
    .map((d) => d.dueAt);
  return due.length === 0 ? [] : [open(`请于 ${clockText(Math.min(...due), view.now)} 前回复`)];
}

/** Beside a page the room gets only the button: the page has already said everything. */
export function buttonOnly(view: View, intent: Intent, asks: readonly AskState[], heading: string): Message {
  const who =
    asks.length > FEW
      ? [`点名 ${asks.length} 人，请各自回复`]
      : [
          '请回复：',
          ...people(
            view,
            asks.map((a) => a.person),
          ),
        ];
  return message(
    view,
    heading,
    [open(...who), ...dueLine(view, asks), open(...howToAnswer(view.state.n, intent.to))],
    calling(view, intent, asks),
  );
}

/** Up to so many people are named on a card. */
const FEW = 4;

/** Beside the page in a room stands a card that bears the button. */
export function isCard(intent: Intent): boolean {
  return intent.leg === 'show' && 'room' in intent.to;
}

/** Pages in a paging leg; the other legs carry the button. */
export function calling(view: View, intent: Intent, asks: readonly AskState[]): Partial<Message> {
  const mentions: readonly PersonId[] = [...new Set(asks.map((a) => a.person))];
  return intent.leg === 'page' ? { mentions } : { buttons: answers(view.state.n, intent.version, asks) };
}

/** 收到, that he cannot come, and what he has to tell; the officer of the duty room only takes the matter in. */
function answers(n: number, version: number, asks: readonly AskState[]): readonly Button[] {
  const atWork = asks.some((ask) => ask.kind !== 'duty_ack');
  return [ackButton(n, version), sayButton(n, 'cannot_come', '无法到达'), ...(atWork ? [sayButton(n, 'progress', '进展')] : [])];
}

/** Who is called in whose place. */
export function standInLine(view: View, asks: readonly AskState[]): readonly Line[] {
  return asks.flatMap((a) =>
    a.standInFor === null ? [] : [summary('替补：', person(view, a.person), '，代 ', person(view, a.standInFor))],
  );
}
