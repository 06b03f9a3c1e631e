/** Platform callbacks: verify, decode, store, and only then say yes. One log line for everything that is refused. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { Overloaded, type TakeIn } from '../handlers/takeIn';
import type { Log } from '../ports/log';
import type { CallbackReading, Platform } from '../ports/platform';
import { CALLBACK_CAP, readBody } from './body';
import { HttpFault } from './errors';

export function mountCallbacks(router: Router, platforms: readonly Platform[], takeIn: TakeIn, log: Log): void {
  router.get('/callback/:platform/:tenant/:kind', (ctx) => receive(ctx, platforms, takeIn, log));
  router.post('/callback/:platform/:tenant/:kind', (ctx) => receive(ctx, platforms, takeIn, log));
}

/** 401 wrong signature, 400 undecodable, 413 over 64 KB, 503 when it cannot be stored in time; none of them changes anything. */
async function receive(ctx: Context, platforms: readonly Platform[], takeIn: TakeIn, log: Log): Promise<void> {
  const { platform, tenant, kind } = ctx.params as Record<string, string>;
  const found = platforms.find((p) => p.id === platform && p.tenant === tenant);
  if (found === undefined || kind === undefined || !found.intake.kinds.includes(kind))
    throw new HttpFault(404, 'no_callback', '没有配置这个回调地址。');
  const body = await readBody(ctx.req, CALLBACK_CAP);
  if (body === null) throw new HttpFault(413, 'too_large', '回调内容超过 64 KB。');
  const reading = found.intake.read({ method: ctx.method === 'GET' ? 'GET' : 'POST', kind, query: firstOf(ctx.query), body });
  await answer(ctx, reading, takeIn, log);
}

async function answer(ctx: Context, reading: CallbackReading, takeIn: TakeIn, log: Log): Promise<void> {
  if (reading.is === 'refused') {
    log.debug({ code: reading.code, why: reading.why }, 'callback refused');
    throw new HttpFault(reading.status, reading.code, reading.status === 401 ? '签名或时间戳不正确。' : '内容无法解读。');
  }
  ctx.status = 200;
  ctx.type = 'text/plain';
  if (reading.is === 'verified') {
    ctx.body = reading.body;
    return;
  }
  try {
    await inTime(Promise.all(reading.messages.map((message) => takeIn.take(message))));
  } catch (cause) {
    throw new HttpFault(503, cause instanceof Overloaded ? 'overloaded' : 'not_stored', '暂时无法保存，请重试。');
  }
  ctx.body = '';
}

function firstOf(query: Context['query']): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, Array.isArray(value) ? (value[0] ?? '') : (value ?? '')]));
}

/** The platform waits 5 s: what is not stored well before that is refused, so that it repeats and nothing is a late yes. */
const STORE_MS = 3_500;

async function inTime(stored: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Overloaded('not stored in time')), STORE_MS);
  });
  await Promise.race([stored, late]).finally(() => clearTimeout(timer));
}
