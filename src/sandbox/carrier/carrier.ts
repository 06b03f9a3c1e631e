/** A carrier on loopback that speaks the contract of docs/carriers.md: takes short messages and calls, and tells what became of them. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { CallLog } from '../calls';
import type { FaultBoard } from '../faults';
import type { Telephones } from './telephones';

/** What a bot needs to use it. */
export interface CarrierBinding {
  readonly url: string;
  readonly key: string;
}

const PREFIX = '/carrier/';
const MOST_BYTES = 16 << 10;
const MOST_LETTERS = 220;

const bodySchema = z.strictObject({ id: z.string().min(1).max(200), to: z.string(), text: z.string().min(1) });

type Answer = Readonly<Record<string, unknown>>;

/** Faults are armed as `carrier/sms`, `carrier/voice` and `carrier/receipts`; an armed `errcode` is the carrier's own code. */
export class SandboxCarrier {
  readonly key = randomBytes(16).toString('hex');

  constructor(
    private readonly telephones: Telephones,
    private readonly calls: CallLog,
    private readonly faults: FaultBoard,
  ) {}

  /** Answers one request; false when the path is none of the carrier's. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!url.pathname.startsWith(PREFIX)) return false;
    this.answer(request, url.pathname.slice(PREFIX.length), response).catch(() => response.destroy());
    return true;
  }

  private async answer(request: IncomingMessage, path: string, response: ServerResponse): Promise<void> {
    const [name = '', ref = ''] = path.split('/');
    const api = `carrier/${name}`;
    const body = await readBody(request);
    if (request.headers.authorization !== `Bearer ${this.key}`) return end(response, 401, { code: 3001 });
    const outcome = await this.faults.run<Answer | null>(
      api,
      () => this.run(name, decodeURIComponent(ref), body),
      (code) => ({ code }),
    );
    const answer = outcome.is === 'answer' ? outcome.answer : null;
    const fault = outcome.fault === undefined ? {} : { fault: outcome.fault };
    const given = outcome.is === 'status' ? { status: outcome.status } : answer;
    this.calls.note({ api, direction: 'fromBot', request: { method: request.method, body: hidden(body) }, answer: given, ...fault });
    if (outcome.is === 'silence') response.destroy();
    else if (outcome.is === 'status') end(response, outcome.status, {});
    else end(response, answer === null ? 404 : 200, answer ?? { code: 4040 });
  }

  /** Null for what is not there. */
  private run(name: string, ref: string, text: string): Answer | null {
    if (name === 'receipts') {
      const told = this.telephones.told(ref);
      return told === null ? null : { ...told };
    }
    if (name !== 'sms' && name !== 'voice') return null;
    const body = bodySchema.safeParse(parsed(text));
    if (!body.success || body.data.text.length > MOST_LETTERS) return { code: 2001 };
    const person = this.telephones.owner(body.data.to);
    return person === undefined ? { code: 1001 } : { code: 0, ref: this.telephones.take(name, body.data.id, person, body.data.text).ref };
  }
}

/** The record of calls shows whom by their last digits only. */
function hidden(text: string): unknown {
  const body = bodySchema.safeParse(parsed(text));
  return body.success ? { ...body.data, to: `****${body.data.to.slice(-4)}` } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, answer: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer));
}
