/** The door of the pages: who is signed in by the cookie, and that what changes something comes from our own page. */
import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { PersonId } from '../../core/roster/roster';
import type { Session, Sessions } from '../../ports/sessions';
import { HttpFault } from '../errors';
import { hashOf, newToken } from './secrets';

const COOKIE = 'fenghuo_session';
/** Header that repeats the session's own secret; no other site can read or send it. */
export const CSRF_HEADER = 'X-Fenghuo-Csrf';
/** A browser left alone is signed out after half an hour, in any case after twelve hours: one shift. */
export const IDLE_MS = 30 * 60_000;
export const LONGEST_MS = 12 * 60 * 60_000;

export interface DoorPorts {
  readonly sessions: Sessions;
  /** Real milliseconds since 1970. */
  readonly wallMs: () => number;
  /** The pages are reached over https: cookies go no other way. */
  readonly isHttps: boolean;
}

/** Where a call comes from, as the socket says. */
export function addressOf(ctx: Context): string | null {
  return ctx.req.socket.remoteAddress ?? null;
}

/** Signs a browser in: a new token each time, never one it brought. */
export async function enter(
  ctx: Context,
  { sessions, wallMs, isHttps }: DoorPorts,
  { person, way, stage }: Pick<Session, 'person' | 'way' | 'stage'>,
): Promise<Session> {
  const now = wallMs();
  const token = newToken();
  const session: Session = { person, way, stage, csrf: newToken(), openedAt: now, seenAt: now, endsAt: now + LONGEST_MS };
  await leave(ctx, { sessions, isHttps });
  await sessions.open(hashOf(token), session);
  setCookie(ctx, token, isHttps);
  return session;
}

/** Signs it out; without a session nothing happens. */
export async function leave(ctx: Context, { sessions, isHttps }: Pick<DoorPorts, 'sessions' | 'isHttps'>): Promise<void> {
  const token = ctx.cookies.get(COOKIE);
  if (token === undefined) return;
  await sessions.end(hashOf(token));
  setCookie(ctx, null, isHttps);
}

/** Whether the browser brought a token, good or not. */
export function hasCookie(ctx: Context): boolean {
  return ctx.cookies.get(COOKIE) !== undefined;
}

/** The session of the cookie, null without a living one. */
export async function sessionOf(ctx: Context, { sessions, wallMs }: Pick<DoorPorts, 'sessions' | 'wallMs'>): Promise<Session | null> {
  const token = ctx.cookies.get(COOKIE);
  return token === undefined || token.length > 100 ? null : sessions.find(hashOf(token), wallMs(), IDLE_MS);
}

/** The hash of the token that the browser brought. */
export function tokenHashOf(ctx: Context): string {
  return hashOf(ctx.cookies.get(COOKIE) ?? '');
}

/**
 * Whoever is fully signed in. Throws HttpFault 401 `signed_out`, `code_owed`; 403 `csrf` when something is to change and the header is not
 * the session's.
 */
export async function signedIn(
  ctx: Context,
  ports: Pick<DoorPorts, 'sessions' | 'wallMs'>,
): Promise<Session & { readonly person: PersonId }> {
  const session = await sessionOf(ctx, ports);
  if (session === null) throw new HttpFault(401, 'signed_out', '尚未登录，或登录已过期。', '请重新登录');
  if (session.stage === 'code') throw new HttpFault(401, 'code_owed', '还没有输入动态口令。', '请输入身份验证器上的六位数字');
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') ownPage(ctx, session);
  return session;
}

/** Throws HttpFault 403 `csrf`. */
export function ownPage(ctx: Context, { csrf }: Pick<Session, 'csrf'>): void {
  const given = Buffer.from(ctx.get(CSRF_HEADER));
  const wanted = Buffer.from(csrf);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new HttpFault(403, 'csrf', '请求不是从本页面发出的。', '请刷新页面后再试');
}

function setCookie(ctx: Context, token: string | null, isHttps: boolean): void {
  ctx.cookies.set(COOKIE, token, { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/', overwrite: true });
}
