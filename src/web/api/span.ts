/** Spans of time that a caller asks figures of. */
import { z } from 'zod';
import { DAY, type Instant } from '../../core/instant';
import { HttpFault } from '../errors';

const day = z.iso.datetime({ offset: true });
/** `from` and `until` as a query has them. */
export const spanShape = { from: day.optional(), until: day.optional() };
/** Without a span the last thirty days are counted. */
const USUAL_SPAN = 30 * DAY;

/** [from, until). Throws HttpFault 400 `bad_query` where it is none. */
export function spanOf(
  given: { readonly from?: string | undefined; readonly until?: string | undefined },
  now: Instant,
): { readonly from: Instant; readonly until: Instant } {
  const until = given.until === undefined ? now + 1 : Date.parse(given.until);
  const from = given.from === undefined ? until - USUAL_SPAN : Date.parse(given.from);
  if (from >= until) throw new HttpFault(400, 'bad_query', '查询参数不正确。', 'from 应早于 until', 'from');
  return { from, until };
}
