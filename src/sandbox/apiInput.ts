/** What callers of the sandbox API may send: every body and query has a schema, unknown fields are refused. */
import type { Context } from 'koa';
import { z } from 'zod';
import { isLoopbackUrl } from './loopback';
import { SandboxRefusal } from './refusal';

const MAX_BODY_BYTES = 256 << 10;
const CHINESE = z.locales.zhCN().localeError;

const cursor = z.coerce.number().int().min(0).default(0);
const moment = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));
const localUrl = z.url({ protocol: /^https?$/ }).refine(isLoopbackUrl, '只能是本机地址');
const choice = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));

/** Bodies and queries by call (interfaces.md section 6). */
export const inputs = {
  say: z.strictObject({
    room: z.string(),
    from: z.string(),
    text: z
      .string()
      .max(20_000)
      .refine((text) => text.trim() !== '', '不能是空的'),
    quote: z.string().optional(),
    mentionBot: z.boolean().default(true),
    copies: z.number().int().min(1).max(100).default(1),
  }),
  click: z.strictObject({
    message: z.string(),
    button: z.string(),
    from: z.string(),
    values: z.record(z.string(), choice).default({}),
  }),
  enter: z.strictObject({ room: z.string(), from: z.string() }),
  messages: z.strictObject({ room: z.string().optional(), after: cursor, wait: z.coerce.number().int().min(0).max(30_000).default(0) }),
  clock: z.union([z.strictObject({ advanceMinutes: z.number().positive().max(5_256_000) }), z.strictObject({ now: moment })]),
  faults: z.union([
    z.strictObject({ clear: z.literal(true) }),
    z.strictObject({
      api: z.string().min(1),
      errcode: z.number().int().optional(),
      status: z.number().int().min(400).max(599).optional(),
      delayMs: z.number().int().min(1).max(60_000).optional(),
      drop: z.boolean().optional(),
      afterAccept: z.boolean().optional(),
      times: z.number().int().min(1).max(10_000).default(1),
    }),
  ]),
  calls: z.strictObject({ api: z.string().optional(), after: cursor, all: z.stringbool().default(false) }),
  callbackUrl: z.strictObject({ url: localUrl, controlUrl: localUrl.optional(), controlToken: z.string().min(1).optional() }),
  clockTick: z.strictObject({ now: moment }),
} as const;

/** Checks data against a schema; the first fault becomes a 400 that names the field. */
export function checked<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
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

/** Reads and checks a JSON body. An empty body counts as `{}`. */
export async function bodyOf<S extends z.ZodType>(context: Context, schema: S): Promise<z.output<S>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of context.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new SandboxRefusal(400, 'too_large', '请求太大。', '请求体不要超过 256 KB。');
    chunks.push(chunk);
  }
  return checked(schema, parsed(Buffer.concat(chunks).toString('utf8')));
}

/** Checks the query string; a repeated key keeps its first value. */
export function queryOf<S extends z.ZodType>(context: Context, schema: S): z.output<S> {
  const entries = Object.entries(context.query).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]);
  return checked(schema, Object.fromEntries(entries));
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new SandboxRefusal(400, 'bad_json', '请求体不是 JSON。', '请按 application/json 发送。');
  }
}
