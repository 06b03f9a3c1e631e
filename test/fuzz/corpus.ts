/** The kept odd inputs of `test/fixtures/fuzz`, unfolded: what would be long is written there as a piece and how often. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Repeated {
  readonly repeat: string;
  readonly times: number;
}

/** Words that people might type. */
export interface OddWords {
  readonly what: string;
  readonly text: string;
}

/** The body of a callback; with `encrypt` it is the cipher text of an envelope that is otherwise right, and rightly signed. */
export interface OddCallback {
  readonly what: string;
  readonly body: Buffer;
  readonly encrypt: string | null;
}

/** One request as it goes over the wire. */
export interface OddRequest {
  readonly what: string;
  readonly bytes: Buffer;
  /** Broken below HTTP: it reaches no route. */
  readonly isRaw: boolean;
}

export const ODD_WORDS: readonly OddWords[] = kept<{ what: string; text?: string; then?: Repeated }>('words').map(
  ({ what, text = '', then }) => ({ what, text: text + again(then) }),
);

export const ODD_CALLBACKS: readonly OddCallback[] = kept<{
  what: string;
  body?: string;
  hex?: string;
  encrypt?: string;
  then?: Repeated;
}>('callbacks').map(({ what, body = '', hex, encrypt, then }) => ({
  what,
  body: hex === undefined ? Buffer.from(body + again(then)) : Buffer.from(hex, 'hex'),
  encrypt: encrypt ?? null,
}));

interface KeptRequest {
  readonly what: string;
  readonly raw?: boolean;
  readonly method?: string;
  readonly path?: string;
  readonly pathThen?: Repeated;
  readonly bearer?: string;
  readonly bearerThen?: Repeated;
  readonly lines?: readonly string[];
  readonly hex?: string;
  readonly body?: string;
  readonly bodyHex?: string;
  readonly then?: Repeated;
}

/** `token` is what a right one is. */
export function oddRequests(token: string): readonly OddRequest[] {
  return kept<KeptRequest>('requests').map((one) => ({ what: one.what, bytes: bytesOf(one, token), isRaw: one.raw === true }));
}

function bytesOf(one: KeptRequest, token: string): Buffer {
  if (one.hex !== undefined) return Buffer.from(one.hex, 'hex');
  if (one.lines !== undefined) return Buffer.from(`${one.lines.join('\r\n')}\r\n${again(one.then)}\r\n`);
  const body = one.bodyHex === undefined ? Buffer.from((one.body ?? '') + again(one.then)) : Buffer.from(one.bodyHex, 'hex');
  const bearer = one.bearer === 'good' ? token : (one.bearer ?? '') + again(one.bearerThen);
  const head = [
    `${one.method ?? 'GET'} ${one.path ?? '/'}${again(one.pathThen)} HTTP/1.1`,
    'Host: duty',
    'Connection: close',
    ...(one.bearer === undefined && one.bearerThen === undefined ? [] : [`Authorization: Bearer ${bearer}`]),
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function again(then: Repeated | undefined): string {
  return then === undefined ? '' : then.repeat.repeat(then.times);
}

function kept<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(join(__dirname, `../fixtures/fuzz/${name}.json`), 'utf8')) as T[];
}
