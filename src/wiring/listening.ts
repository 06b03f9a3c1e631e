/** The HTTP server as a part that starts and stops. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../ports/log';
import { HttpFault } from '../web/errors';
import { StartFault } from './faults';

export interface Listening {
  /** e.g. http://127.0.0.1:8080 */
  readonly url: string;
  stop(): Promise<void>;
}

/** What runs when it stops may take so long to finish, in milliseconds. */
const LAST_REQUESTS_MS = 1000;

/**
 * So many connections at once, and the next is hung up on: the platform opens a handful, a bureau's people some hundreds, and each
 * one takes a descriptor and memory that the database's connections and the files need too. As many may wait to be taken in: beyond the
 * 511 that Node.js lets wait, a burst of connections would knock again only after a second, then three, seven and so on.
 */
export const MOST_CONNECTIONS = 2000;
/**
 * A request whose head is not whole by then is cut off: honest ones send it in one piece, and a trickle of headers would hold its
 * connection for the minute that Node.js allows. Node.js looks twice a minute. The time of a body is its reader's business.
 */
const HEADERS_MS = 10_000;

/**
 * Throws StartFault when the port is taken or not allowed, or the address is not this machine's. Port 0 takes any free one. What is no
 * HTTP is refused in the shape of every error, and leaves a line in the log like every refusal.
 */
export async function listen(
  handler: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
  log: Log,
): Promise<Listening> {
  const server = createServer({ headersTimeout: HEADERS_MS }, handler);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (cause: NodeJS.ErrnoException, socket) => refuse(cause, socket, log));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(sentenceOf(cause, host, port)));
    server.listen({ port, host, backlog: MOST_CONNECTIONS }, resolve);
  });
  const at = server.address() as AddressInfo;
  return { url: `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`, stop: () => close(server) };
}

/** A sender that has gone, or is in the middle of an answer, is hung up on without a word. */
function refuse({ code: found }: NodeJS.ErrnoException, socket: Duplex, log: Log): void {
  if (found === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, message, hint } = faultOf(found);
  log.warn({ status, code }, 'request refused');
  const body = JSON.stringify({ error: { code, message, hint } });
  const head = `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** By what Node.js found broken. */
function faultOf(found: string | undefined): HttpFault {
  if (found === 'HPE_HEADER_OVERFLOW') return new HttpFault(431, 'head_too_large', '请求头过长。');
  if (found === 'ERR_HTTP_REQUEST_TIMEOUT') return new HttpFault(408, 'too_slow', '请求头未在时限内送达。');
  return new HttpFault(400, 'no_http', '不是完整的 HTTP 请求。');
}

function sentenceOf(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new StartFault([`端口 ${port} 已被占用：请设置 FENGHUO_PORT 为另一个端口，或先停止占用它的程序。`]);
    case 'EACCES':
      return new StartFault([`没有使用端口 ${port} 的权限：请设置 FENGHUO_PORT 为 1024 以上的端口。`]);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartFault([`本机没有地址 ${host}：请改正 FENGHUO_HOST。`]);
    default:
      return cause;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
