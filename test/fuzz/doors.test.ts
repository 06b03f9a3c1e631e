/** Every kept odd callback at the doors of DingTalk and its government edition, over the wire: refused clearly, one line in the log, nothing taken in. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Koa from 'koa';
import { createDingtalk } from '../../src/bot/dingtalk';
import { createGovding } from '../../src/bot/dingtalk/gov';
import { eventSignature } from '../../src/bot/dingtalk/intake/signature';
import { createTakeIn } from '../../src/handlers/takeIn';
import { serveCallbacks } from '../../src/web/callbacks';
import { errorMiddleware } from '../../src/web/errors';
import { KEY } from '../bot/dingtalk/gov/simulated';
import { binding as govBinding } from '../bot/dingtalk/gov/support';
import { proof, robotBody } from '../bot/dingtalk/intake/bodies';
import { AES_KEY, binding } from '../bot/dingtalk/support';
import { close, listen, NOW, testDeps } from '../bot/wire/support';
import { openImaginedOffice } from '../handlers/office';
import { ODD_CALLBACKS, ODD_SEALED, sealedOdd } from './corpus';
import { HEARD } from './govdingCallbacks';

const TENANT = binding({ mode: 'callback' });
const GOV = govBinding();
const { office, world } = openImaginedOffice();
const lines: string[] = [];
const write = (_: unknown, text: string): void => void lines.push(text);
const log = { debug: () => undefined, info: () => undefined, warn: write, error: write };
let server: Server;
let base: string;
beforeAll(async () => {
  const platforms = [createDingtalk(TENANT, testDeps()), createGovding(GOV, testDeps())];
  const takeIn = createTakeIn({ ...office.deps, clock: { now: () => NOW } }, () => undefined);
  const app = new Koa().use(errorMiddleware(log, () => undefined)).use(serveCallbacks(platforms, takeIn, log));
  server = createServer(app.callback());
  base = `http://127.0.0.1:${await listen(server)}/callback`;
});
afterAll(() => close(server));

interface Door {
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
}
const robot: Door = { at: `/dingtalk/${TENANT.tenant}/robot`, headers: proof(TENANT) };
const card: Door = { ...robot, at: `/dingtalk/${TENANT.tenant}/card` };
const gov: Door = { at: `/govding/${GOV.tenant}/robot?key=${KEY}`, headers: {} };
const event = (encrypt: string): Door => {
  const signed = { timestamp: String(NOW), nonce: 'n' };
  const signature = eventSignature(TENANT.event?.token ?? '', { ...signed, encrypt });
  return { at: `/dingtalk/${TENANT.tenant}/event?${new URLSearchParams({ ...signed, msg_signature: signature })}`, headers: {} };
};

async function met({ at, headers }: Door, body: Buffer) {
  const [rows, from] = [world.rows.inbox.size, lines.length];
  const answer = await fetch(`${base}${at}`, { method: 'POST', headers, body: new Uint8Array(body) });
  const text = await answer.text();
  return {
    status: answer.status,
    isError: /^\{"error":\{"code":"[\w-]+","message":"[^"]+/.test(text),
    told: lines.slice(from),
    taken: world.rows.inbox.size - rows,
  };
}
const REFUSED = { isError: true, told: ['request refused'], taken: 0 };

describe('奇怪的回调', () => {
  test.each(ODD_CALLBACKS)('$what：钉钉、政务钉钉都拒绝，记一行，不收', async ({ body, encrypt }) => {
    const inside = encrypt === null ? body : Buffer.from(JSON.stringify({ encrypt }));
    for (const door of [robot, card, gov, event(encrypt ?? '')]) {
      const { status, ...rest } = await met(door, inside);
      expect([door.at, [400, 401, 413].includes(status), rest]).toEqual([door.at, true, REFUSED]);
    }
  });

  const seal = { aesKey: AES_KEY, receiver: TENANT.clientId, text: '{"EventType":"check_url"}' };

  test.each(ODD_SEALED)('密文里$what：钉钉拒绝，记一行，不收', async (odd) => {
    const encrypt = odd.encrypt(seal);
    const { status, ...rest } = await met(event(encrypt), Buffer.from(JSON.stringify({ encrypt })));
    expect([status, rest]).toEqual([400, REFUSED]);
  });

  test('同样的密文不动手脚，就答复收到', async () => {
    const encrypt = sealedOdd(seal, {});
    expect(await met(event(encrypt), Buffer.from(JSON.stringify({ encrypt })))).toMatchObject({ status: 200, told: [] });
  });

  test('没有签名、别的密钥、没有的租户：不放行', async () => {
    const good = Buffer.from(JSON.stringify(robotBody()));
    for (const door of [
      { ...robot, headers: {} },
      { ...robot, headers: { ...robot.headers, sign: 'x' } },
      { ...gov, at: gov.at.replace(/key=.*/, 'key=') },
      { ...gov, at: gov.at.replace(/key=.*/, `key=x&key=${KEY}`) },
      { ...gov, at: '/govding/__proto__/robot' },
    ])
      expect(await met(door, good)).toMatchObject(REFUSED);
  });

  test.each([
    ['钉钉', robot, robotBody()],
    ['政务钉钉', gov, HEARD],
  ])('%s的同一条消息重放三次，只收一次，奇怪的之后照样收', async (_, door, body) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n++) seen.push(await met(door, bytes));
    expect(seen).toEqual([1, 0, 0].map((taken) => ({ status: 200, isError: false, told: [], taken })));
  });
});
