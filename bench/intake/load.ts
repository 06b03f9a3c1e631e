/** The load generator, in a process of its own: a given number of callbacks over connections that stay open, one at a time on each. */
import { connect, type Socket } from 'node:net';
import { answerParent } from '../child';
import { callback } from './tenant';

export interface Load {
  /** Address of the callback. */
  readonly url: string;
  /** Number of the first message; every number is a message of its own. */
  readonly first: number;
  readonly count: number;
  readonly connections: number;
}

export interface Answers {
  readonly seconds: number;
  /** How many answers bore each status; 0 stands for a connection that broke. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds from sending a callback to its answer, shortest first. */
  readonly waits: readonly number[];
}

/** Makes all requests first, so that encrypting them is not measured. */
async function run({ url, first, count, connections }: Load): Promise<Answers> {
  const target = new URL(url);
  const seconds = Math.floor(Date.now() / 1000);
  const requests = Array.from({ length: count }, (_, i) => requestOf(target, first + i, seconds));
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(target)));
  const statuses: Record<number, number> = {};
  const waits: number[] = [];
  let next = 0;
  const work = async (socket: Socket): Promise<void> => {
    const exchange = exchangeOn(socket);
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const begun = performance.now();
      const status = await exchange(request);
      waits.push(performance.now() - begun);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    socket.destroy();
  };
  const begun = performance.now();
  await Promise.all(sockets.map(work));
  return { seconds: (performance.now() - begun) / 1000, statuses, waits: waits.sort((a, b) => a - b) };
}

/** The exact bytes of one request. A client library would take more of the two cores than what is measured. */
function requestOf(target: URL, n: number, seconds: number): Buffer {
  const { query, body } = callback(n, seconds);
  const head = [
    `POST ${target.pathname}?${new URLSearchParams(query)} HTTP/1.1`,
    `Host: ${target.host}`,
    'Content-Type: text/xml; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function open({ hostname, port }: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends one request and answers its status once the whole answer is there; 0 when the connection ends before. */
function exchangeOn(socket: Socket): (request: Buffer) => Promise<number> {
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

answerParent<Load, Answers>(run);
