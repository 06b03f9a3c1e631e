/** A bare long connection that hears what the simulated platform pushes and acknowledges it, for tests of what goes out. */
import WebSocket from 'ws';
import type { DingBinding } from '../../../src/sandbox/dingtalk/keys';

export interface Heard {
  readonly topic: string;
  /** The frame's data, parsed. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Ear {
  /** The next push behind those already taken. */
  next(): Promise<Heard>;
  close(): void;
}

const TOPICS = ['/v1.0/im/bot/messages/get', '/v1.0/card/instances/callback'];

/** Connects as the dossier says (1.1) and hears robot messages and presses. */
export async function openEar({ apiBase, clientId, clientSecret }: DingBinding): Promise<Ear> {
  const subscriptions = TOPICS.map((topic) => ({ type: 'CALLBACK', topic }));
  const answer = await fetch(`${apiBase}/v1.0/gateway/connections/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ clientId, clientSecret, subscriptions, ua: 'test/1' }),
  });
  const { endpoint, ticket } = (await answer.json()) as { endpoint: string; ticket: string };
  const socket = new WebSocket(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
  const heard: Heard[] = [];
  const waiting: ((one: Heard) => void)[] = [];
  socket.on('message', (bytes) => {
    const frame = JSON.parse(String(bytes)) as { type: string; headers: { topic: string; messageId: string }; data: string };
    const { messageId, topic } = frame.headers;
    const data = frame.type === 'SYSTEM' ? frame.data : JSON.stringify({ response: {} });
    socket.send(JSON.stringify({ code: 200, headers: { contentType: 'application/json', messageId }, message: 'OK', data }));
    if (frame.type !== 'CALLBACK') return;
    const one = { topic, data: JSON.parse(frame.data) as Record<string, unknown> };
    const first = waiting.shift();
    if (first === undefined) heard.push(one);
    else first(one);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    next: () => {
      const first = heard.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    close: () => socket.terminate(),
  };
}
