/** Platform callbacks: verify, decode, store, and only then say yes. One log line for everything that is refused. */
import { parse } from 'node:querystring';
import type { Context, Middleware } from 'koa';
import type { TakeIn } from '../handlers/takeIn';
import type { Log } from '../ports/log';
import type { CallbackReading, Inbound, Intake, Platform } from '../ports/platform';
import { CALLBACK_CAP, readBody } from './body';
import { HttpFault } from './errors';
import { storeBy } from './storing';

/** One callback address: which platform's intake it belongs to, and what comes in there. */
interface Door {
  readonly intake: Intake;
  readonly kind: string;
}

/**
 * Serves `/callback/:platform/:tenant/:kind` of every platform, known from the start: in a flood each message costs one look-up here,
 * where a router would try its patterns. What is below `/callback/` and none of them is refused with 404.
 */
export function serveCallbacks(platforms: readonly Platform[], takeIn: TakeIn, log: Log): Middleware {
  const doors = new Map(
    platforms.flatMap(({ id, tenant, intake }) =>
      intake.kinds.map((kind): [string, Door] => [`/callback/${id}/${tenant}/${kind}`, { intake, kind }]),
    ),
  );
  return (ctx, next) => {
    if (!ctx.path.startsWith('/callback/')) return next();
    const isOne = ctx.method === 'GET' || ctx.method === 'POST';
    const door = isOne ? (doors.get(ctx.path) ?? doors.get(plainPath(ctx.path))) : undefined;
    if (door === undefined) throw new HttpFault(404, 'no_callback', '没有配置这个回调地址。');
    return receive(ctx, door, takeIn, log);
  };
}

/** As an administrator may have typed it: with a slash at the end, or with signs written as %XX. */
function plainPath(path: string): string {
  try {
    return decodeURIComponent(path).replace(/\/$/, '');
  } catch {
    return path;
  }
}

/** Most platforms wait 5 s for an answer; what is not stored well before that is refused, so that it repeats and nothing is a late yes. */
const ANSWER_MS = 3_000;

/**
 * 401 wrong signature, 400 undecodable or broken off, 408 not whole in time, 413 over 64 KB, 503 when it cannot be stored in time. None
 * of them changes anything, but for a 503 that was committed late after all: the platform repeats it, and the repeat is the same row.
 */
async function receive(ctx: Context, { intake, kind }: Door, takeIn: TakeIn, log: Log): Promise<void> {
  const waits = intake.answerMs ?? ANSWER_MS;
  const until = performance.now() + waits;
  const body = await readBody(ctx.req, CALLBACK_CAP, waits);
  if (body === null) throw new HttpFault(413, 'too_large', '回调内容超过 64 KB。');
  const reading = intake.read({
    method: ctx.method === 'GET' ? 'GET' : 'POST',
    kind,
    query: queryOf(ctx),
    headers: headersOf(ctx),
    body,
  });
  if (reading.is === 'refused') refuse(reading, log);
  if (reading.is === 'taken') await storeBy(await identified(intake, reading.messages), takeIn, until);
  ctx.status = 200;
  const answer = reading.is === 'taken' ? reading.answer : undefined;
  ctx.set('content-type', answer === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  ctx.body = reading.is === 'verified' ? reading.body : (answer ?? '');
}

/** With the accounts as the roster knows them, where the platform sends encrypted ones. */
function identified(intake: Intake, messages: readonly Inbound[]): Promise<readonly Inbound[]> {
  return Promise.all(messages.map(async (message) => (await intake.identify?.(message)) ?? message));
}

function refuse({ status, code, why }: Extract<CallbackReading, { is: 'refused' }>, log: Log): never {
  log.debug({ code, why }, 'callback refused');
  throw new HttpFault(status, code, status === 401 ? '签名或时间戳不正确。' : '内容无法解读。');
}

/** Of a name that stands there twice, the first value. */
function queryOf(ctx: Context): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of Object.entries(parse(ctx.querystring))) query[key] = (Array.isArray(value) ? value[0] : value) ?? '';
  return query;
}

/** One value each; a list is none of any platform's. */
function headersOf(ctx: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(ctx.headers)) if (typeof value === 'string') headers[key] = value;
  return headers;
}
