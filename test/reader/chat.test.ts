/** The second reader on the wire: a model server that answers badly, late or not at all does no harm. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createChatReader } from '../../src/reader/chat';
import { completion, type ModelServer, modelServer } from './model';

const NOW = Date.parse('2026-11-22T09:00:00+08:00');
const FOREVER = new AbortController().signal;
const open: ModelServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function serve(say: Parameters<typeof modelServer>[0]): Promise<ModelServer> {
  const server = await modelServer(say);
  open.push(server);
  return server;
}

function ask({ url }: { readonly url: string }, timeoutMs = 5_000, stop = FOREVER, key: string | null = null) {
  const options = { url: new URL(`${url}/chat/completions`), model: 'm', key, ca: null, timeoutMs };
  return createChatReader(options).ask('报告一件事', NOW, stop);
}

describe('a model that answers', () => {
  test('is asked once, with its key, for the report as data and the moment it came in', async () => {
    const server = await serve(() => ({ place: '建设路' }));
    expect(await ask(server, 5_000, FOREVER, 'k-1')).toEqual({ is: 'answer', answer: { place: '建设路' } });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer k-1', text: '报告一件事' });
    const body = JSON.parse(server.asked[0]?.body ?? '');
    expect(body).toMatchObject({ model: 'm', temperature: 0, stream: false });
    expect(JSON.parse(body.messages[1].content)).toEqual({ now: '2026-11-22T09:00', text: '报告一件事' });
  });

  test('without a key is asked without one', async () => {
    const server = await serve(() => ({}));
    await ask(server);
    expect(server.asked[0]?.authorization).toBeUndefined();
  });

  test.each([
    ['prose around it', '好的，摘录如下：\n```json\n{"place":"建设路"}\n```\n请核对。'],
    ['thoughts before it', '<think>先看 {时间}，再看地点 {</think>{"place":"建设路"}'],
  ])('with %s is understood', async (_, said) => {
    expect(await ask(await serve(() => said))).toEqual({ is: 'answer', answer: { place: '建设路' } });
  });
});

function halfOf(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 500 });
  response.write('{"choices":[', () => response.destroy());
}

describe('a model that fails is given up with a short word', () => {
  test.each<[string, string, Parameters<typeof modelServer>[0]]>([
    ['prose alone', 'not_json', () => '没有可摘录的内容。'],
    ['half an object', 'not_json', () => '{"place":"建设'],
    ['another kind of answer', 'not_a_completion', () => (response) => response.end('{"ok":true}')],
    ['no JSON at all', 'not_a_completion', () => (response) => response.end('<html>')],
    ['an error', 'http_500', () => (response) => response.writeHead(500).end(completion({ place: '建设路' }))],
    ['a cut connection', 'ECONNRESET', () => (response) => response.destroy()],
    ['half an answer', 'ECONNRESET', () => (response) => halfOf(response)],
    ['too much', 'answer_too_large', () => (response) => response.end(completion('x'.repeat(70_000)))],
  ])('%s: %s', async (_, why, say) => {
    expect(await ask(await serve(say))).toEqual({ is: 'failed', why });
  });

  test('a redirect is not followed, wherever it leads', async () => {
    const other = await serve(() => ({ place: '别处' }));
    const server = await serve(() => (response) => response.writeHead(307, { location: `${other.url}/chat/completions` }).end());
    expect(await ask(server)).toEqual({ is: 'failed', why: 'http_307' });
    expect(other.asked).toEqual([]);
  });

  test('a port where nobody listens', async () => {
    const server = await serve(() => ({}));
    await server.stop();
    expect(await ask(server)).toEqual({ is: 'failed', why: 'ECONNREFUSED' });
  });

  test('one that hangs, and one that drips without end, at the time limit', async () => {
    const begun = performance.now();
    expect(await ask(await serve(() => () => undefined), 300)).toEqual({ is: 'failed', why: 'time_limit' });
    let dripping: NodeJS.Timeout | undefined;
    const drips = await serve(() => (response) => {
      dripping = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(dripping));
    });
    expect(await ask(drips, 300)).toEqual({ is: 'failed', why: 'time_limit' });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('one that is asked while the program stops', async () => {
    const stop = new AbortController();
    const server = await serve(() => () => stop.abort());
    expect(await ask(server, 5_000, stop.signal)).toEqual({ is: 'failed', why: 'stopped' });
    expect(await ask(server, 5_000, stop.signal)).toEqual({ is: 'failed', why: 'stopped' });
    expect(server.asked).toHaveLength(1);
  });
});

test('no proxy of the environment is asked', async () => {
  const proxy = await serve(() => ({ place: '代理' }));
  const before = { ...process.env };
  Object.assign(process.env, { http_proxy: proxy.url, HTTP_PROXY: proxy.url, NODE_USE_ENV_PROXY: '1' });
  try {
    const server = await serve(() => ({ place: '建设路' }));
    expect(await ask(server)).toEqual({ is: 'answer', answer: { place: '建设路' } });
    expect(proxy.asked).toEqual([]);
  } finally {
    process.env = before;
  }
});
