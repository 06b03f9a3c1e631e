/** A closed network lets nothing out but through its proxy: calls and the long connection take the tunnel, and say what is wrong with it. */
import { createServer, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { createHttp } from '../../../src/bot/wire/http';
import { Tunnel } from '../../../src/bot/wire/proxy';
import { listening } from '../../sandbox/dutyRoom';
import { FOREVER, HandPace, type HttpPeer, httpPeer, message, until } from '../wire/support';
import { selfSigned } from './certificate';
import { type Simulated, simulate } from './simulated';

let status: number;
let asked: string[];
let far: Socket[];
let server: Server;
let proxy: string;
let peer: HttpPeer;
let sim: Simulated | null;
beforeEach(async () => {
  status = 200;
  asked = [];
  far = [];
  sim = null;
  server = createServer().on('connect', (request, near: Socket) => {
    asked.push(request.url ?? '');
    if (status !== 200) return near.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const out = connect(Number(port), host, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(out).pipe(near);
    });
    far.push(out);
    out.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('error', () => out.destroy()).on('close', () => out.destroy());
  });
  proxy = `http://127.0.0.1:${await listening(server)}`;
  peer = await httpPeer(() => ({ errcode: 0 }));
});
afterEach(async () => {
  await sim?.close();
  await peer.stop();
  for (const socket of far) socket.destroy();
  server.closeAllConnections();
  server.close();
});

const call = (through = proxy) => {
  const http = createHttp({ hosts: new Set([new URL(peer.base).host]), ca: undefined, pace: new HandPace(), proxy: through });
  return http({ url: new URL(`${peer.base}/x`), body: '{}' }, FOREVER);
};

test('a call goes through the tunnel, each through one of its own', async () => {
  expect(await call()).toEqual({ is: 'answer', status: 200, body: '{"errcode":0}' });
  expect(await call()).toMatchObject({ is: 'answer' });
  expect(asked).toEqual([new URL(peer.base).host, new URL(peer.base).host]);
  expect(peer.calls).toHaveLength(2);
});

test('a proxy that refuses, or is away, is a fault of the road: nothing was sent', async () => {
  status = 403;
  expect(await call()).toEqual({ is: 'not_sent', why: 'proxy_403' });
  expect(await call('http://127.0.0.1:1')).toEqual({ is: 'not_sent', why: 'ECONNREFUSED' });
  expect(peer.calls).toEqual([]);
});

test('a tunnel that breaks while the answer is awaited leaves open whether it was carried out', async () => {
  await peer.stop();
  peer = await httpPeer(() => 'hang');
  const end = call();
  await until(() => peer.calls.length === 1);
  for (const socket of far) socket.resetAndDestroy();
  expect(await end).toMatchObject({ is: 'no_answer' });
});

test('the robot hears and answers through it, and no other way is taken', async () => {
  sim = await simulate({ proxy });
  await sim.connect();
  const before = asked.length;
  await sim.room.say('duty', 'duty1', '在岗');
  const heard = await until(() => sim?.taken.find(({ content }) => content.is === 'text'));
  expect(await sim.send('wecom.robot', message({ heading: '收到了' }), heard.chat.id, heard.ticket)).toMatchObject([{ is: 'accepted' }]);
  expect(await sim.send('wecom.app', message(), 'leader1')).toMatchObject([{ is: 'accepted' }]);
  const port = new URL(sim.room.sandbox.binding().apiBase).port;
  expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${port}`]));
  // The token is fetched and the message sent over one tunnel.
  expect(asked.length - before).toBe(1);
});

test('inside the tunnel TLS goes from end to end: a stranger’s certificate is refused before anything is sent', async () => {
  const { key, cert } = selfSigned();
  const secure = createSecure({ key, cert }, (_request, response) => response.end('{"errcode":0}'));
  new WebSocketServer({ server: secure }).on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
  const host = `localhost:${await listening(secure)}`;
  const post = (ca: string | undefined) => {
    const http = createHttp({ hosts: new Set([host]), ca, pace: new HandPace(), proxy });
    return http({ url: new URL(`https://${host}/x`), body: '{}' }, FOREVER);
  };
  expect(await post(cert)).toEqual({ is: 'answer', status: 200, body: '{"errcode":0}' });
  expect(await post(undefined)).toEqual({ is: 'not_sent', why: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const socket = new WebSocket(`wss://${host}`, { agent: new Tunnel({ proxy, secure: true, ca: cert, limitMs: 5_000 }), ca: cert });
  const echo = await new Promise((resolve, reject) => {
    socket
      .on('open', () => socket.send('在岗'))
      .on('message', (data) => resolve(String(data)))
      .on('error', reject);
  });
  expect(echo).toBe('在岗');
  expect(asked).toEqual([host, host, host]);
  socket.terminate();
  secure.closeAllConnections();
  secure.close();
});
