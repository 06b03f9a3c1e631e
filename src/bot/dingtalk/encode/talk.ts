/** What the robot's messages are made of: words and cards for a push, the same words for an answer, the change of a pressed card. */
import type { Cleared } from '../../../core/privacy/clear';
import { withoutPresses } from '../../wire/lines';
import type { Call } from '../frozen';
import { cardNotice, cardParams, fitsCard, pressedParams } from './card';
import { answerBody } from './hook';
import { type Called, inGroups } from './mention';
import { type Sample, sampleMarkdown } from './sample';
import { previewOf } from './words';

/** What can be used: whom an answer calls, whether cards can be made, whether the message follows a press. */
export interface TalkManner {
  readonly called: readonly Called[];
  readonly cards: boolean;
  readonly pressed: boolean;
}

/** The calls for a message, in order. Never throws on any text. */
export function talkCalls(message: Cleared, { called, cards, pressed }: TalkManner): readonly Call[] {
  const calls = plainCalls(message, called, cards);
  if (!pressed || message.pressed === undefined || !cards) return calls;
  const update = pressedParams(message);
  const showsAll = fitsCard(message) && message.buttons.length === 0;
  const [only, second] = calls;
  if (showsAll && only !== undefined && second === undefined) return [{ update: { ...cardParams(message, true), ...update }, ...only }];
  return [{ update }, ...calls];
}

function plainCalls(message: Cleared, called: readonly Called[], cards: boolean): readonly Call[] {
  if (!cards || message.buttons.length === 0) return wordCalls(message, called, true);
  const isAlone = fitsCard(message);
  const card = { params: cardParams(message, isAlone), notice: cardNotice(message), calls: {}, at: 1 };
  return [
    ...(isAlone ? [] : wordCalls(message, called, false)),
    { card, plain: isAlone ? [...sampleMarkdown(withoutPresses(message), true)] : [] },
  ];
}

/** Each part of the words as a push and as an answer; an answer calls people with its first part, which alone has a ticket. */
function wordCalls(message: Cleared, called: readonly Called[], answers: boolean): readonly Call[] {
  const [first = []] = inGroups(called);
  const title = previewOf(message);
  return sampleMarkdown(message, answers).map((sample, at) => ({
    sample: { ...sample },
    answer: { ...answerBody({ title, content: textIn(sample) }, at === 0 ? first : []) },
  }));
}

function textIn({ msgParam }: Sample): string {
  const { text } = JSON.parse(msgParam) as { readonly text: string };
  return text;
}
