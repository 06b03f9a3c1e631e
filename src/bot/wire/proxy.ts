/** Calls and the long connection through the HTTP proxy of a closed network: a tunnel by CONNECT, and TLS from end to end inside it. */
import { Agent, type AgentOptions, type ClientRequestArgs, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** What a connection through it needs. */
export interface TunnelOptions {
  /** Address of the proxy, `http:` with host and port. */
  readonly proxy: string;
  readonly secure: boolean;
  readonly ca: string | undefined;
  /** A proxy that has not answered by then, in milliseconds, counts as out of reach. */
  readonly limitMs: number;
}

type Made = (fault: Error | null, socket?: Duplex) => void;

/** Connections already stand when a request gets them, one for each unless `kept` says otherwise; a proxy's refusal ends it as `proxy_<status>`. */
export class Tunnel extends Agent {
  /** What Node.js asks an agent for before it hands it a request. */
  readonly protocol: 'http:' | 'https:';
  readonly defaultPort: number;

  constructor(
    private readonly tunnel: TunnelOptions,
    kept: AgentOptions = { keepAlive: false },
  ) {
    super(kept);
    this.protocol = tunnel.secure ? 'https:' : 'http:';
    this.defaultPort = tunnel.secure ? 443 : 80;
  }

  override createConnection(options: ClientRequestArgs, made: Made): undefined {
    const { proxy, secure, ca, limitMs } = this.tunnel;
    const host = String(options.host);
    const path = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
    const asked = request(new URL(proxy), { method: 'CONNECT', path, headers: { host: path }, agent: false, timeout: limitMs });
    asked.on('timeout', () => asked.destroy(coded('proxy_time_limit')));
    asked.on('error', (fault) => made(fault));
    asked.on('connect', ({ statusCode }, socket) => {
      socket.setTimeout(0);
      if (statusCode !== 200) {
        socket.destroy();
        return made(coded(`proxy_${statusCode}`));
      }
      if (!secure) return made(null, socket);
      const inner = connectTls({ socket, servername: host, ...(ca === undefined ? {} : { ca }) });
      inner.once('error', made);
      inner.once('secureConnect', () => {
        inner.off('error', made);
        made(null, inner);
      });
    });
    asked.end();
    return undefined;
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
