/** The sandbox as a process of its own, for any bot: wire, API and page on one port. */
import { createServer } from 'node:http';
import Koa from 'koa';
import { createSandboxRouter } from './api/router';
import { createCores } from './core';
import { Front } from './front';
import { RemoteControl } from './remoteControl';
import { bindingsOf, carrierOf, close, listen, type Sandbox } from './sandbox';
import type { WorldInput } from './world';

/** A running stand-alone sandbox; the page is at `<url>/sandbox/`. */
export interface Standalone extends Pick<Sandbox, 'binding' | 'dingBinding' | 'govBinding'> {
  readonly url: string;
  /** Of all enterprises by tenant. */
  bindings(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Serves everything on 127.0.0.1:`port` (0: any). Throws on a faulty world or a taken port. */
export async function startStandalone(options: {
  readonly world: WorldInput;
  readonly others?: readonly WorldInput[];
  readonly port: number;
}): Promise<Standalone> {
  const control = new RemoteControl();
  let port = options.port;
  const cores = createCores([options.world, ...(options.others ?? [])], { control, base: () => `http://127.0.0.1:${port}` });
  const front = new Front(() => cores);
  if (cores.length === 0) throw new Error('a sandbox needs one enterprise at least');
  const app = new Koa();
  const carrier = () => carrierOf(cores, port);
  app.use(createSandboxRouter({ cores, control, port: () => port, carrier, remote: control }).routes());
  const pages = app.callback();
  const server = createServer((request, response) => {
    if (!front.serve(request, response)) void pages(request, response);
  });
  server.on('upgrade', (request, socket, head) => front.upgrade(request, socket, head));
  port = await listen(server, options.port);
  const stop = () => {
    for (const core of cores) core.stop();
    return close(server);
  };
  const bindings = () => Object.fromEntries(cores.map((core) => [core.tenant, core.binding(port)]));
  return { url: `http://127.0.0.1:${port}`, ...bindingsOf(cores, () => port), bindings, stop };
}
