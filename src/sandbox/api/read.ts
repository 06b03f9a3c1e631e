/** Reads bodies and queries of the sandbox API; the first fault becomes a refusal that names the field. */
import type { Context } from 'koa';
import { z } from 'zod';
import { SandboxRefusal } from '../refusal';

const MAX_BODY_BYTES = 256 << 10;
const CHINESE = z.locales.zhCN().localeError;

/** Reads and checks a JSON body of at most `maxBytes`. An empty body counts as `{}`. */
export async function bodyOf<S extends z.ZodType>(context: Context, schema: S, maxBytes = MAX_BODY_BYTES): Promise<z.output<S>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of context.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new SandboxRefusal(400, 'too_large', '请求太大。', `请求体不要超过 ${maxBytes >> 10} KB。`);
    chunks.push(chunk);
  }
  return checked(schema, parsed(Buffer.concat(chunks).toString('utf8')));
}

/** Checks the query string; a repeated key keeps its first value. */
export function queryOf<S extends z.ZodType>(context: Context, schema: S): z.output<S> {
  const entries = Object.entries(context.query).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]);
  return checked(schema, Object.fromEntries(entries));
}

function checked<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data, { error: CHINESE });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknownKeys = issue?.code === 'unrecognized_keys' ? issue.keys.join('、') : '';
  const field = unknownKeys || issue?.path.join('.') || undefined;
  throw new SandboxRefusal(
    400,
    'bad_input',
    `输入有误：${field ? `${field}，` : ''}${issue?.message ?? ''}。`,
    '字段名和取值见接口说明。',
    field,
  );
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new SandboxRefusal(400, 'bad_json', '请求体不是 JSON。', '请按 application/json 发送。');
  }
}
