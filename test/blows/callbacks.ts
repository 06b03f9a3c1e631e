/** The app's callbacks by our own hand: to which bot we like, and the same one to several at once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encryptFrame, signatureOf } from '../../src/sandbox/wecom/crypt';
import { element } from '../../src/sandbox/wecom/xml';
import { ask } from './ask';

export interface Binding {
  readonly tenant: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly callbackToken: string;
  readonly callbackAesKey: string;
  /** userid by person. */
  readonly people: Readonly<Record<string, string>>;
  /** How far the platform's clock is ahead of ours. */
  readonly aheadMs: number;
}

export async function bindingOf(simulator: string): Promise<Binding> {
  const binding = (await (await ask(`${simulator}/sandbox/binding`)).json()) as Omit<Binding, 'aheadMs'>;
  const { now } = (await (await ask(`${simulator}/sandbox/api/state`)).json()) as { now: string };
  return { ...binding, aheadMs: Date.parse(now) - Date.now() };
}

/** One private message to the app, delivered to one bot under a signature of its own; the HTTP status, null without an answer. */
export async function postText(bot: string, binding: Binding, message: { id: string; from: string; text: string }): Promise<number | null> {
  const now = Math.floor((Date.now() + binding.aheadMs) / 1000);
  const timestamp = String(now);
  const { tenant, corpId, agentId, callbackToken: token, callbackAesKey: aesKey, people } = binding;
  const xml = `<xml>${element('ToUserName', corpId)}${element('FromUserName', people[message.from] ?? '')}<CreateTime>${now}</CreateTime>${element('MsgType', 'text')}${element('Content', message.text)}<MsgId>${message.id}</MsgId><AgentID>${agentId}</AgentID></xml>`;
  const sealed = encryptFrame({ aesKey, receiveId: corpId }, xml);
  const query = new URLSearchParams({ msg_signature: signatureOf(token, timestamp, message.id, sealed), timestamp, nonce: message.id });
  const body = `<xml>${element('ToUserName', corpId)}${element('AgentID', String(agentId))}${element('Encrypt', sealed)}</xml>`;
  const address = `${bot}/callback/wecom/${tenant}/app?${query}`;
  return fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.status,
    () => null,
  );
}

/** Names the callback address at the simulator, as in the admin console; false when it was not verified. */
export async function callbackTo(simulator: string, url: string): Promise<boolean> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ url }) };
  return ((await (await ask(`${simulator}/sandbox/callback-url`, init)).json()) as { passed: boolean }).passed;
}

export interface FanOut {
  /** Makes the simulator deliver to all from now on; to be called again whenever a bot has registered itself. */
  register(): Promise<void>;
  stop(): void;
}

/** A callback address that hands every delivery to all bots at once, and says yes when one of them does. */
export async function fanOut(simulator: string, bots: readonly { readonly url: string }[]): Promise<FanOut> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.method ?? 'GET';
    const init = method === 'GET' ? { method } : { method, body: Buffer.concat(chunks) };
    const answers = await Promise.allSettled(bots.map((bot) => fetch(`${bot.url}${request.url}`, init)));
    const good = answers.find((a) => a.status === 'fulfilled' && a.value.status === 200);
    if (good?.status === 'fulfilled') response.end(Buffer.from(await good.value.arrayBuffer()));
    else response.writeHead(503).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { tenant } = await bindingOf(simulator);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback/wecom/${tenant}/app`;
  return {
    register: async () => {
      if (!(await callbackTo(simulator, url))) throw new Error('no bot verifies the callback address');
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
