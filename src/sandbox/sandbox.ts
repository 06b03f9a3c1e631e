/** The sandbox beside a bot in the same process: own port for the wire, routes for the bot's web server, the bot's clock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import { createSandboxRouter } from './api';
import type { Control } from './control';
import { createCore } from './core';
import type { WeComTimes } from './wecom/weCom';
import { type Binding, bindingOf, type WorldInput } from './world';

/** A running sandbox. */
export interface Sandbox {
  /** Everything a bot needs to connect. */
  binding(): Binding;
  /** Page and API under `/sandbox`; mount with `app.use(router.routes())`. */
  readonly router: Router;
  /** Verifies the app's callback URL as the admin console does; false: not kept, the earlier one stays. */
  setCallbackUrl(url: string): Promise<boolean>;
  /** Empties conversations, calls, faults and platform state; `control.reset` calls it at the right moment. Connections stay. */
  wipe(): void;
  /** Closes the wire and every connection on it. May run once. */
  stop(): Promise<void>;
}

/** Opens the wire on 127.0.0.1 (`port` 0: any). `times` shortens real-time limits in tests. Throws on a faulty world or a taken port. */
export async function startSandbox(options: { world: WorldInput; port: number; control: Control; times?: WeComTimes }): Promise<Sandbox> {
  const core = createCore(options.world, options.control, options.times);
  const server = createServer((request, response) => {
    if (!core.weCom.serve(request, response)) response.writeHead(404).end();
  });
  server.on('upgrade', (request, socket, head) => core.weCom.upgrade(request, socket, head));
  const port = await listen(server, options.port);
  const binding = () => bindingOf(core.world, port);
  return {
    binding,
    router: createSandboxRouter({ core, control: options.control, binding, remote: null }),
    setCallbackUrl: (url) => core.weCom.setCallbackUrl(url),
    wipe: () => core.wipe(),
    stop: () => {
      core.weCom.stop();
      return close(server);
    },
  };
}

/** Listens on loopback and answers the port. */
export function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Closes a server together with its open connections. */
export function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
