/** "Somebody did something": one sentence or a few for every act, from a table by its type, with who did it and what comes next. */
import type { EventOf } from '../../incident/events';
import type { Acted, ActType, Intent } from '../intent';
import { type Message, summary } from '../message';
import { COURSE_ACTS } from './acts/course';
import { INTAKE_ACTS } from './acts/intake';
import { LEVEL_ACTS } from './acts/levels';
import { PAPER_ACTS } from './acts/papers';
import { PEOPLE_ACTS } from './acts/people';
import { PRIVACY_ACTS } from './acts/privacy';
import { RECORD_ACTS } from './acts/records';
import type { Acts, ActWords } from './acts/words';
import { WORK_ACTS } from './acts/work';
import { message, person, type View } from './view';

const ACTS: Acts<ActType> = {
  ...INTAKE_ACTS,
  ...LEVEL_ACTS,
  ...COURSE_ACTS,
  ...WORK_ACTS,
  ...PEOPLE_ACTS,
  ...RECORD_ACTS,
  ...PAPER_ACTS,
  ...PRIVACY_ACTS,
};

/** The heading says what kind of act it was in every room; who, why and how much stand in lines of their own. Null for no act. */
export function actNoted(view: View, { act, leg, people }: Intent): Message | null {
  if (act === undefined) return null;
  const { heading, lines } = wordsOf(view, act);
  return message(view, heading, [summary('经办：', person(view, act.by)), ...lines], {
    ...(leg === 'page' ? { mentions: people } : {}),
    ...(act.type === 'WordsRevealed' ? { unmasked: true } : {}),
  });
}

function wordsOf<T extends ActType>(view: View, act: Acted & { readonly type: T }): ActWords {
  const words = ACTS[act.type] as (view: View, event: EventOf<T>) => ActWords;
  return words(view, act as unknown as EventOf<T>);
}
