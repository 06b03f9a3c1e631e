/** A receiver of callbacks for tests: checks every signature, decrypts, and answers as it is told. */
import { createServer, type Server } from 'node:http';
import { decryptFrame, encryptFrame, signatureOf } from '../../src/sandbox/wecom/crypt';
import { type DutyRoom, listening } from './dutyRoom';

/** What to answer one delivery: a bare status, words in the clear, words to be encrypted, or nothing at all. */
export type Reply =
  | { readonly status: number }
  | { readonly body: string }
  | { readonly secret: string; readonly nonce?: string; readonly timestamp?: string | number; readonly signature?: string }
  | 'silence';

interface Pair {
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
}

/** A callback URL of the app (XML) or the robot (JSON). */
export class Receiver {
  readonly texts: string[] = [];
  readonly nonces: string[] = [];
  readonly faults: string[] = [];
  url = '';
  /** Decides on the answer to the n-th delivery (from 0) with its plain text. */
  answer: (text: string, n: number) => Reply = () => ({ status: 200 });
  private server: Server = createServer();

  private constructor(
    readonly kind: 'app' | 'robot',
    private readonly pair: Pair,
  ) {}

  /** Opens a receiver with the keys of that identity; it is not configured yet. */
  static async open(room: DutyRoom, kind: 'app' | 'robot'): Promise<Receiver> {
    const { callbackToken, callbackAesKey, corpId } = room.sandbox.binding();
    const { robotCallback } = await room.keys();
    const pair = kind === 'app' ? { token: callbackToken, aesKey: callbackAesKey, receiveId: corpId } : { ...robotCallback, receiveId: '' };
    const receiver = new Receiver(kind, pair);
    await receiver.listen();
    return receiver;
  }

  /** Opens and configures in one go. */
  static async configured(room: DutyRoom, kind: 'app' | 'robot'): Promise<Receiver> {
    const receiver = await Receiver.open(room, kind);
    const answer = await room.post(kind === 'app' ? 'callback-url' : 'robot-callback-url', { url: receiver.url });
    if (answer.passed !== true) throw new Error('the callback URL was not kept');
    return receiver;
  }

  /** The texts received so far, once there are `count` of them. */
  async received(count: number): Promise<string[]> {
    for (let tries = 0; this.texts.length < count && tries < 400; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.texts;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async listen(): Promise<void> {
    this.server = createServer(async (request, response) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      let body = '';
      for await (const chunk of request) body += chunk;
      const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
      const encrypted = query.get('echostr') ?? this.encryptedOf(body);
      if (query.get('msg_signature') !== signatureOf(this.pair.token, timestamp, nonce, encrypted)) this.faults.push('signature');
      const text = decryptFrame(this.pair, encrypted);
      if (request.method === 'GET') return void response.end(text);
      this.texts.push(text);
      this.nonces.push(nonce);
      const reply = this.answer(text, this.texts.length - 1);
      if (reply === 'silence') return;
      if ('status' in reply) return void response.writeHead(reply.status).end();
      response.end('body' in reply ? reply.body : this.sealed(reply, nonce));
    });
    this.url = `http://127.0.0.1:${await listening(this.server)}/callback`;
  }

  private encryptedOf(body: string): string {
    return this.kind === 'robot' ? String(JSON.parse(body).encrypt) : (/<Encrypt><!\[CDATA\[(.*)\]\]>/.exec(body)?.[1] ?? '');
  }

  private sealed(reply: Exclude<Reply, string | { status: number } | { body: string }>, urlNonce: string): string {
    const encrypt = encryptFrame(this.pair, reply.secret);
    const { nonce = urlNonce, timestamp = 1785546000 } = reply;
    const signature = reply.signature ?? signatureOf(this.pair.token, String(timestamp), nonce, encrypt);
    if (this.kind === 'robot') return JSON.stringify({ encrypt, msgsignature: signature, timestamp, nonce });
    return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${nonce}</Nonce></xml>`;
  }
}

/** Short pauses, so that repeats and polls come at once. */
export const QUICK = { idleCloseMs: 60_000, callback: { limitMs: 3000, pauseMs: 10, repeats: 3, verifyMs: 1000, pollMs: 15 } };
