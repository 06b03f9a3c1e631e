/** The row that a question waits in, and the question as an answer in the conversation. */
import { MINUTE } from '../../core/instant';
import type { InboxOutcome } from '../../ports/inbox';
import { ASKING_MINUTES, type Shown } from '../reply';
import { answer, type Turn } from '../turn';

/** What waits for the next answer. `follow`: fields still missing in a report that is registered already. */
export type Talk =
  | { readonly is: 'report' }
  | { readonly is: 'fill'; readonly verb: string; readonly stream: string; readonly n: number; readonly answers: readonly string[] }
  | { readonly is: 'follow'; readonly stream: string; readonly n: number; readonly fields: readonly string[]; readonly step: number };
export type Waiting<K extends Talk['is']> = Extract<Talk, { readonly is: K }>;

/** Asks, in the place of what was asked of this person here before. */
export async function ask(turn: Turn, talk: Talk, question: Omit<Shown<'asked'>, 'is'>): Promise<InboxOutcome> {
  const { tx, deps, place, heardAt, person } = turn;
  if (person !== null)
    await tx.askPrompt({
      ...{ id: deps.ids.next(), conversation: place, person, kind: 'dialogue', code: null },
      ...{ command: talk, expiresAt: heardAt + ASKING_MINUTES * MINUTE },
    });
  return answer(turn, { is: 'asked', ...question });
}
