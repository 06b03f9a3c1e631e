/** The steps of every API call, in order: who calls, may he, how often, is it well-formed; then its handler, then the answer. */
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { may } from '../../core/rights/may';
import type { Machine, UsedSignatures } from '../../ports/machines';
import { CALLBACK_CAP, readBody } from '../body';
import { HttpFault } from '../errors';
import { type CallerPorts, callerOf, type Who } from './callers';
import type { Limits } from './limits';
import { checked, checkedBody } from './query';
import type { Call, Given, Route } from './route';
import { signedBy, useOnce } from './signature';

export interface MountPorts extends CallerPorts {
  readonly limits: Limits;
  readonly used: UsedSignatures;
  readonly machines: readonly Machine[];
}

export function mountRoutes(routes: readonly Route[], ports: MountPorts): Router {
  const router = new Router();
  for (const route of routes)
    router[route.method](route.path, async (ctx: Context) => {
      const { status = 200, body, location, file, manifest } = await answer(route, ctx, ports);
      ctx.status = status;
      if (location !== undefined) ctx.set('location', location);
      ctx.set('cache-control', 'no-store');
      if (manifest !== undefined) ctx.set('x-fenghuo-manifest', manifest);
      ctx.body = body;
      if (file !== undefined) offerFile(ctx, file);
    });
  return router;
}

/** Kept, never shown inside a page; the name in UTF-8 (RFC 6266). */
function offerFile(ctx: Context, { name, type }: NonNullable<Given['file']>): void {
  ctx.type = type;
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapedSign)}`);
}

function escapedSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

async function answer(route: Route, ctx: Context, ports: MountPorts): Promise<Given> {
  switch (route.guard) {
    case 'open':
      return route.handle(await callOf(route, ctx, Buffer.alloc(0)));
    case 'token': {
      const who = await throttled(ctx, ports, () => callerOf(ctx, ports));
      ports.limits.take(route.method === 'get' ? 'read' : 'command', who.id);
      allowed(who, route.act);
      return route.handle(await callOf(route, ctx, await bodyOf(route, ctx)), who);
    }
    case 'signature': {
      const raw = await bodyOf(route, ctx);
      const content = route.method === 'get' ? ctx.url : raw;
      const signed = await throttled(ctx, ports, async () => signedBy(ctx, content, ports.machines, ports.wallMs()));
      ctx.state.system = signed.machine.id;
      ports.limits.take('report', signed.machine.id);
      const call = await callOf(route, ctx, raw);
      if (route.idempotent) keyOf(ctx);
      await useOnce(signed, ports.used);
      return route.handle(call, signed);
    }
    default:
      return route satisfies never;
  }
}

/** The key by which a repeat is known. Throws HttpFault 422 `invalid` without it. */
export function keyOf(ctx: Context): string {
  const key = ctx.get('idempotency-key');
  if (/^[\x21-\x7e]{1,128}$/.test(key)) return key;
  throw new HttpFault(
    422,
    'invalid',
    '缺少 Idempotency-Key，或写法不对。',
    '1 至 128 个英文字符，每件事一个，重试时不变',
    'Idempotency-Key',
  );
}

/** Whoever fails to say who he is too often is not even compared any more. */
async function throttled<T>(ctx: Context, { limits }: MountPorts, identify: () => Promise<T>): Promise<T> {
  try {
    return await identify();
  } catch (cause) {
    if (cause instanceof HttpFault && cause.status === 401) limits.take('refused', ctx.req.socket.remoteAddress ?? '');
    throw cause;
  }
}

/** A person's right to one incident is asked where it is read. */
function allowed({ caller, scopes }: Who, act: Extract<Route, { guard: 'token' }>['act']): void {
  if (act === 'command') {
    if (!scopes.includes('command')) throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '需要 command');
    return;
  }
  const isOfOneIncident = caller.is === 'person' && (act === 'list_incidents' || act === 'read_incident' || act === 'read_record');
  const answered = isOfOneIncident ? { is: 'yes' as const } : may(caller, act);
  if (answered.is === 'refusal') throw new HttpFault(403, answered.code, answered.zh, answered.hint);
}

async function bodyOf({ method, cap = CALLBACK_CAP }: Route, ctx: Context): Promise<Buffer> {
  if (method === 'get') return Buffer.alloc(0);
  const body = await readBody(ctx.req, cap);
  if (body === null) throw new HttpFault(413, 'too_large', `内容超过 ${cap / 1024} KB。`);
  return body;
}

const NOTHING = z.strictObject({});
const PARAMS = z.record(z.string(), z.string());

async function callOf(route: Route, ctx: Context, raw: Buffer): Promise<Call<unknown, unknown>> {
  const query = checked(route.query ?? NOTHING, ctx.query);
  const body = route.body === undefined ? undefined : checkedBody(route.body, raw);
  return { ctx, query, body, raw, params: checked(PARAMS, ctx.params) };
}
