/** Access tokens (dossier 4.1): the same one until it expires after 7200 s of the sandbox clock, good on both hosts. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Account } from './book';
import type { DingKeys } from './keys';
import { accepted, denied, granted, type Reply, refused } from './replies';
import { sameText } from './sign';
import type { WireCall, WireTable } from './wireApi';

const LIFE_S = 7200;

const newSchema = z.looseObject({ appKey: z.string(), appSecret: z.string() });
const corpSchema = z.looseObject({ client_id: z.string(), client_secret: z.string(), grant_type: z.literal('client_credentials') });

/** The app's token and the tokens of people who signed in. */
export class Tokens {
  private readonly expiries = new Map<string, number>();
  private readonly users = new Map<string, { readonly account: Account; readonly expiresAt: number }>();
  private current = '';

  constructor(
    private readonly keys: DingKeys,
    private readonly now: () => number,
  ) {}

  /** Whether a call of the app may go on with this token. */
  check(token: string): 'good' | 'expired' | 'unknown' {
    const expiresAt = this.expiries.get(token);
    if (expiresAt === undefined) return 'unknown';
    return this.now() < expiresAt ? 'good' : 'expired';
  }

  /** Whose personal token this is. */
  user(token: string): Account | undefined {
    const entry = this.users.get(token);
    return entry && this.now() < entry.expiresAt ? entry.account : undefined;
  }

  issueUser(account: Account): string {
    const token = randomBytes(16).toString('hex');
    this.users.set(token, { account, expiresAt: this.now() + LIFE_S * 1000 });
    return token;
  }

  /** Makes a token invalid before its time. */
  withdraw(token: string): void {
    this.expiries.delete(token);
  }

  apis(): { readonly api: WireTable; readonly oapi: WireTable } {
    return {
      api: {
        'POST v1.0/oauth2/accessToken': { token: null, name: 'oauth2/accessToken', run: (call) => this.byNewHost(call) },
        'POST v1.0/oauth2/*/token': { token: null, name: 'oauth2/token', run: (call) => this.byCorp(call) },
      },
      oapi: { 'GET gettoken': { token: null, run: (call) => this.byOldHost(call) } },
    };
  }

  wipe(): void {
    this.expiries.clear();
    this.users.clear();
    this.current = '';
  }

  private byNewHost({ json }: WireCall): Reply {
    const body = newSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter');
    if (!this.knows(body.data.appKey, body.data.appSecret)) return denied('invalidClientIdOrSecret');
    return granted({ accessToken: this.living(), expireIn: this.left() });
  }

  private byCorp({ json, tail }: WireCall): Reply {
    const body = corpSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter');
    const known = tail === this.keys.corpId && this.knows(body.data.client_id, body.data.client_secret);
    return known ? granted({ access_token: this.living(), expires_in: this.left() }) : denied('invalidClientIdOrSecret');
  }

  private byOldHost({ query }: WireCall): Reply {
    const [key, secret] = [query.get('appkey'), query.get('appsecret')];
    if (!key || !secret) return refused(40035);
    return this.knows(key, secret) ? accepted({ access_token: this.living(), expires_in: this.left() }) : refused(40089);
  }

  private knows(key: string, secret: string): boolean {
    return key === this.keys.clientId && sameText(secret, this.keys.clientSecret);
  }

  private living(): string {
    if (this.check(this.current) === 'good') return this.current;
    this.current = randomBytes(16).toString('hex');
    this.expiries.set(this.current, this.now() + LIFE_S * 1000);
    return this.current;
  }

  private left(): number {
    return Math.max(1, Math.ceil(((this.expiries.get(this.current) ?? this.now()) - this.now()) / 1000));
  }
}
