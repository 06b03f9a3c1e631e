/** Deliveries to the app's callback URL (dossier 1.4, 1.5, 8.1): signed, encrypted, repeated when they fail, never guaranteed. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog } from '../calls';
import type { FaultBoard } from '../faults';
import type { World } from '../world';
import { type CallbackKeys, encryptFrame, signatureOf } from './crypt';
import { element } from './xml';

/** Real-time limits of a delivery: one attempt, the pause before a repeat, how many repeats, and the URL verification. */
export interface CallbackTimes {
  readonly limitMs: number;
  readonly pauseMs: number;
  readonly repeats: number;
  readonly verifyMs: number;
}

/** The platform's own values; the pause is not documented. */
export const PLATFORM_TIMES: CallbackTimes = { limitMs: 5000, pauseMs: 5000, repeats: 3, verifyMs: 1000 };

/** What the deliveries need around them. */
export interface CallbackParts {
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly now: () => number;
  readonly times: CallbackTimes;
}

/** The callback configuration of the app and its deliveries. */
export class AppCallback {
  private url: string | null = null;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: CallbackParts) {}

  get configured(): boolean {
    return this.url !== null;
  }

  /** Verifies the URL with an encrypted echo and keeps it when the answer is right to the byte; else the earlier URL stays. */
  async configure(url: string): Promise<boolean> {
    const echo = String(randomBytes(6).readUIntBE(0, 6));
    const { query, encrypted } = this.sealed(echo);
    const target = `${url}?${query}&echostr=${encodeURIComponent(encrypted)}`;
    const passed = await this.echoes(target, echo);
    this.parts.calls.note({ api: 'callback/app', direction: 'toBot', request: { method: 'GET', url: target }, answer: { passed } });
    if (passed) this.url = url;
    return passed;
  }

  /** Delivers one plain XML text; every attempt has the same content under a new signature, random and nonce. */
  async deliver(xml: string, room: string): Promise<void> {
    if (this.url === null) return;
    for (let attempt = 0; attempt <= this.parts.times.repeats && !this.stopping.signal.aborted; attempt += 1) {
      if (attempt > 0) await sleep(this.parts.times.pauseMs, undefined, { ref: false });
      if (await this.attempt(this.url, xml, room)) return;
    }
  }

  stop(): void {
    this.stopping.abort();
  }

  /** One attempt; true when the delivery is over (received, or lost by a `drop` fault). */
  private async attempt(url: string, xml: string, room: string): Promise<boolean> {
    const fault = this.parts.faults.take('callback/app');
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    const skipped = fault !== undefined && !fault.afterAccept && (fault.drop === true || fault.status !== undefined);
    const status = skipped ? null : await this.post(url, xml);
    const failed = fault?.status !== undefined || status !== 200;
    const request = { method: 'POST', url, xml };
    this.parts.calls.note({ api: 'callback/app', direction: 'toBot', room, request, answer: { status }, ...(fault ? { fault } : {}) });
    return !failed || (skipped && fault?.drop === true);
  }

  private async post(url: string, xml: string): Promise<number | null> {
    const { query, encrypted } = this.sealed(xml);
    const { corpId, agentId } = this.parts.world.keys;
    const body = `<xml>${element('ToUserName', corpId)}${element('AgentID', String(agentId))}${element('Encrypt', encrypted)}</xml>`;
    try {
      const answer = await fetch(`${url}?${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        redirect: 'manual',
        signal: this.limit(this.parts.times.limitMs),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  private async echoes(target: string, echo: string): Promise<boolean> {
    try {
      const answer = await fetch(target, { redirect: 'manual', signal: this.limit(this.parts.times.verifyMs) });
      return answer.status === 200 && Buffer.from(echo).equals(Buffer.from(await answer.arrayBuffer()));
    } catch {
      return false;
    }
  }

  private sealed(plain: string): { query: string; encrypted: string } {
    const { callbackToken, callbackAesKey, corpId } = this.parts.world.keys;
    const keys: CallbackKeys = { token: callbackToken, aesKey: callbackAesKey, receiveId: corpId };
    const encrypted = encryptFrame(keys, plain);
    const timestamp = String(Math.floor(this.parts.now() / 1000));
    const nonce = String(randomBytes(4).readUInt32BE());
    return {
      encrypted,
      query: `msg_signature=${signatureOf(keys.token, timestamp, nonce, encrypted)}&timestamp=${timestamp}&nonce=${nonce}`,
    };
  }

  private limit(ms: number): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(ms), this.stopping.signal]);
  }
}
