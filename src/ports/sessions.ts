/** Who is signed in on a page, and what a person keeps with us for signing in. All times are real, in milliseconds since 1970. */
import type { PersonId } from '../core/roster/roster';

/** One signed-in browser. */
export interface Session {
  readonly person: PersonId;
  /** How he signed in: a platform's tenant, `local` or `sandbox`. */
  readonly way: string;
  /** Must come back with everything that changes something. */
  readonly csrf: string;
  /** `code`: the one-time code is still owed, nothing else is open. */
  readonly stage: 'code' | 'full';
  readonly openedAt: number;
  readonly seenAt: number;
  /** Whatever he does, it ends then. */
  readonly endsAt: number;
}

/** Sessions by the hash of their token, shared by all instances. */
export interface Sessions {
  /** Keeps a new one and forgets those that are over. */
  open(tokenHash: string, session: Session): Promise<void>;
  /** Null when there is none, it is over, or nothing was heard for `idleMs`. Notes that it was seen, at most once a minute. */
  find(tokenHash: string, now: number, idleMs: number): Promise<Session | null>;
  /** The code was right: everything is open from now on. */
  complete(tokenHash: string): Promise<void>;
  end(tokenHash: string): Promise<void>;
  /** All of a person, e.g. after a new password. */
  endAll(person: PersonId): Promise<void>;
}

/** What a person keeps with us. */
export interface Credentials {
  /** As `password.ts` writes it; null while none was set. */
  readonly password: string | null;
  /** Sealed; null while there is none. */
  readonly totp: string | null;
  readonly lockedUntil: number | null;
}

export interface CredentialStore {
  read(person: PersonId): Promise<Credentials | null>;
  /** Sets both and opens a lock. */
  set(person: PersonId, secrets: { readonly password: string | null; readonly totp: string }): Promise<void>;
  /** True the first time a time step is used and it is later than all before it. */
  useStep(person: PersonId, step: number): Promise<boolean>;
  /** Counts a failure; from the `most`-th in a row the person waits until `until`. */
  failed(person: PersonId, most: number, until: number): Promise<void>;
  succeeded(person: PersonId): Promise<void>;
  /** A link that opens a person's first sign-in once; those before it end. */
  giveLink(tokenHash: string, person: PersonId, endsAt: number): Promise<void>;
  /** Whose it is; null when it is spent or over. Changes nothing. */
  lookLink(tokenHash: string, now: number): Promise<PersonId | null>;
  /** The same, and it is spent. */
  takeLink(tokenHash: string, now: number): Promise<PersonId | null>;
}
