/** Bodies that are too large, too slow or broken off make no row, hold nobody up and end in one clear answer. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openWeb, type Web } from './openWeb';

describe('a callback whose body is not as it should be', () => {
  let bureau: Web;
  beforeAll(async () => {
    bureau = await openWeb();
  }, 60_000);
  afterAll(() => bureau.close());

  const rows = async (): Promise<number> => (await bureau.pool.query('SELECT count(*)::int AS n FROM inbox')).rows[0].n as number;
  const counted = async (code: string): Promise<number> => {
    const page = await (await fetch(`${bureau.app.url}/metrics`)).text();
    return Number(new RegExp(`fenghuo_http_refused_total\\{status="\\d+",code="${code}"\\} (\\d+)`).exec(page)?.[1] ?? 0);
  };
  const goesOn = async (id: string): Promise<void> => {
    const before = await rows();
    expect((await bureau.platform.send(id)).status).toBe(200);
    expect(await rows()).toBe(before + 1);
  };

  test('that trickles in is refused after three seconds and cut off, while others are served', async () => {
    const begun = performance.now();
    const { path, body } = bureau.platform.sealed('slow');
    const loris = Array.from({ length: 50 }, () => new Wire(bureau.app.url, `${head(path, body.length)}${body.slice(0, 100)}`));
    await goesOn('meanwhile');
    for (const wire of loris) expect(await wire.end()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"too_slow"/);
    expect(performance.now() - begun).toBeLessThan(4_500);
    expect(await rows()).toBe(1);
  });

  test('that is announced as larger than 64 KB is refused before it is sent', async () => {
    const wire = new Wire(bureau.app.url, head(bureau.platform.sealed('x').path, 64 * 1024 + 1));
    expect(await wire.heard(/"code":"too_large"/)).toMatch(/^HTTP\/1\.1 413 /);
    wire.cut();
    await goesOn('after-announced');
  });

  test('that grows past 64 KB unannounced is refused, and its last byte is never needed', async () => {
    const wire = new Wire(bureau.app.url, head(bureau.platform.sealed('x').path, null));
    for (let sent = 0; sent <= 64; sent++) wire.say(`400\r\n${'<'.repeat(1024)}\r\n`);
    expect(await wire.heard(/"code":"too_large"/)).toMatch(/^HTTP\/1\.1 413 /);
    wire.cut();
    await goesOn('after-grown');
  });

  test('is taken at the address as an administrator may have typed it, and nowhere else', async () => {
    const to = async (id: string, change: (path: string) => string, method = 'POST'): Promise<number> => {
      const { path, body } = bureau.platform.sealed(id);
      return (await fetch(`${bureau.app.url}${change(path)}`, { method, body })).status;
    };
    const before = await rows();
    expect(await to('slash', (path) => path.replace('?', '/?'))).toBe(200);
    expect(await to('signs', (path) => path.replace('/callback/w', '/callback/%77'))).toBe(200);
    expect(await to('tenant', (path) => path.replace('?', '-other?'))).toBe(404);
    expect(await to('broken', (path) => path.replace('?', '%E4?'))).toBe(404);
    expect(await to('put', (path) => path, 'PUT')).toBe(404);
    expect(await rows()).toBe(before + 2);
  });

  test('that is broken off in the middle leaves no row, and nothing falls over', async () => {
    const { path, body } = bureau.platform.sealed('broken');
    const before = await rows();
    for (const length of [0, 1, body.length - 1]) {
      const wire = new Wire(bureau.app.url, `${head(path, body.length)}${body.slice(0, length)}`);
      await wire.sent;
      wire.cut();
    }
    while ((await counted('incomplete')) < 3);
    expect(await rows()).toBe(before);
    await goesOn('broken');
  });

  test('that is exactly 64 KB of nothing is read and refused as what it is', async () => {
    const { path } = bureau.platform.sealed('x');
    const wire = new Wire(bureau.app.url, `${head(path, 64 * 1024)}${' '.repeat(64 * 1024)}`);
    expect(await wire.heard(/"code":"-40002"/)).toMatch(/^HTTP\/1\.1 400 /);
    wire.cut();
  });
});

/** The head of a callback; without a length the body comes in chunks. */
function head(path: string, length: number | null): string {
  const body = length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return `POST ${path} HTTP/1.1\r\nHost: duty\r\n${body}\r\n\r\n`;
}

/** A connection of which every byte is in our hand. */
class Wire {
  private readonly socket: Socket;
  private text = '';
  /** Resolves when the first words have left this machine's hands. */
  readonly sent: Promise<void>;

  constructor(url: string, words: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port) });
    this.socket.setEncoding('utf8').on('data', (more: string) => {
      this.text += more;
    });
    this.socket.on('error', () => undefined);
    this.sent = new Promise((resolve) => this.socket.write(words, () => resolve()));
  }

  say(words: string): void {
    this.socket.write(words);
  }

  async heard(wish: RegExp): Promise<string> {
    while (!wish.test(this.text)) await new Promise((go) => this.socket.once('data', go));
    return this.text;
  }

  /** Everything heard until the other side hung up. */
  end(): Promise<string> {
    return new Promise((resolve) => {
      if (this.socket.closed) resolve(this.text);
      else this.socket.once('close', () => resolve(this.text));
    });
  }

  cut(): void {
    this.socket.destroy();
  }
}
