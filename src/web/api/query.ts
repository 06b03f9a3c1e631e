/** Queries of the API: checked by a schema, unknown keys refused, the fault named. */
import { z } from 'zod';
import { HttpFault } from '../errors';

/** Row ids that the database gives out one after the other, as text: they may outgrow what JavaScript counts exactly. */
export const rowId = z.string().regex(/^[1-9]\d{0,17}$/, 'expected a number');

/** The query as the schema reads it. Throws HttpFault 400 `bad_query` naming the first field that is wrong. */
export function checked<S extends z.ZodType>(schema: S, query: unknown): z.infer<S> {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HttpFault(400, 'bad_query', '查询参数不正确。', issue?.message ?? '', issue?.path.join('.'));
}
