/** The one address at which all enterprises are reached: each request goes to the platform and the enterprise it names. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Core, weComOf } from './core';
import { WireFront } from './wecom/front';

/** All enterprises behind one wire. */
export class Front {
  private readonly weCom: WireFront;

  constructor(private readonly cores: () => readonly Core[]) {
    this.weCom = new WireFront(() => weComOf(cores()).map((core) => core.weCom));
  }

  /** Serves a request of a platform; false when the path belongs to none. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.cores()[0]?.carrier.serve(request, response) || this.weCom.serve(request, response)) return true;
    return this.cores().some((core) => core.platform === 'dingtalk' && core.serve(request, response)) || this.serveGov(request, response);
  }

  /** The government edition lies at the root and takes what is nobody else's; who names no tenant gets the first. */
  private serveGov(request: IncomingMessage, response: ServerResponse): boolean {
    if (/^\/(sandbox|dingtalk)(\/|$)/.test(request.url ?? '')) return false;
    const tenants = this.cores().filter((core) => core.platform === 'govding');
    const core = tenants.find((candidate) => candidate.owns(request)) ?? tenants[0];
    core?.serve(request, response);
    return core !== undefined;
  }

  /** Takes over a WebSocket upgrade; a path that nobody knows is cut. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.cores().some((core) => core.platform === 'dingtalk' && core.upgrade(request, socket, head))) return;
    if (weComOf(this.cores()).length > 0 && !request.url?.startsWith('/dingtalk/')) this.weCom.upgrade(request, socket, head);
    else socket.destroy();
  }
}
