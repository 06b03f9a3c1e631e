/** The sandbox beside a bot in the same process: own port for the wire, routes for the bot's web server, the bot's clock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import { createSandboxRouter } from './api/router';
import type { CarrierBinding } from './carrier/carrier';
import type { Control } from './control';
import { type Core, createCores } from './core';
import type { GovBinding } from './dingtalk/gov/keys';
import type { DingBinding } from './dingtalk/keys';
import type { DingTimes } from './dingtalk/parts';
import { Front } from './front';
import type { Binding } from './keys';
import type { WeComTimes } from './wecom/parts';
import type { WorldInput } from './world';

/** A running sandbox. */
export interface Sandbox {
  /** Everything a bot needs to connect to WeCom; of the first enterprise there unless another tenant is named. Throws when there is none. */
  binding(tenant?: string): Binding;
  /** What a bot needs to send short messages and to ring people up. */
  carrier(): CarrierBinding;
  /** The same for DingTalk. */
  dingBinding(tenant?: string): DingBinding;
  /** The same for the government edition of DingTalk. */
  govBinding(tenant?: string): GovBinding;
  /** The same for the first enterprise of all, whatever its platform. */
  firstBinding(): unknown;
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
  readonly dingTimes?: DingTimes;
}

/** Opens the wire on 127.0.0.1 (`port` 0: any). Throws on a faulty world or a taken port. */
export async function startSandbox({ world, others = [], port: wanted, control, times, dingTimes }: SandboxOptions): Promise<Sandbox> {
  let port = wanted;
  const cores = createCores([world, ...others], { control, times, dingTimes, base: () => `http://127.0.0.1:${port}` });
  const front = new Front(() => cores);
  const server = createServer((request, response) => {
    if (!front.serve(request, response)) response.writeHead(404).end();
  });
  server.on('upgrade', (request, socket, head) => front.upgrade(request, socket, head));
  port = await listen(server, wanted);
  const [first] = cores;
  if (!first) throw new Error('a sandbox needs one enterprise at least');
  const carrier = () => carrierOf(cores, port);
  return {
    ...bindingsOf(cores, () => port),
    carrier,
    firstBinding: () => first.binding(port),
    router: createSandboxRouter({ cores, control, port: () => port, carrier, remote: null }),
    setCallbackUrl: (url) => first.setCallbackUrl(url),
    wipe: () => {
      for (const core of cores) core.wipe();
    },
    stop: () => {
      for (const core of cores) core.stop();
      return close(server);
    },
  };
}

/** The connection data by platform and tenant. */
export function bindingsOf(cores: readonly Core[], port: () => number): Pick<Sandbox, 'binding' | 'dingBinding' | 'govBinding'> {
  const pick = (platform: Core['platform'], tenant: string | undefined) => {
    const core = cores.find((candidate) => candidate.platform === platform && (tenant === undefined || candidate.tenant === tenant));
    if (core) return core;
    throw new Error(`no enterprise on ${platform}${tenant === undefined ? '' : ` named ${tenant}`}`);
  };
  return {
    binding: (tenant) => pick('wecom', tenant).binding(port()) as Binding,
    dingBinding: (tenant) => pick('dingtalk', tenant).binding(port()) as DingBinding,
    govBinding: (tenant) => pick('govding', tenant).binding(port()) as GovBinding,
  };
}

/** Of the one carrier of a sandbox: the telephones of the first enterprise. */
export function carrierOf([first]: readonly Core[], port: number): CarrierBinding {
  if (!first) throw new Error('a sandbox needs one enterprise at least');
  return { url: `http://127.0.0.1:${port}/carrier`, key: first.carrier.key };
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
