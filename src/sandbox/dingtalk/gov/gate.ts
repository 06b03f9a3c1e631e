/** The gateway of the government edition (dossier 6.2): known key, fresh time, unused nonce, right signature, living token. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { headerOf } from '../http';
import type { Reply } from '../replies';
import { sameText } from '../sign';
import type { GovKeys } from './keys';
import { failed, granted, turnedAway } from './replies';
import { signatureOf, stringToSign } from './sign';

/** How far a timestamp may lie from now; the real window is not known. */
const WINDOW_MS = 300_000;
const LIFE_S = 7200;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;

/** Checks requests and gives out tokens. */
export class Gate {
  private readonly nonces = new Map<string, number>();
  private readonly tokens = new Map<string, number>();
  private current = '';

  constructor(
    private readonly keys: GovKeys,
    private readonly now: () => number,
  ) {}

  /** Why the gateway turns a request away, or null. A good nonce is used up by that. */
  refusal(request: IncomingMessage, path: string, params: URLSearchParams): Reply | null {
    const given = (name: string) => headerOf(request, `x-hmac-auth-${name}`);
    if (headerOf(request, 'apikey') !== this.keys.appKey) return turnedAway('InvalidApiKey', 'apiKey不存在');
    const [timestamp, nonce] = [given('timestamp'), given('nonce')];
    if (given('version') !== '1.0' || nonce === '') return turnedAway('InvalidHmacHeader', '缺少签名头');
    const moment = ISO.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
    if (!(Math.abs(this.now() - moment) <= WINDOW_MS)) return turnedAway('InvalidTimestamp', '时间戳已过期');
    this.forgetOld();
    if (this.nonces.has(nonce)) return turnedAway('NonceUsed', 'nonce重复');
    const text = stringToSign({ method: request.method ?? '', timestamp, nonce, path, params: [...params] });
    const algorithm = given('algorithm').toLowerCase() === 'md5' ? 'md5' : 'sha256';
    if (!sameText(given('signature'), signatureOf(text, this.keys.appSecret, algorithm)))
      return turnedAway('SignatureMismatch', '签名不匹配');
    this.nonces.set(nonce, moment);
    return null;
  }

  /** `gettoken.json`: the same token within its life. */
  issue(params: URLSearchParams): Reply {
    const known = params.get('appkey') === this.keys.appKey && sameText(params.get('appsecret') ?? '', this.keys.appSecret);
    if (!known) return failed('InvalidAppSecret', 'appkey或appsecret不正确');
    if (!this.living(this.current)) {
      this.current = `app_${randomBytes(16).toString('hex')}`;
      this.tokens.set(this.current, this.now() + LIFE_S * 1000);
    }
    const left = Math.ceil(((this.tokens.get(this.current) ?? 0) - this.now()) / 1000);
    return granted({ accessToken: this.current, expiresIn: left });
  }

  living(token: string): boolean {
    return this.now() < (this.tokens.get(token) ?? 0);
  }

  /** Makes a token invalid before its time. */
  withdraw(token: string): void {
    this.tokens.delete(token);
  }

  wipe(): void {
    this.nonces.clear();
    this.tokens.clear();
    this.current = '';
  }

  private forgetOld(): void {
    for (const [nonce, moment] of this.nonces) if (Math.abs(this.now() - moment) > WINDOW_MS) this.nonces.delete(nonce);
  }
}
