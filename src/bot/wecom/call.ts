/** What the robot and the app freeze of one call: the pieces that are fixed before it; addressee and card id are added from the dispatch. */
import { z } from 'zod';
import { FROZEN_PAPER, frozenAs } from '../wire/frozen';

const Fields = z.record(z.string(), z.unknown());
const Call = z.strictObject({
  /** Replaces the pressed card, if its ticket is alive. Without `message` it only adorns the parts that follow, and its failure is none of theirs. */
  update: Fields.optional(),
  /** Body of the message to be answered with or pushed. */
  message: Fields.optional(),
  /** Counts the cards of one dispatch, from 1; absent for messages without a card. */
  card: z.number().int().positive().optional(),
  /** Bodies that say the same in words, for a platform that refuses the card; none when words went before it. */
  plain: z.array(Fields).optional(),
  /** The same as a greeting, which the platform takes as plain text only. */
  welcome: Fields.optional(),
  paper: FROZEN_PAPER.optional(),
});
export type Call = Readonly<z.infer<typeof Call>>;

/** Bytes of one call, and the call again or null. */
export const { freeze, thaw } = frozenAs<Call>(Call);

/**
 * The calls for a message after a press: the update alone with the message as its stand-in where the card shows everything,
 * else the update and then the full message.
 */
export function withUpdate(update: Call['update'], showsAll: boolean, calls: readonly Call[]): readonly Call[] {
  const [only, second] = calls;
  return showsAll && only !== undefined && second === undefined ? [{ update, ...only }] : [{ update }, ...calls];
}

/** The message's body with the card's id in it. */
export function messageOf(call: Call, taskId: (card: number) => string): Readonly<Record<string, unknown>> | null {
  if (call.message === undefined) return null;
  if (call.card === undefined) return call.message;
  return { ...call.message, template_card: { ...Fields.parse(call.message.template_card), task_id: taskId(call.card) } };
}
