/** Signing in (dossier 5): inside DingTalk by a code, in a browser by the login page of a chosen sandbox person. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isLoopbackUrl } from '../../loopback';
import type { Person } from '../../world';
import type { Account } from '../book';
import type { DingParts } from '../parts';
import { accepted, denied, granted, type Reply, refused } from '../replies';
import { sameText } from '../sign';
import type { Tokens } from '../tokens';
import type { Host, WireCall, WireTable } from '../wireApi';

const CODE_LIFE_MS = 300_000;

const tokenSchema = z.looseObject({
  clientId: z.string(),
  clientSecret: z.string(),
  code: z.string().optional(),
  refreshToken: z.string().optional(),
  grantType: z.enum(['authorization_code', 'refresh_token']),
});

/** Codes and the calls that take them. Each code is good once, for five minutes of the sandbox clock. */
export class SignIn {
  private readonly codes = new Map<string, { readonly account: Account; readonly expiresAt: number }>();
  private readonly refreshes = new Map<string, Account>();

  constructor(
    private readonly parts: DingParts,
    private readonly tokens: Tokens,
  ) {}

  /** A code as a page inside the client gets it for the person holding the phone. */
  code(personId: string): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { account: this.parts.book.account(personId), expiresAt: this.parts.now() + CODE_LIFE_MS });
    return code;
  }

  apis(): Readonly<Record<Host, WireTable>> {
    return {
      login: { 'GET oauth2/auth': { token: null, free: true, run: (call) => this.authorize(call) } },
      oapi: { 'POST topapi/v2/user/getuserinfo': { token: 'app', run: ({ json }) => this.userInfo(json) } },
      api: { 'POST v1.0/oauth2/userAccessToken': { token: null, name: 'oauth2/userAccessToken', run: ({ json }) => this.userToken(json) } },
    };
  }

  wipe(): void {
    this.codes.clear();
    this.refreshes.clear();
  }

  /** Redirects as the person in `sandbox_person`; without one, a page asks who sits at the browser. */
  private authorize({ query }: WireCall): Reply {
    const target = query.get('redirect_uri') ?? '';
    const known = query.get('client_id') === this.parts.keys.clientId && query.get('response_type') === 'code';
    if (!known || !(query.get('scope') ?? '').split(' ').includes('openid')) return denied('invalidParameter');
    if (!isLoopbackUrl(target)) return denied('invalidParameter', { message: 'redirect_uri不在可信域名内' });
    const person = this.parts.world.person(query.get('sandbox_person') ?? '');
    if (!person) return choicePage(this.parts.world.people, query);
    const url = new URL(target);
    url.searchParams.set('authCode', this.code(person.id));
    url.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: url.href }, body: '', noted: { signedIn: person.id } };
  }

  private userInfo(json: unknown): Reply {
    const account = this.take((json as { code?: unknown }).code);
    if (!account) return refused(40078);
    const { userid, unionid, person } = account;
    const sys = person.roles.includes('admin');
    return accepted({
      result: { userid, unionid, associated_unionid: unionid, name: person.name, device_id: 'sandbox', sys, sys_level: sys ? 1 : 0 },
    });
  }

  private userToken(json: unknown): Reply {
    const body = tokenSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter');
    const { clientId, clientSecret, code, refreshToken, grantType } = body.data;
    const { keys } = this.parts;
    if (clientId !== keys.clientId || !sameText(clientSecret, keys.clientSecret)) return denied('invalidClientIdOrSecret');
    const account = grantType === 'authorization_code' ? this.take(code) : this.refreshes.get(refreshToken ?? '');
    if (!account) return denied('invalidParameter', { message: '不存在的临时授权码' });
    const refresh = randomBytes(16).toString('hex');
    this.refreshes.set(refresh, account);
    return granted({ accessToken: this.tokens.issueUser(account), refreshToken: refresh, expireIn: 7200, corpId: keys.corpId });
  }

  private take(code: unknown): Account | undefined {
    const entry = this.codes.get(String(code));
    this.codes.delete(String(code));
    return entry && this.parts.now() < entry.expiresAt ? entry.account : undefined;
  }
}

function choicePage(people: readonly Person[], query: URLSearchParams): Reply {
  const links = people.map((person) => {
    const chosen = new URLSearchParams(query);
    chosen.set('sandbox_person', person.id);
    return `<li><a href="?${escaped(chosen.toString())}">${escaped(`${person.name} ${person.post}`)}</a></li>`;
  });
  const head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>沙箱登录</title><h1>以谁的身份登录？</h1>';
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" };
  return { status: 200, headers, body: `${head}<ul>${links.join('\n')}</ul></html>`, noted: { asked: 'who' } };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
