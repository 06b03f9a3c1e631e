import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../../wire/support';
import { cardBody } from '../intake/bodies';
import {
  answerTo,
  asked,
  deps,
  dismiss,
  end,
  hasEnded,
  heard,
  keepBy,
  names,
  opened,
  passWait,
  push,
  refuseBy,
  say,
  seen,
  start,
  states,
  taken,
} from './peer';

const HOUR = 3_600_000;

describe('the long connection', () => {
  test('asks for a place with its credentials and all it wants to hear, and takes each place once', async () => {
    start();
    const line = await opened(1);
    expect(asked[0]?.headers).toMatchObject({ accept: 'application/json', 'content-type': expect.stringContaining('application/json') });
    expect(asked[0]?.body).toEqual({
      clientId: 'dingappkey000001',
      clientSecret: 'canary-app-secret',
      subscriptions: [
        { type: 'EVENT', topic: '*' },
        { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
        { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
      ],
      ua: '',
    });
    expect(line.ticket).toBe('t+1/=');
    line.socket.terminate();
    await passWait(1_000, 1_200);
    expect((await opened(2)).ticket).toBe('t+2/=');
  });

  test('answers each push as the platform’s own client does, to the byte', async () => {
    start();
    const line = await opened(1);
    const [ping, message, card, event, strange, broken] = [
      push(line, 'SYSTEM', 'ping', '{"opaque": "0d7e…"}'),
      say(line, 'm1'),
      push(line, 'CALLBACK', '/v1.0/card/instances/callback', cardBody()),
      push(line, 'EVENT', '*', { userId: ['zhiban1'] }, { eventType: 'user_modify_org', eventId: 'e1' }),
      push(line, 'CALLBACK', '/v1.0/graph/api/invoke', {}),
      push(line, 'CALLBACK', '/v1.0/im/bot/messages/get', '{"broken":'),
    ];
    const head = (messageId: string) => `"headers":{"contentType":"application/json","messageId":"${messageId}"}`;
    for (const id of [ping, message, card, event, strange, broken]) await answerTo(line, id);
    expect([...line.raw].sort()).toEqual(
      [
        `{"code":200,${head(ping)},"message":"OK","data":"{\\"opaque\\": \\"0d7e…\\"}"}`,
        `{"code":200,${head(message)},"message":"OK","data":"{\\"response\\":{}}"}`,
        `{"code":200,${head(card)},"message":"OK","data":"{\\"response\\":{}}"}`,
        `{"code":200,${head(event)},"message":"OK","data":"{\\"status\\":\\"SUCCESS\\"}"}`,
        `{"code":404,${head(strange)},"message":"TOPIC_NOT_EXIST","data":"{}"}`,
        `{"code":400,${head(broken)},"message":"bad request","data":"{}"}`,
      ].sort(),
    );
    expect(taken.map(({ source }) => source)).toEqual(['robot', 'card', 'event']);
    expect(heard).toBeGreaterThanOrEqual(6);
  });

  test('is not deafened by noise, unknown kinds, missing versions or strange headers', async () => {
    start();
    const line = await opened(1);
    for (const noise of [
      'not json',
      '[]',
      '{}',
      '{"type":"CALLBACK"}',
      '{"type":"NEW","headers":{"messageId":"x","topic":"y"},"data":"{}"}',
    ]) {
      line.socket.send(noise);
    }
    line.socket.send(Buffer.from([1, 2, 3]));
    push(line, 'SYSTEM', 'KEEPALIVE', '{}');
    line.socket.send('{"type":"SYSTEM","headers":{"topic":"ping","messageId":"p","odd":{"a":1}},"data":"x"}');
    await answerTo(line, 'p');
    say(line, 'm1');
    await until(() => taken.length === 1);
    expect(deps.lines.filter((text) => text.startsWith('warn'))).toHaveLength(7);
  });

  test('answers only what is stored, in the order it came', async () => {
    let isBroken = true;
    keepBy(async (message) => {
      if (isBroken) throw new Error('database is away');
      taken.push(message);
    });
    start();
    const line = await opened(1);
    const [first, second] = [say(line, 'm1'), say(line, 'm2')];
    await until(() => deps.lines.some((text) => text.includes('could not be stored')));
    expect(line.frames).toEqual([]);
    isBroken = false;
    await passWait(1_000, 1_200);
    await Promise.all([answerTo(line, first), answerTo(line, second)]);
    expect(taken.map(({ dedupeKey }) => dedupeKey)).toEqual(['m1', 'm2']);
  });

  test('what is pushed again has another messageId and the same key', async () => {
    start();
    const line = await opened(1);
    await answerTo(line, say(line, 'm1'));
    await answerTo(line, say(line, 'm1'));
    expect(taken.map(({ source, dedupeKey }) => `${source} ${dedupeKey}`)).toEqual(['robot m1', 'robot m1']);
  });
});

describe('when the platform takes a socket out of service', () => {
  test('the next one stands before the old one goes, and what is still open on the old one is answered there', async () => {
    let store: () => void = () => undefined;
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    keepBy((message) => stored.then(() => void taken.push(message)));
    start();
    const old = await opened(1);
    deps.pace.pass(1_000);
    const waiting = say(old, 'm1');
    dismiss(old);
    const next = await until(() => seen[1]);
    await until(() => next.socket.readyState === WebSocket.OPEN);
    say(next, 'm2');
    expect(old.socket.readyState).toBe(WebSocket.OPEN);
    store();
    await answerTo(old, waiting);
    await until(() => old.socket.readyState === WebSocket.CLOSED);
    await until(() => taken.length === 2);
    expect(taken.map(({ dedupeKey }) => dedupeKey)).toEqual(['m1', 'm2']);
    expect(names()).toEqual(['open']);
  });

  test('it is given up after ten seconds, though the platform never closes it and no other could be opened', async () => {
    start();
    const old = await opened(1);
    refuseBy(() => ({ status: 503, body: {} }));
    deps.pace.pass(1_000);
    dismiss(old);
    await until(() => asked.length === 2);
    await passWait(9_000, 10_000);
    await until(() => old.socket.readyState === WebSocket.CLOSED);
    await until(() => names().at(-1) === 'closed');
  });

  test('a gateway that dismisses each socket at once is asked once more at once, then ever more seldom', async () => {
    start();
    for (const [at, low] of [0, 1_000, 2_000, 4_000].entries()) {
      const line = await until(() => seen[at]);
      await until(() => line.socket.readyState === WebSocket.OPEN);
      dismiss(line);
      if (low > 0) await passWait(low, low * 1.2);
    }
    expect(seen.length).toBeLessThanOrEqual(5);
  });

  test('a second socket stands beside an old one in time, so that nobody is deaf when the old one goes', async () => {
    start();
    const old = await opened(1);
    await passHours(5, old);
    const next = await until(() => seen[1]);
    await until(() => next.socket.readyState === WebSocket.OPEN);
    expect(old.socket.readyState).toBe(WebSocket.OPEN);
    dismiss(old);
    await until(() => old.socket.readyState === WebSocket.CLOSED || deps.pace.waits().includes(10_000));
    say(next, 'm1');
    await until(() => taken.length === 1);
    expect(seen).toHaveLength(2);
    expect(names()).toEqual(['open']);
  });

  /** Lets heartbeats pass, each answered. */
  async function passHours(hours: number, { socket }: { socket: WebSocket }) {
    let pings = 0;
    socket.on('ping', () => (pings += 1));
    for (let passed = 0; passed < hours * HOUR; passed += 15_000) {
      const before = pings;
      const sounds = heard;
      deps.pace.pass(15_000);
      if (passed + 15_000 < hours * HOUR) await until(() => pings > before && heard > sounds);
    }
  }
});

describe('a line that breaks', () => {
  test('is made anew, waiting twice as long each time, until something was heard', async () => {
    start();
    await opened(1);
    for (const [cut, low] of [1_000, 2_000, 4_000].entries()) {
      seen.at(-1)?.socket.terminate();
      await passWait(low, low * 1.2);
      await until(() => seen.length === cut + 2 && names().at(-1) === 'open');
    }
    const line = seen.at(-1);
    if (line === undefined) throw new Error('no line');
    await answerTo(line, push(line, 'SYSTEM', 'ping', '{}'));
    line.socket.terminate();
    await passWait(1_000, 1_200);
    await until(() => names().length === 9);
    expect(names()).toEqual(['open', 'closed', 'open', 'closed', 'open', 'closed', 'open', 'closed', 'open']);
  });

  test('that is open but dead is noticed after two silent heartbeats', async () => {
    start();
    const line = await opened(1);
    line.socket.pause();
    await passWait(15_000, 15_000);
    await passWait(15_000, 15_000);
    await until(() => names().at(-1) === 'closed');
    expect(states.at(-1)?.why).toBe('heartbeat lost');
  });

  test('a gateway that is away is asked for ever, at most half a minute apart', async () => {
    refuseBy(() => ({ status: 503, body: {} }));
    start();
    for (const low of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) await passWait(low, low * 1.2);
    expect(names()).toEqual(['closed']);
  });

  test.each([
    ['wrong credentials', { status: 401, body: { requestid: 'r', code: 'authFailed', message: '鉴权失败' } }],
    ['a console that says callback', { status: 400, body: { code: 'invalidParameter', message: 'not in stream mode' } }],
    ['an address that is not listed', { status: 403, body: { code: 'Forbidden.AccessDenied.IpNotInWhiteList', message: 'ip' } }],
  ])('after three refusals for %s nobody asks any more', async (_why, no) => {
    refuseBy(() => no);
    start();
    for (const low of [1_000, 2_000]) await passWait(low, low * 1.2);
    await until(hasEnded);
    expect(names()).toEqual(['closed', 'refused']);
    expect(asked).toHaveLength(3);
  });

  test('too many questions in a second are no refusal', async () => {
    refuseBy(() => ({ status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForApi', message: 'slow down' } }));
    start();
    for (const low of [1_000, 2_000, 4_000, 8_000]) await passWait(low, low * 1.2);
    expect(names()).toEqual(['closed']);
  });
});

test('the end closes the socket, and what could not be stored is left for the platform to push again', async () => {
  keepBy(async () => {
    throw new Error('database is away');
  });
  start();
  const line = await opened(1);
  say(line, 'm1');
  await until(() => deps.lines.some((text) => text.includes('could not be stored')));
  end();
  for (let more = 0; more < 40 && !hasEnded(); more += 1) {
    deps.pace.pass(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(hasEnded);
  expect(line.frames).toEqual([]);
  expect(names()).toEqual(['open', 'closed']);
});
