/** The kept odd inputs of `test/fixtures/fuzz`, unfolded: what would be long is written there as a piece and how often. */
import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

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

/** What a long connection brings; bytes are a binary frame. */
export interface OddFrame {
  readonly what: string;
  readonly data: string | Buffer;
}

/** What a clerk might be given for a month sheet. */
export interface OddFile {
  readonly what: string;
  readonly bytes: Buffer;
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

interface KeptSealed {
  readonly what: string;
  readonly text?: string;
  readonly hex?: string;
  readonly then?: Repeated;
  /** Instead of the right length, receiver, padding; `padLess`: the padding as it should be, its last byte too small by so much. */
  readonly length?: number;
  readonly receiver?: string;
  readonly pad?: number;
  readonly padLess?: number;
}

/** What a cipher text is made with where nothing is odd; `text` would be taken. */
export interface Seal {
  readonly aesKey: string;
  readonly receiver: string;
  readonly text: string;
}

/** A cipher text under the right key that holds something odd; rightly signed, it comes as far as it can. */
export interface OddSealed {
  readonly what: string;
  encrypt(seal: Seal): string;
}

export const ODD_SEALED: readonly OddSealed[] = kept<KeptSealed>('sealed').map((odd) => ({
  what: odd.what,
  encrypt: (seal) => sealedOdd(seal, odd),
}));

/** The frame of all three platforms: 16 random bytes, length, message, receiver, padded to 32. As it should be where nothing odd is asked for. */
export function sealedOdd({ aesKey, receiver, text }: Seal, odd: Omit<KeptSealed, 'what'>): string {
  const message =
    odd.hex === undefined ? Buffer.from(odd.text ?? (odd.then === undefined ? text : again(odd.then))) : Buffer.from(odd.hex, 'hex');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(odd.length ?? message.length);
  const frame = Buffer.concat([Buffer.alloc(16, 7), length, message, Buffer.from(odd.receiver ?? receiver)]);
  const pad = 32 - (frame.length % 32);
  const padding = Buffer.alloc(pad, odd.pad ?? pad);
  padding[pad - 1] = (odd.pad ?? pad) - (odd.padLess ?? 0);
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(frame), cipher.update(padding), cipher.final()]).toString('base64');
}

export const ODD_FRAMES: readonly OddFrame[] = kept<{ what: string; text?: string; hex?: string; then?: Repeated }>('frames').map(
  ({ what, text = '', hex, then }) => ({ what, data: hex === undefined ? text + again(then) : Buffer.from(hex, 'hex') }),
);

interface KeptFile {
  readonly what: string;
  readonly hex?: string;
  /** What stands in the sheet, and what other parts are. */
  readonly sheet?: string;
  readonly then?: Repeated;
  readonly parts?: Readonly<Record<string, string>>;
  /** Bytes of the sheet, by the directory's own word. */
  readonly says?: number;
}

/** Made when asked for: some are large. */
export function oddFiles(): readonly OddFile[] {
  return kept<KeptFile>('files').map((one) => ({ what: one.what, bytes: fileOf(one) }));
}

function fileOf({ hex, sheet = '', then, parts = {}, says }: KeptFile): Buffer {
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  const whole = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    ...parts,
    'xl/worksheets/sheet1.xml': `<worksheet>${sheet}${again(then)}</worksheet>`,
  };
  const zip = Buffer.from(zipSync(Object.fromEntries(Object.entries(whole).map(([path, xml]) => [path, strToU8(xml)]))));
  if (says !== undefined) zip.writeUInt32LE(says, zip.lastIndexOf('PK\x01\x02') + 24);
  return zip;
}

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
