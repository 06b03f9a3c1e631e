/** Access tokens of the app (dossier 5.1): one at a time, 7200 s of the sandbox clock, refused by code when stale. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { World } from '../world';
import { type Answer, accepted, refused } from './answers';

const LIFE_S = 7200;
const WRONG_SECRETS = 5;
const BLOCK_MS = 3600_000;

/** Issues and checks tokens. Five wrong secrets in a row block the caller for an hour (45009). */
export class Tokens {
  private readonly expiries = new Map<string, number>();
  private current: string | null = null;
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
    if (!sameText(secret, this.world.keys.corpSecret)) return this.wrongSecret();
    this.wrong = 0;
    const token = this.living() ?? this.fresh();
    const expiresAt = this.expiries.get(token) ?? this.now();
    return accepted({ access_token: token, expires_in: Math.max(1, Math.ceil((expiresAt - this.now()) / 1000)) });
  }

  /** 0, or the code of the refusal: 41001 missing, 42001 expired, 40014 unknown or withdrawn. */
  check(token: string | null): number {
    if (!token) return 41001;
    const expiresAt = this.expiries.get(token);
    if (expiresAt === undefined) return 40014;
    return this.now() < expiresAt ? 0 : 42001;
  }

  /** Makes every token invalid before its time; the next call is told 40014. */
  withdraw(): void {
    this.expiries.clear();
    this.current = null;
  }

  /** As after a fresh start: no tokens, no block. */
  wipe(): void {
    this.withdraw();
    this.wrong = 0;
    this.blockedUntil = 0;
  }

  private living(): string | null {
    return this.current !== null && this.check(this.current) === 0 ? this.current : null;
  }

  private fresh(): string {
    this.current = randomBytes(96).toString('base64url');
    this.expiries.set(this.current, this.now() + LIFE_S * 1000);
    return this.current;
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
