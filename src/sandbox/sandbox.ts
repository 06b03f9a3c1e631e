/** The sandbox beside a bot in the same process: own port for the wire, routes for the bot's web server, the bot's clock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import { createSandboxRouter } from './api/router';
import { bindingOf } from './binding';
import type { CarrierBinding } from './carrier/carrier';
import type { Control } from './control';
import { createCores } from './core';
import type { Binding } from './keys';
import { WireFront } from './wecom/front';
import type { WeComTimes } from './wecom/parts';
import type { WorldInput } from './world';

/** A running sandbox. */
export interface Sandbox {
  /** Everything a bot needs to connect; of the first enterprise unless another tenant is named. */
  binding(tenant?: string): Binding;
  /** What a bot needs to send short messages and to ring people up. */
  carrier(): CarrierBinding;
  /** Page and API under `/sandbox`; mount with `app.use(router.routes())`. */
  readonly router: Router;
  /** Verifies the app's callback URL as the admin console does; false: not kept, the earlier one stays. */
  setCallbackUrl(url: string): Promise<boolean>;
  /** Empties conversations, calls, faults and platform state; `control.reset` calls it at the right moment. Connections stay. */
  wipe(): void;
  /** Closes the wire and every connection on it. May run once. */
  stop(): Promise<void>;
}

/** How to open a sandbox: `others` are further enterprises on the same wire, `times` shortens real-time limits in tests. */
export interface SandboxOptions {
  readonly world: WorldInput;
  readonly others?: readonly WorldInput[];
  readonly port: number;
  readonly control: Control;
  readonly times?: WeComTimes;
}

/** Opens the wire on 127.0.0.1 (`port` 0: any). Throws on a faulty world or a taken port. */
export async function startSandbox({ world, others = [], port: wanted, control, times }: SandboxOptions): Promise<Sandbox> {
  let port = wanted;
  const cores = createCores([world, ...others], { control, times, base: () => `http://127.0.0.1:${port}` });
  const front = new WireFront(() => cores.map((core) => core.weCom));
  const [first] = cores;
  const server = createServer((request, response) => {
    if (!first?.carrier.serve(request, response) && !front.serve(request, response)) response.writeHead(404).end();
  });
  server.on('upgrade', (request, socket, head) => front.upgrade(request, socket, head));
  port = await listen(server, wanted);
  if (!first) throw new Error('a sandbox needs one enterprise at least');
  const binding = (tenant?: string) => bindingOf((cores.find((core) => core.world.keys.tenant === tenant) ?? first).world, port);
  const carrier = () => ({ url: `http://127.0.0.1:${port}/carrier`, key: first.carrier.key });
  return {
    binding,
    carrier,
    router: createSandboxRouter({ cores, control, binding, carrier, remote: null }),
    setCallbackUrl: (url) => first.weCom.app.ears.configure(url),
    wipe: () => {
      for (const core of cores) core.wipe();
    },
    stop: () => {
      for (const core of cores) core.weCom.stop();
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
