/** Event subscription (dossier 1.8, 2.4): over stream mode, or encrypted to an address that the console has verified. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decryptEvent, encryptEvent, eventSignature } from './eventCrypt';
import { parsedJson } from './http';
import type { DingParts } from './parts';
import { dataOf } from './stream/frames';
import type { Pushes } from './stream/pushes';

/** One event; `fields` in the spelling of stream mode, lowerCamel. */
export interface DingEvent {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Tells events at least once. */
export class Events {
  private url: string | null = null;
  private stopping = new AbortController();

  constructor(
    private readonly parts: DingParts,
    private readonly pushes: Pushes,
  ) {}

  get byUrl(): boolean {
    return this.url !== null;
  }

  /** Sends `check_url` and keeps the address when the answer holds the encrypted word; null goes back to stream mode. */
  async configure(url: string | null): Promise<boolean> {
    const passed = url === null || (await this.attempt(url, { EventType: 'check_url' }, 'check_url'));
    if (passed) this.url = url;
    return passed;
  }

  tell(event: DingEvent): void {
    const { url } = this;
    void (url === null ? this.push(event) : this.post(url, event));
  }

  wipe(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Unanswered, refused or put off: the same event id comes again. */
  private async push({ type, fields }: DingEvent): Promise<void> {
    const { keys, times, now } = this.parts;
    const bornAt = String(now());
    const headers = {
      eventType: type,
      eventId: randomUUID().replaceAll('-', ''),
      eventCorpId: keys.corpId,
      eventBornTime: bornAt,
      eventUnifiedAppId: keys.clientId,
    };
    await this.pushes.deliver({
      api: 'stream/event',
      type: 'EVENT',
      topic: '*',
      headers,
      data: JSON.stringify({ timeStamp: bornAt, ...fields }),
      repeats: times.repeats,
      waitMs: times.answerMs,
      settled: (answer) => answer.code === 200 && dataOf(answer).status === 'SUCCESS',
    });
  }

  /** Over HTTP the same names begin with a capital. */
  private async post(url: string, { type, fields }: DingEvent): Promise<void> {
    const { keys, now, times } = this.parts;
    const capital = Object.entries(fields).map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]);
    const body = { EventType: type, CorpId: keys.corpId, TimeStamp: String(now()), ...Object.fromEntries(capital) };
    const { signal } = this.stopping;
    for (let attempt = 0; attempt <= times.repeats && !signal.aborted; attempt += 1) {
      if (attempt > 0) await sleep(times.answerMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (await this.attempt(url, body, type)) return;
    }
  }

  private async attempt(url: string, body: Record<string, unknown>, type: string): Promise<boolean> {
    const fault = this.parts.faults.take('callback/event');
    const { target, encrypt } = this.sealed(url, JSON.stringify(body));
    const answer = fault?.drop ? null : await this.send(target, encrypt);
    const good = answer !== null && this.says(answer, 'success');
    const about = { api: 'callback/event', direction: 'toBot' as const, request: { url: target, event: body, type } };
    this.parts.calls.note({ ...about, answer: answer === null ? 'unanswered' : { good, text: answer }, ...(fault ? { fault } : {}) });
    return good;
  }

  private async send(target: string, encrypt: string): Promise<string | null> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ encrypt }),
      redirect: 'manual' as const,
    };
    try {
      const answer = await fetch(target, { ...init, signal: AbortSignal.timeout(this.parts.times.eventAnswerMs) });
      return answer.status === 200 ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  private sealed(url: string, plain: string): { target: string; encrypt: string } {
    const { keys, switches, now } = this.parts;
    const encrypt = encryptEvent({ aesKey: keys.event.aesKey, ownerKey: keys.clientId }, plain, randomBytes(16), switches.on.eventPadding);
    const [timestamp, nonce] = [String(now()), randomBytes(4).toString('hex')];
    const signature = eventSignature(keys.event.token, timestamp, nonce, encrypt);
    return { target: `${url}?signature=${signature}&msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`, encrypt };
  }

  private says(text: string, word: string): boolean {
    const body = parsedJson(text) as { msg_signature?: unknown; timeStamp?: unknown; nonce?: unknown; encrypt?: unknown } | undefined;
    const { event, clientId } = this.parts.keys;
    if (typeof body?.encrypt !== 'string') return false;
    if (body.msg_signature !== eventSignature(event.token, String(body.timeStamp), String(body.nonce), body.encrypt)) return false;
    try {
      return decryptEvent({ aesKey: event.aesKey, ownerKey: clientId }, body.encrypt) === word;
    } catch {
      return false;
    }
  }
}
