/** Queries and bodies of the API: checked by a schema, unknown keys refused, the faults named. */
import { z } from 'zod';
import { HttpFault } from '../errors';

/** Row ids that the database gives out one after the other, as text: they may outgrow what JavaScript counts exactly. */
export const rowId = z.string().regex(/^[1-9]\d{0,17}$/, 'expected a number');
/** Numbers of incidents are four-byte integers in the database. */
export const LARGEST_NUMBER = 2 ** 31 - 1;
export const incidentNumber = z.coerce.number().int().min(1).max(LARGEST_NUMBER);
export const pageSize = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

/** A text with NUL in it can be no name and no number of anything: the database keeps none. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
const HOLDS_NUL = { code: 'custom', message: 'a text must not hold NUL' } as const;

/** The query as the schema reads it. Throws HttpFault 400 `bad_query` naming the first field that is wrong. */
export function checked<S extends z.ZodType>(schema: S, query: unknown): z.infer<S> {
  const result = schema.safeParse(query);
  if (result.success && !NUL.test(JSON.stringify(query))) return result.data;
  const issue = result.error?.issues[0] ?? { ...HOLDS_NUL, path: [] };
  throw new HttpFault(400, 'bad_query', '查询参数不正确。', issue?.message ?? '', fieldOf(issue));
}

/** The body as the schema reads it. Throws HttpFault 400 `bad_json`, and 422 `invalid` with every fault and its field. */
export function checkedBody<S extends z.ZodType>(schema: S, raw: Buffer): z.infer<S> {
  const result = schema.safeParse(parsed(raw));
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: key, message: 'unknown field' }))
      : [{ field: fieldOf(issue) ?? '', message: issue.message }],
  );
  throw new HttpFault(422, 'invalid', '内容不符合要求。', `共 ${faults.length} 处，见 faults`, faults[0]?.field ?? '', faults);
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new HttpFault(400, 'bad_json', '内容不是 UTF-8 的 JSON。');
  }
}

/** The field that is wrong; of a key nobody knows the key itself. */
function fieldOf(issue: z.core.$ZodIssue | undefined): string | undefined {
  if (issue?.code === 'unrecognized_keys') return issue.keys[0];
  return issue?.path.join('.');
}
