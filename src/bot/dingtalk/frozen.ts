/** What the channels freeze of one call: everything but the addressee, the moment and the dispatch's own key. */
import { z } from 'zod';
import { FROZEN_PAPER, frozenAs } from '../wire/frozen';

const Fields = z.record(z.string(), z.unknown());
const Params = z.record(z.string(), z.string());
const Sample = z.strictObject({ msgKey: z.string().min(1), msgParam: z.string() });
const Call = z.strictObject({
  /** What the one who pressed sees from then on. Without anything else it only adorns the parts that follow, and its failure is none of theirs. */
  update: Params.optional(),
  /** The same words as an answer by session webhook. */
  answer: Fields.optional(),
  /** A message of the robot. */
  sample: Sample.optional(),
  /** An interactive card: its variables, how it stands in lists, those it calls by userid, and which one of its dispatch it is, from 1. */
  card: z.strictObject({ params: Params, notice: Fields, calls: Params, at: z.number().int().positive() }).optional(),
  /** Messages that say the same in words, for an organisation without such cards; none when words went before it. */
  plain: z.array(Sample).optional(),
  paper: FROZEN_PAPER.optional(),
});
export type Call = Readonly<z.infer<typeof Call>>;

/** Bytes of one call, and the call again or null. */
export const { freeze, thaw } = frozenAs<Call>(Call);
