/** Every kept odd input: a clear error, one line in the log, and nothing changed; what may be said is answered, and stops nobody. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRoad, type Road } from '../bot/road';
import { signed } from '../support/signing';
import { type Platform, platformAt } from '../web/platform';
import { ODD_CALLBACKS, ODD_SEALED, ODD_WORDS, oddFiles, oddRequests, sealedOdd } from './corpus';
import { API_TOKEN, type Guarded, openGuarded, security } from './guarded';

let bureau: Guarded;
let platform: Platform;
let keys: Readonly<Record<'tenant' | 'corpId' | 'callbackToken' | 'callbackAesKey', string>>;
beforeAll(async () => {
  bureau = await openGuarded();
  platform = await platformAt(bureau.app.url);
  keys = (await (await fetch(`${bureau.app.url}/sandbox/binding`)).json()) as typeof keys;
}, 60_000);
afterAll(async () => {
  platform.close();
  await bureau.close();
});

/** Sends it; the answer, whether it is an error in the agreed shape, the lines of the log that tell of it, and whether any row is another. */
async function met(bytes: Buffer) {
  const [before, from] = [await bureau.rows(), bureau.lines.length];
  const { status, body } = await bureau.send(bytes);
  const told = security(bureau.lines.slice(from)).map(({ msg }) => msg);
  return {
    status,
    body,
    isError: /^\{"error":\{"code":"[\w-]+","message":"[^"]+/.test(body),
    told,
    isChanged: (await bureau.rows()) !== before,
  };
}

const REFUSED = { isError: true, told: ['request refused'], isChanged: false };

describe('奇怪的回调', () => {
  const post = (body: Buffer, query: string): Buffer =>
    Buffer.concat([
      Buffer.from(`POST /callback/wecom/${keys.tenant}/app?${query} HTTP/1.1\r\nHost: duty\r\nContent-Length: ${body.length}\r\n\r\n`),
      body,
    ]);
  const signed = (encrypt: string, more = ''): string => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHash('sha1').update([keys.callbackToken, timestamp, 'n1', encrypt].sort().join('')).digest('hex');
    return `msg_signature=${signature}&timestamp=${timestamp}&nonce=n1${more}`;
  };

  test.each(ODD_CALLBACKS)('$what：拒绝，记一行，什么也不改变', async ({ body, encrypt }) => {
    const bytes = encrypt === null ? body : envelope(encrypt);
    const { status, body: _, ...rest } = await met(post(bytes, signed(encrypt ?? '')));
    expect([400, 401, 413]).toContain(status);
    expect(rest).toEqual(REFUSED);
  });

  const envelope = (encrypt: string): Buffer =>
    Buffer.from(`<xml><ToUserName>c</ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`);
  const seal = () => {
    const { corpId, callbackAesKey: aesKey } = keys;
    const text = `<xml><ToUserName>${corpId}</ToUserName><FromUserName>duty1</FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType>text</MsgType><Content>状态</Content><MsgId>sealed</MsgId></xml>`;
    return { aesKey, receiver: corpId, text };
  };

  test.each(ODD_SEALED)('密文里$what：拒绝，记一行，什么也不改变', async (odd) => {
    const encrypt = odd.encrypt(seal());
    const { status, body: _, ...rest } = await met(post(envelope(encrypt), signed(encrypt)));
    expect([status, rest]).toEqual([400, REFUSED]);
  });

  test('同样的密文不动手脚，就收下', async () => {
    const encrypt = sealedOdd(seal(), {});
    expect(await met(post(envelope(encrypt), signed(encrypt)))).toMatchObject({ status: 200, told: [], isChanged: true });
  });

  test('签名不对、参数重复、缺少参数：都不放行', async () => {
    const [, query = ''] = platform.sealed('twice').path.split('?');
    const { body } = platform.sealed('twice');
    for (const bad of [`msg_signature=x&${query}`, query.replace(/nonce=[^&]*/, ''), '', query.replace(/timestamp=\d+/, 'timestamp=1')]) {
      const { status, body: _, ...rest } = await met(post(Buffer.from(body), bad));
      expect([bad, [400, 401].includes(status), rest]).toEqual([bad, true, REFUSED]);
    }
  });

  test('同一条回调重放三次，只收一次', async () => {
    const { path, body } = platform.sealed('replayed');
    const [, query = ''] = path.split('?');
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n++) seen.push(await met(post(Buffer.from(body), query)));
    expect(seen).toMatchObject([
      { status: 200, isChanged: true },
      { status: 200, isChanged: false, told: [] },
      { status: 200, isChanged: false, told: [] },
    ]);
  });
});

describe('奇怪的请求', () => {
  test.each(oddRequests(API_TOKEN))('$what：拒绝，记一行，什么也不改变', async ({ bytes }) => {
    const { status, body: _, ...rest } = await met(bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(rest).toEqual(REFUSED);
  });
});

describe('重放的报送', () => {
  test('同一份签名再来一次：拒绝，记一行，什么也不改变', async () => {
    const hotline = { system: 'hotline', key: readFileSync(join(bureau.dataDir, 'keys/hotline'), 'utf8').trim() };
    const text = JSON.stringify({ text: '湖滨区建设路某超市约60名消费者聚集退费' });
    const headers = { ...signed({ ...hotline }, text), 'Idempotency-Key': 'replayed-1', 'Content-Type': 'application/json' };
    const lines = [
      'POST /api/v1/reports HTTP/1.1',
      ...Object.entries({ Host: 'duty', Connection: 'close', ...headers, 'Content-Length': Buffer.byteLength(text) }).map((pair) =>
        pair.join(': '),
      ),
    ];
    const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
    // No worker runs here: what was taken in is not handled yet, and the caller is told so.
    expect(await met(bytes)).toMatchObject({ isChanged: true });
    const { status, body, ...rest } = await met(bytes);
    expect([status, body, rest]).toEqual([409, expect.stringContaining('"code":"replayed"'), REFUSED]);
  });
});

describe('奇怪的值班表文件', () => {
  test.each(oddFiles())('$what：说一句读不出的话，记一行，什么也不改变', async ({ bytes }) => {
    const head = `POST /api/v1/roster/files HTTP/1.1\r\nHost: duty\r\nConnection: close\r\nAuthorization: Bearer ${API_TOKEN}\r\nContent-Type: application/octet-stream\r\nContent-Length: ${bytes.length}\r\n\r\n`;
    const { status, body, told, isChanged } = await met(Buffer.concat([Buffer.from(head), bytes]));
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        is: 'faults',
        month: null,
        changes: [],
        sheet: [],
        faults: [{ ref: '', code: 'no_workbook', zh: expect.stringMatching(/\p{Script=Han}{4}/u) }],
      },
    ]);
    expect([told, isChanged]).toEqual([['month sheet not read'], false]);
  });
});

describe('奇怪的话', () => {
  let road: Road;
  const lines: string[] = [];
  beforeAll(() => {
    const write = (fields: Readonly<Record<string, unknown>>, words: string): void => void lines.push(JSON.stringify({ ...fields, words }));
    road = openRoad({ messagesAMinute: 1_000_000, log: { debug: () => undefined, info: write, warn: write, error: write } });
  });
  /** Of these nothing may come but an answer. */
  const IDLE = /^(refused:|unknown_verb|stopped|ignored|limited)/;

  test.each(ODD_WORDS)('$what：在群里、私下说，都有着落，各记一行，不替人定级、启动、终止，不挡后面的人', async ({ text }) => {
    for (const room of ['duty', 'hq', null]) {
      const [before, from] = [JSON.stringify(road.incidents()), lines.length];
      const { outcome, text: answer } = await road.say(room, 'duty1', text);
      expect(outcome).not.toBe('waiting');
      expect(lines.slice(from)).toEqual([expect.stringMatching(/"(outcome|code)":"/)]);
      if (text.length > 3) expect(lines.at(-1)).not.toContain(JSON.stringify(text).slice(1, -1));
      if (IDLE.test(outcome)) expect(JSON.stringify(road.incidents())).toBe(before);
      if (outcome.startsWith('refused:'))
        expect([answer, lines.at(-1)]).toEqual([expect.stringMatching(/\p{Script=Han}{4}/u), expect.stringContaining('attempt refused')]);
    }
    // What reads like a report may open an incident; what to do with it is decided by people.
    expect(road.incidents().filter(({ levels, activated, left }) => levels.length > 0 || activated !== null || left !== null)).toHaveLength(
      0,
    );
    expect((await road.say('duty', 'duty1', '列表')).outcome).toBe('list');
  });
});
