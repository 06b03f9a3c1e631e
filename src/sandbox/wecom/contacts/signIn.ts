/** H5 sign-in (dossier 5.8): the authorize page for a chosen sandbox person, and the code that tells once who it was. */
import { randomBytes } from 'node:crypto';
import type { Person } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import { RawReply, type WireApi, type WireCall } from '../wire';

const CODE_LIFE_MS = 5 * 60_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const OUTSIDER = 'outsider';

interface Code {
  readonly person: Person | null;
  readonly issuedAt: number;
  readonly privateInfo: boolean;
  used: boolean;
}

/** Authorization codes and the calls that make and take them. */
export class SignIn {
  private readonly codes = new Map<string, Code>();

  constructor(private readonly parts: CorpParts) {}

  apis(): Readonly<Record<string, WireApi>> {
    const page = (run: (call: WireCall) => Answer | RawReply): WireApi => ({ method: 'GET', token: null, run });
    return {
      'connect/oauth2/authorize': page((call) => this.authorize(call, true)),
      'wwlogin/sso/login': page((call) => this.authorize(call, false)),
      'auth/getuserinfo': { method: 'GET', token: 'app', run: (call) => this.userInfo(call, 'new') },
      'user/getuserinfo': { method: 'GET', token: 'app', run: (call) => this.userInfo(call, 'old') },
    };
  }

  wipe(): void {
    this.codes.clear();
  }

  /** Redirects as the person in `sandbox_person`; without one, a page asks who is holding the phone. */
  private authorize({ query }: WireCall, strict: boolean): Answer | RawReply {
    const { world } = this.parts;
    if (query.get('appid') !== world.keys.corpId) return refused(40013);
    if (strict && query.get('response_type') !== 'code') return refused(40035);
    const scope = query.get('scope') ?? 'snsapi_base';
    if (scope !== 'snsapi_base' && scope !== 'snsapi_privateinfo') return refused(40035);
    if (scope === 'snsapi_privateinfo' && !query.get('agentid')) return refused(40056);
    const state = query.get('state') ?? '';
    if (!/^[A-Za-z0-9]{0,128}$/.test(state)) return refused(40035);
    const target = this.trusted(query.get('redirect_uri') ?? '');
    if (!target) return refused(50001);
    const chosen = query.get('sandbox_person');
    if (chosen === null) return choicePage(world.people, query);
    const person = world.person(chosen) ?? null;
    if (!person && chosen !== OUTSIDER) return refused(60111);
    target.searchParams.set('code', this.issue(person, scope === 'snsapi_privateinfo'));
    target.searchParams.set('state', state);
    return new RawReply(302, { location: target.href }, '', { signedIn: chosen });
  }

  private issue(person: Person | null, privateInfo: boolean): string {
    const code = randomBytes(32).toString('base64url');
    this.codes.set(code, { person, privateInfo, issuedAt: this.parts.now(), used: false });
    return code;
  }

  /** Host and port must be on the list; without a list any loopback address is. */
  private trusted(redirect: string): URL | null {
    const { trustedDomains } = this.parts.switches.on;
    if (!URL.canParse(redirect)) return null;
    const url = new URL(redirect);
    const ok = trustedDomains.length > 0 ? trustedDomains.includes(url.host) : LOOPBACK.test(url.hostname);
    return ok ? url : null;
  }

  /** The old path spells its fields with capitals. */
  private userInfo({ query }: WireCall, spelling: 'new' | 'old'): Answer {
    const given = query.get('code');
    if (!given) return refused(41008);
    const code = this.codes.get(given);
    if (!code) return refused(40029);
    if (code.used) return refused(42022);
    if (this.parts.now() >= code.issuedAt + CODE_LIFE_MS) return refused(42003);
    code.used = true;
    const openId = randomBytes(14).toString('base64url');
    const ticket = code.privateInfo ? { user_ticket: randomBytes(48).toString('base64url'), expires_in: 1800 } : {};
    if (spelling === 'old')
      return accepted(code.person ? { UserId: code.person.userid, DeviceId: 'sandbox' } : { OpenId: openId, DeviceId: 'sandbox' });
    return accepted(code.person ? { userid: code.person.userid, ...ticket } : { openid: openId, external_userid: `wm${openId}` });
  }
}

function choicePage(people: readonly Person[], query: URLSearchParams): RawReply {
  const link = (id: string, name: string) => {
    const chosen = new URLSearchParams(query);
    chosen.set('sandbox_person', id);
    return `<li><a href="?${escaped(chosen.toString())}">${escaped(name)}</a></li>`;
  };
  const links = [...people.map((person) => link(person.id, `${person.name} ${person.post}`)), link(OUTSIDER, '企业外的人')].join('\n');
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>沙箱登录</title><h1>以谁的身份打开？</h1><ul>${links}</ul></html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" };
  return new RawReply(200, headers, html, { asked: 'who' });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
