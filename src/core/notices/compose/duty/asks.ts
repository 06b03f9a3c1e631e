/** What the duty room asks of named people: to be there, to answer a roll call, to decide on a swap, to take over. */

import type { DutyAsked, DutyEvent } from '../../../duty/events';
import { type DutyAsk, waiting } from '../../../duty/state';
import { timingOf } from '../../../duty/times';
import type { Intent } from '../../intent';
import { type Button, type Line, type Message, open, type Part, press, summary, text } from '../../message';
import { clockText, people, person, quoted } from '../view';
import { sheetLines } from './acts';
import { type DutyView, message, swapLines } from './view';

/** One page a room and a private message with a button; null once all of them have answered. */
export function called(view: DutyView, intent: Intent): Message | null {
  const reader = 'person' in intent.to ? intent.to.person : null;
  const asks = waiting(view.state).filter(
    (ask) =>
      ask.kind !== 'swap' &&
      ask.version === intent.version &&
      (reader === null ? intent.people.includes(ask.person) : ask.person === reader),
  );
  const [first] = asks;
  if (first === undefined) return null;
  const { heading, word, button } = CALL[first.kind === 'roll_call' ? 'roll_call' : 'sign_in'];
  const due = Math.min(...asks.map((ask) => ask.dueAt));
  const lines = [
    open(
      '请应答：',
      ...people(
        view,
        asks.map((ask) => ask.person),
      ),
    ),
    ...standInLines(view, asks),
    open(`请于 ${clockText(due, view.now)} 前`, ...answered(word, reader === null)),
  ];
  return message(
    view,
    heading,
    lines,
    intent.leg === 'page' ? { mentions: asks.map((ask) => ask.person) } : { buttons: [button(view.state.n)] },
  );
}

/** A button acts on the shift it was shown for and on no later one. */
const CALL: Readonly<Record<'sign_in' | 'roll_call', { readonly heading: string; readonly word: string; button(n: number): Button }>> = {
  sign_in: { heading: '请到岗签到', word: '签到', button: (n) => ({ key: `duty:${n}:sign_in`, text: '签到' }) },
  roll_call: { heading: '查岗，请应答', word: '在岗', button: (n) => ({ key: `duty:${n}:answer_roll`, text: '在岗' }) },
};

/** The button is in the private chat. */
function answered(word: string, inRoom: boolean): readonly Part[] {
  if (!inRoom) return [press('点按钮，或'), text(`回复：${word}`)];
  return [press('在私聊里点按钮，或'), text(` @我 回复：${word}（未 @ 的回复收不到）`)];
}

function standInLines(view: DutyView, asks: readonly DutyAsk[]): readonly Line[] {
  return asks.flatMap((ask) =>
    ask.standInFor === null ? [] : [summary('替补：', person(view, ask.person), '，代 ', person(view, ask.standInFor))],
  );
}

/** To whoever a swap is with, and to who comes on duty; null once it was decided. */
export function decisionAsked(view: DutyView, intent: Intent, event: DutyEvent): Message | null {
  if (event.type === 'HandedOver') return takeOverAsked(view);
  const asked: readonly DutyAsked[] = 'asked' in event ? event.asked : [];
  const reader = 'person' in intent.to ? intent.to.person : null;
  const ask = waiting(view.state).find(
    ({ kind, person: who, id }) => kind === 'swap' && who === reader && asked.some((one) => one.id === id),
  );
  const swap = view.state.swaps[ask?.swap ?? ''];
  if (ask === undefined || swap === undefined) return null;
  return message(view, swap.stage === 'asked' ? '请答复换班' : '请批准换班', [
    ...swapLines(view, swap),
    ...quoted(view, '理由', swap.reason),
    open(`请于 ${clockText(ask.dueAt, view.now)} 前回复：同意换班，或 不同意换班〔理由〕`),
  ]);
}

function takeOverAsked(view: DutyView): Message | null {
  const { status, sheet, until } = view.state;
  if (status !== 'handed_over' || sheet === null) return null;
  const by = until === null || timingOf(view.rules, 'handover') === null ? '' : `请于 ${clockText(until, view.now)} 前`;
  return message(view, '请接班', [...sheetLines(view, sheet), open(`${by}核对后回复：接班；有疑问请回复：拒接班〔理由〕`)]);
}
