/** What became of a command, as its caller reads it: from the row's outcome and what was answered to it. */
import { z } from 'zod';
import type { CallRow } from '../../ports/views';
import type { commandedSchema } from './schemas';

export type Answered = z.infer<typeof commandedSchema>;

const refusal = z.object({ is: z.literal('refusal'), code: z.string(), zh: z.string(), hint: z.string(), whom: z.array(z.string()) });
const question = z.object({
  is: z.literal('confirm'),
  effect: z.string(),
  pages: z.array(z.string()),
  open: z.array(z.string()),
  code: z.string(),
});
const choice = z.object({ is: z.literal('choice'), incidents: z.array(z.object({ n: z.number() })) });
const reply = z.discriminatedUnion('is', [refusal, question, choice]);

/** What only shows something is given as it was answered. */
export function answerTo({ state, outcome, n, version, reply: said }: CallRow, location: string, repeated: boolean): Answered {
  const read = reply.safeParse(said);
  const known = read.success ? read.data : null;
  return {
    ...{ state, outcome, n, version, repeated, location },
    refusal: known?.is === 'refusal' ? { code: known.code, message: known.zh, hint: known.hint, whom: known.whom } : null,
    question: known?.is === 'confirm' ? { effect: known.effect, pages: known.pages, open: known.open, code: known.code } : null,
    choice: known?.is === 'choice' ? known.incidents.map((incident) => incident.n) : [],
    shown: known === null ? (said ?? null) : null,
  };
}
