/** Prepared bytes on plain sockets: what the load generators send callbacks by. */
import { connect, type Socket } from 'node:net';
import { callback } from './tenant';

/** The exact bytes of one request. A client library would take more of the two cores than what is measured. */
export function requestOf(target: URL, n: number, seconds: number): Buffer {
  const { query, body } = callback(n, seconds);
  const head = [
    `POST ${target.pathname}?${new URLSearchParams(query)} HTTP/1.1`,
    `Host: ${target.host}`,
    'Content-Type: text/xml; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** A connection that stays open; throws when nobody listens. */
export function open({ hostname, port }: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends one request at a time and answers its status once the whole answer is there; 0 when the connection ends before. */
export function exchangeOn(socket: Socket): (request: Buffer) => Promise<number> {
  let heard = '';
  let tell: (status: number) => void = () => undefined;
  socket.setEncoding('latin1');
  socket.on('data', (more: string) => {
    heard += more;
    const status = wholeAnswer(heard);
    if (status === null) return;
    heard = '';
    tell(status);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => tell(0));
  return (request) =>
    new Promise((resolve) => {
      tell = resolve;
      if (socket.destroyed) resolve(0);
      else socket.write(request);
    });
}

function wholeAnswer(heard: string): number | null {
  const head = heard.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0);
  return heard.length < head + 4 + length ? null : Number(heard.slice(9, 12));
}
