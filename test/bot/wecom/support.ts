/** The tenant and the recording robot line for the tests of the adapter. */
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { WecomBinding } from '../../../src/bot/wecom/settings';
import { close, listen } from '../wire/support';

export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

export function binding(changes: Partial<WecomBinding> = {}): WecomBinding {
  return WecomBinding.parse({
    tenant: 'city',
    apiBase: 'http://127.0.0.1:9',
    wsUrl: 'ws://127.0.0.1:9',
    consoleUrl: 'https://duty.example.gov.cn',
    corpId: 'wwcorp',
    agentId: 1000002,
    corpSecret: 'canary-corp-secret',
    callbackToken: 'DutyRoomToken2026',
    callbackAesKey: AES_KEY,
    robot: { botId: 'BOT', secret: 'canary-robot-secret', name: '值班 机器人' },
    rooms: { duty: { chatId: 'wrDuty', webhookKey: 'canary-webhook-key' } },
    people: { duty1: 'ZhangSan', leader1: 'lisi' },
    ...changes,
  });
}

export const URL_ROBOT = { botId: 'BOT', name: '值班 机器人', callbackToken: 'RobotToken2026', callbackAesKey: AES_KEY, quietMinutes: 60 };

export interface Heard {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface SocketPeer {
  readonly url: string;
  readonly sockets: WebSocket[];
  readonly frames: Heard[];
  /** Code of the ack for a frame, or code and body; null for silence. */
  answer: (frame: Heard) => number | null | { readonly errcode: number; readonly body: unknown };
  /** Sends to the newest socket. */
  push(frame: unknown): void;
  stop(): Promise<void>;
}

export async function socketPeer(): Promise<SocketPeer> {
  const server = createServer();
  const peer: SocketPeer = {
    url: '',
    sockets: [],
    frames: [],
    answer: () => 0,
    push: (frame) => peer.sockets.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    stop: async () => {
      for (const socket of peer.sockets) socket.terminate();
      await close(server);
    },
  };
  new WebSocketServer({ server }).on('connection', (socket) => {
    peer.sockets.push(socket);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Heard;
      peer.frames.push(frame);
      const answer = peer.answer(frame);
      if (answer === null) return;
      const ack = typeof answer === 'number' ? { errcode: answer } : answer;
      socket.send(JSON.stringify({ headers: frame.headers, errmsg: ack.errcode === 0 ? 'ok' : 'no', ...ack }));
    });
  });
  const port = await listen(server);
  return Object.assign(peer, { url: `ws://127.0.0.1:${port}` });
}
