/** Signing in and out: through a platform, with password and code when none can be reached, by choice in the sandbox. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { AdminEventOf } from '../../core/admin/events';
import { rolesOf } from '../../core/rights/reach';
import type { PersonId, Roster } from '../../core/roster/roster';
import type { NoteAct } from '../../handlers/adminRecord';
import type { Clock } from '../../ports/clock';
import type { Directory } from '../../ports/directory';
import type { Log } from '../../ports/log';
import type { PaperDesk } from '../../ports/paperDesk';
import type { Platform, SignIn } from '../../ports/platform';
import type { Session } from '../../ports/sessions';
import type { Limits } from '../api/limits';
import { checkedBody } from '../api/query';
import { readBody } from '../body';
import { HttpFault } from '../errors';
import { type CredentialPorts, checkCode, checkPassword, lookAtLink, needsCode, useLink } from './credentials';
import { addressOf, type DoorPorts, enter, leave, ownPage, sessionOf, tokenHashOf } from './door';
import { shownSession, standing } from './standing';

export interface SignInPorts extends DoorPorts, CredentialPorts {
  readonly platforms: readonly Platform[];
  readonly directory: Directory;
  /** Of the office: roles are asked as of its moment. */
  readonly clock: Clock;
  readonly sandbox: boolean;
  /** As it signs its papers. */
  readonly office: PaperDesk['office'];
  readonly limits: Limits;
  /** Who came, who was refused, who left stands on record before it is answered. */
  readonly note: NoteAct;
  readonly log: Log;
  /** Where browsers reach us, without a slash at the end. */
  readonly publicUrl: () => string;
}

const STATE_COOKIE = 'fenghuo_state';
const STATE_MS = 10 * 60_000;
/** The platform is asked who came back for so long. */
const ASK_MS = 8_000;
const CAP = 4 * 1024;
const HOME = '/console/';

/** Without control characters: no database keeps NUL. */
const short = z
  .string()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}+$/u);
const sixDigits = z.string().regex(/^\d{6}$/, '应为六位数字');
const bodies = {
  sandbox: z.strictObject({ person: short }),
  local: z.strictObject({ person: short, password: z.string().min(1).max(200), code: sixDigits }),
  code: z.strictObject({ code: sixDigits }),
  first: z.strictObject({ password: z.string().min(1).max(200), key: z.string().regex(/^[A-Z2-7]{32}$/), code: sixDigits }),
};

/** Adds the routes. Whatever a person brings, the session's token is new. */
export function mountSignIn(router: Router, ports: SignInPorts): void {
  router.get('/console/session', (ctx) => look(ctx, ports));
  router.post('/console/session/sandbox', (ctx) => bySandbox(ctx, ports));
  router.post('/console/session/local', (ctx) => byPassword(ctx, ports));
  router.post('/console/session/code', (ctx) => byCode(ctx, ports));
  router.post('/console/session/end', (ctx) => out(ctx, ports));
  router.get('/console/session/first/:token', async (ctx) => {
    json(ctx, await lookAtLink(ports, tokenIn(ctx, ports), ports.office.organ));
  });
  router.post('/console/session/first/:token', (ctx) => first(ctx, ports));
  router.get('/console/enter/:platform/:tenant', (ctx) => toPlatform(ctx, ports));
  router.get('/console/enter/:platform/:tenant/back', (ctx) => fromPlatform(ctx, ports));
}

async function look(ctx: Context, ports: SignInPorts): Promise<void> {
  const roster = await rosterOf(ports);
  json(ctx, standing({ ...ports, office: ports.office.organ }, roster, await sessionOf(ctx, ports)));
}

async function bySandbox(ctx: Context, ports: SignInPorts): Promise<void> {
  const { person } = await bodyOf(ctx, bodies.sandbox);
  if (!ports.sandbox) throw new HttpFault(403, 'as_refused', '只有演示沙箱可以挑选身份登录。', '正式使用由本人登录办理');
  await open(ctx, ports, person, 'sandbox', 'full');
}

async function byPassword(ctx: Context, ports: SignInPorts): Promise<void> {
  const { person, password, code } = await bodyOf(ctx, bodies.local);
  ports.limits.take('refused', `local:${ctx.req.socket.remoteAddress ?? ''}`);
  await notedIfRefused(ctx, ports, { claimed: person, way: 'local' }, async () => {
    await checkPassword(ports, person, password);
    await checkCode(ports, person, code);
  });
  await open(ctx, ports, person, 'local', 'full');
}

async function byCode(ctx: Context, ports: SignInPorts): Promise<void> {
  const { code } = await bodyOf(ctx, bodies.code);
  const session = await sessionOf(ctx, ports);
  if (session === null) throw new HttpFault(401, 'signed_out', '尚未登录，或登录已过期。', '请重新登录');
  ownPage(ctx, session);
  const { person, way } = session;
  await notedIfRefused(ctx, ports, { claimed: person, way }, () => checkCode(ports, person, code));
  await ports.note({ type: 'PageEntered', by: person, way, owed: false, from: addressOf(ctx) });
  await ports.sessions.complete(tokenHashOf(ctx));
  ctx.status = 204;
}

async function out(ctx: Context, ports: SignInPorts): Promise<void> {
  const session = await sessionOf(ctx, ports);
  if (session !== null) {
    ownPage(ctx, session);
    await ports.note({ type: 'PageLeft', by: session.person, from: addressOf(ctx) });
  }
  await leave(ctx, ports);
  ctx.status = 204;
}

async function first(ctx: Context, ports: SignInPorts): Promise<void> {
  const given = await bodyOf(ctx, bodies.first);
  const person = await useLink(ports, tokenIn(ctx, ports), given);
  await ports.note({ type: 'CredentialsSet', by: person, from: addressOf(ctx) });
  await ports.sessions.endAll(person);
  await open(ctx, ports, person, 'local', 'full');
}

/** A random state goes along and must come back in the same browser. */
async function toPlatform(ctx: Context, ports: SignInPorts): Promise<void> {
  const { signIn, at } = wayOf(ctx, ports);
  const state = tokenLetters();
  ctx.cookies.set(STATE_COOKIE, `${state}${askedFor(ctx.query.to)}`, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ports.isHttps,
    path: '/console/enter',
    maxAge: STATE_MS,
    overwrite: true,
  });
  ctx.set('cache-control', 'no-store');
  ctx.redirect(signIn.page(`${ports.publicUrl()}${at}/back`, state));
}

async function fromPlatform(ctx: Context, ports: SignInPorts): Promise<void> {
  const { signIn, tenant } = wayOf(ctx, ports);
  const { code, authCode, state } = ctx.query;
  const given = code ?? authCode;
  const [wanted, page] = (ctx.cookies.get(STATE_COOKIE) ?? '').split(/(?=\/console\/)/);
  ctx.cookies.set(STATE_COOKIE, null, { path: '/console/enter', overwrite: true });
  ctx.set('cache-control', 'no-store');
  if (!wanted || state !== wanted || typeof given !== 'string' || given === '') return backWith(ctx, 'state');
  const asked = await signIn.who(given, AbortSignal.timeout(ASK_MS));
  if (asked.is !== 'found' && asked.is !== 'nobody') return backWith(ctx, 'unreachable');
  const person = asked.is === 'found' ? asked.value.person : null;
  const roster = await rosterOf(ports);
  if (person === null) return refuseAt(ctx, ports, { claimed: null, way: tenant }, asked.is === 'nobody' ? 'outsider' : 'unknown');
  if (rolesOf(roster, person).length === 0) return refuseAt(ctx, ports, { claimed: person, way: tenant }, 'no_role');
  const owed = needsCode(roster, person);
  await ports.note({ type: 'PageEntered', by: person, way: tenant, owed, from: addressOf(ctx) });
  await enter(ctx, ports, { person, way: tenant, stage: owed ? 'code' : 'full' });
  ports.log.info({ person, way: tenant }, 'signed in');
  ctx.redirect(askedFor(page) || HOME);
}

/** The page of ours that somebody wanted before he was asked who he is; empty for anything else, so that nobody is led away. */
function askedFor(to: unknown): string {
  return typeof to === 'string' && /^\/console\/(?:[a-z\d]+(?:\/|$)){0,6}$/.test(to) ? to : '';
}

/** Whom somebody said to be, and how he came. */
type Claim = Pick<AdminEventOf<'PageRefused'>, 'claimed' | 'way'>;

async function refuseAt(ctx: Context, ports: SignInPorts, claim: Claim, why: 'outsider' | 'unknown' | 'no_role'): Promise<void> {
  await ports.note({ type: 'PageRefused', ...claim, why, from: addressOf(ctx) });
  backWith(ctx, why);
}

/** A refusal stands on record; whom nobody of the roster is called, is nobody. */
async function notedIfRefused(ctx: Context, ports: SignInPorts, claim: Claim, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (cause) {
    if (!(cause instanceof HttpFault)) throw cause;
    const known = (await rosterOf(ports)).people.has(claim.claimed ?? '');
    await ports.note({ type: 'PageRefused', way: claim.way, claimed: known ? claim.claimed : null, why: cause.code, from: addressOf(ctx) });
    throw cause;
  }
}

/** Back to the page, which says why in words. */
function backWith(ctx: Context, why: 'state' | 'outsider' | 'unreachable' | 'unknown' | 'no_role'): void {
  ctx.redirect(`${HOME}?signin=${why}`);
}

async function open(ctx: Context, ports: SignInPorts, person: PersonId, way: string, stage: Session['stage']): Promise<void> {
  const roster = await rosterOf(ports);
  if (!roster.people.has(person)) throw new HttpFault(422, 'no_such_person', '通讯录里没有这个人。', '', 'person');
  await ports.note({ type: 'PageEntered', by: person, way, owed: false, from: addressOf(ctx) });
  const session = await enter(ctx, ports, { person, way, stage });
  ports.log.info({ person, way }, 'signed in');
  json(ctx, shownSession(session, roster));
}

function wayOf(ctx: Context, { platforms }: SignInPorts): { readonly signIn: SignIn; readonly tenant: string; readonly at: string } {
  const { platform, tenant = '' } = ctx.params as Record<string, string>;
  const signIn = platforms.find((p) => p.id === platform && p.tenant === tenant)?.signIn;
  if (signIn === undefined) throw new HttpFault(404, 'no_sign_in', '没有配置这个登录方式。');
  return { signIn, tenant, at: `/console/enter/${platform}/${tenant}` };
}

/** Guesses at links are counted like guesses at tokens. */
function tokenIn(ctx: Context, { limits }: SignInPorts): string {
  limits.take('refused', `first:${ctx.req.socket.remoteAddress ?? ''}`);
  return (ctx.params as Record<string, string>).token ?? '';
}

function tokenLetters(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function rosterOf({ directory, clock }: SignInPorts): Promise<Roster> {
  return directory.at(clock.now());
}

async function bodyOf<S extends z.ZodType>(ctx: Context, schema: S): Promise<z.infer<S>> {
  const raw = await readBody(ctx.req, CAP);
  if (raw === null) throw new HttpFault(413, 'too_large', `内容超过 ${CAP / 1024} KB。`);
  return checkedBody(schema, raw);
}

function json(ctx: Context, body: unknown): void {
  ctx.set('cache-control', 'no-store');
  ctx.body = body;
}
