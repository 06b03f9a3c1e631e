/** Access tokens (dossier 5.1): one at a time for each secret, 7200 s of the sandbox clock, refused by code when stale. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { World } from '../world';
import { type Answer, accepted, refused } from './answers';

const LIFE_S = 7200;
const WRONG_SECRETS = 5;
const BLOCK_MS = 3600_000;

/** Whose secret a token came from: an app, or the contact-sync assistant (which has no agent id). */
export interface Caller {
  readonly kind: 'app' | 'contacts';
  readonly agentId: number;
}

interface Token {
  readonly caller: Caller;
  readonly expiresAt: number;
}

/** Issues and checks tokens. Five wrong secrets in a row block the caller for an hour (45009). */
export class Tokens {
  private readonly tokens = new Map<string, Token>();
  private readonly current = new Map<number, string>();
  private wrong = 0;
  private blockedUntil = 0;

  constructor(
    private readonly world: World,
    private readonly now: () => number,
  ) {}

  /** `gettoken`: the same token within its life, then a new one. */
  issue(corpId: string | null, secret: string | null): Answer {
    if (!corpId) return refused(41002);
    if (!secret) return refused(41004);
    if (this.now() < this.blockedUntil) return refused(45009);
    if (corpId !== this.world.keys.corpId) return refused(40013);
    const caller = this.callerWith(secret);
    if (!caller) return this.wrongSecret();
    this.wrong = 0;
    const token = this.living(caller) ?? this.fresh(caller);
    const expiresAt = this.tokens.get(token)?.expiresAt ?? this.now();
    return accepted({ access_token: token, expires_in: Math.max(1, Math.ceil((expiresAt - this.now()) / 1000)) });
  }

  /** The token's owner, or the code of the refusal: 41001 missing, 42001 expired, 40014 unknown or withdrawn. */
  check(token: string | null): Caller | number {
    if (!token) return 41001;
    const found = this.tokens.get(token);
    if (found === undefined) return 40014;
    return this.now() < found.expiresAt ? found.caller : 42001;
  }

  /** True for a token given out here, living or not. */
  knows(token: string): boolean {
    return this.tokens.has(token);
  }

  /** Makes a token invalid before its time; the next call with it is told 40014. */
  withdraw(token: string | null): void {
    this.tokens.delete(token ?? '');
  }

  /** As after a fresh start: no tokens, no block. */
  wipe(): void {
    this.tokens.clear();
    this.current.clear();
    this.wrong = 0;
    this.blockedUntil = 0;
  }

  private callerWith(secret: string): Caller | undefined {
    const { keys, further } = this.world;
    if (sameText(secret, keys.corpSecret)) return { kind: 'app', agentId: keys.agentId };
    if (sameText(secret, further.secondApp.corpSecret)) return { kind: 'app', agentId: further.secondApp.agentId };
    return sameText(secret, further.contactsSecret) ? { kind: 'contacts', agentId: 0 } : undefined;
  }

  private living(caller: Caller): string | null {
    const token = this.current.get(caller.agentId) ?? '';
    return typeof this.check(token) === 'object' ? token : null;
  }

  private fresh(caller: Caller): string {
    const token = randomBytes(96).toString('base64url');
    this.current.set(caller.agentId, token);
    this.tokens.set(token, { caller, expiresAt: this.now() + LIFE_S * 1000 });
    return token;
  }

  private wrongSecret(): Answer {
    this.wrong += 1;
    if (this.wrong >= WRONG_SECRETS) {
      this.wrong = 0;
      this.blockedUntil = this.now() + BLOCK_MS;
    }
    return refused(40001);
  }
}

/** Compares secrets without telling by the time taken where they differ. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
