/** The one address at which all enterprises are reached: each request and each connection goes to the one it names. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WeCom } from './weCom';
import { isWirePath } from './wire';

/** All enterprises behind one wire; what names none of them goes to the first. */
export class WireFront {
  constructor(private readonly corps: () => readonly WeCom[]) {}

  /** Serves a request of the server API; false when the path is none of it. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isWirePath(request.url)) return false;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const corp = this.corps().find((candidate) => candidate.owns(url)) ?? this.corps()[0];
    corp?.serve(request, response);
    return corp !== undefined;
  }

  /** Takes over a WebSocket upgrade; the first one hands it on once the robot has said its name. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.corps()[0]?.upgrade(request, socket, head);
  }
}
