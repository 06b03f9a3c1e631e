/** Deliveries to a callback URL (dossier 1.4, 1.5, 8.1): signed, encrypted, repeated when they fail, never guaranteed. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults';
import { type CallbackKeys, encryptFrame, signatureOf } from './crypt';
import type { CorpParts } from './parts';

/** What differs between the app's and the robot's callback. `wrap` makes the body around the encrypted text. */
export interface LineSetup {
  readonly api: 'callback/app' | 'callback/robot';
  readonly keys: CallbackKeys;
  readonly contentType: string;
  readonly wrap: (encrypted: string) => string;
}

/** A delivery that was received: the answer's body and the nonce of the URL it was given under. */
export interface Received {
  readonly text: string;
  readonly nonce: string;
}

/** What one attempt led to. */
type Attempt = { readonly is: 'received'; readonly received: Received } | { readonly is: 'failed' } | { readonly is: 'lost' };

/** One callback configuration and its deliveries. */
export class CallbackLine {
  private url: string | null = null;
  private succeeded = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly parts: CorpParts,
    private readonly setup: LineSetup,
  ) {}

  get configured(): boolean {
    return this.url !== null;
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Verifies the URL with an encrypted echo and keeps it when the answer is right to the byte; else the earlier URL stays. */
  async configure(url: string): Promise<boolean> {
    const echo = String(randomBytes(6).readUIntBE(0, 6));
    const { query, encrypted } = this.sealed(echo);
    const target = `${url}?${query}&echostr=${encodeURIComponent(encrypted)}`;
    const passed = await this.echoes(target, echo);
    this.parts.calls.note({ api: this.setup.api, direction: 'toBot', request: { method: 'GET', url: target }, answer: { passed } });
    if (passed) this.url = url;
    return passed;
  }

  /** Takes the configuration away. */
  forget(): void {
    this.url = null;
  }

  /** Delivers one plain text; every attempt has the same content under a new signature, random and nonce. Null: it was never received. */
  async deliver(plain: string, room: string, repeats: number = this.parts.times.callback.repeats): Promise<Received | null> {
    for (let attempt = 0; attempt <= repeats && !this.stopped; attempt += 1) {
      if (attempt > 0) await this.pause(this.parts.times.callback.pauseMs);
      if (this.url === null) return null;
      const outcome = await this.attempt(this.url, plain, room);
      if (outcome.is === 'lost') return null;
      if (outcome.is === 'failed') continue;
      this.succeeded += 1;
      const { twiceEvery } = this.parts.switches.on;
      if (repeats > 0 && twiceEvery > 0 && this.succeeded % twiceEvery === 0) void this.attempt(this.url, plain, room);
      return outcome.received;
    }
    return null;
  }

  /** Waits in real time, but no longer than the simulator lives. */
  async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);
  }

  /** Ends everything under way; nothing is delivered any more. */
  stop(): void {
    this.stopping.abort();
  }

  private async attempt(url: string, plain: string, room: string): Promise<Attempt> {
    const fault = this.parts.faults.take(this.setup.api);
    if (fault?.delayMs) await this.pause(fault.delayMs);
    const skipped = fault !== undefined && !fault.afterAccept && (fault.drop === true || fault.status !== undefined);
    const answer = skipped ? null : await this.post(url, plain);
    const request = { method: 'POST', url, [this.setup.api === 'callback/app' ? 'xml' : 'json']: plain };
    const about = { api: this.setup.api, direction: 'toBot' as const, room, request };
    this.parts.calls.note({ ...about, answer: { status: answer?.status ?? null }, ...(fault ? { fault } : {}) });
    if (skipped && fault?.drop === true) return { is: 'lost' };
    if (!answer || this.fails(answer.status, fault)) return { is: 'failed' };
    return { is: 'received', received: { text: answer.status === 200 ? answer.text : '', nonce: answer.nonce } };
  }

  /** By the stricter page every status but 200 is a failure, by the other one only silence is (a switch). */
  private fails(status: number, fault: Fault | undefined): boolean {
    return fault?.status !== undefined || (status !== 200 && this.parts.switches.on.repeatOn === 'any');
  }

  private async post(url: string, plain: string): Promise<{ status: number; text: string; nonce: string } | null> {
    const { query, encrypted, nonce } = this.sealed(plain);
    try {
      const answer = await fetch(`${url}?${query}`, {
        method: 'POST',
        body: this.setup.wrap(encrypted),
        headers: { 'content-type': this.setup.contentType },
        redirect: 'manual',
        signal: this.limit(this.parts.times.callback.limitMs),
      });
      return { status: answer.status, text: await answer.text(), nonce };
    } catch {
      return null;
    }
  }

  private async echoes(target: string, echo: string): Promise<boolean> {
    try {
      const answer = await fetch(target, { redirect: 'manual', signal: this.limit(this.parts.times.callback.verifyMs) });
      return answer.status === 200 && Buffer.from(echo).equals(Buffer.from(await answer.arrayBuffer()));
    } catch {
      return false;
    }
  }

  private sealed(plain: string): { query: string; encrypted: string; nonce: string } {
    const { keys } = this.setup;
    const encrypted = encryptFrame(keys, plain);
    const timestamp = String(Math.floor(this.parts.now() / 1000));
    const nonce = String(randomBytes(4).readUInt32BE());
    const signature = signatureOf(keys.token, timestamp, nonce, encrypted);
    return { encrypted, nonce, query: `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}` };
  }

  private limit(ms: number): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(ms), this.stopping.signal]);
  }
}
