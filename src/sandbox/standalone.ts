/** The sandbox as a process of its own, for any bot: wire, API and page on one port. */
import { createServer } from 'node:http';
import Koa from 'koa';
import { createSandboxRouter } from './api/router';
import { bindingOf } from './binding';
import { createCores } from './core';
import type { Binding } from './keys';
import { RemoteControl } from './remoteControl';
import { close, listen } from './sandbox';
import { WireFront } from './wecom/front';
import type { WorldInput } from './world';

/** A running stand-alone sandbox; the page is at `<url>/sandbox/`. */
export interface Standalone {
  readonly url: string;
  /** Of the first enterprise unless another tenant is named. */
  binding(tenant?: string): Binding;
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
  const front = new WireFront(() => cores.map((core) => core.weCom));
  const [first] = cores;
  if (!first) throw new Error('a sandbox needs one enterprise at least');
  const app = new Koa();
  const binding = (tenant?: string) => bindingOf((cores.find((core) => core.world.keys.tenant === tenant) ?? first).world, port);
  const carrier = () => ({ url: `http://127.0.0.1:${port}/carrier`, key: first.carrier.key });
  app.use(createSandboxRouter({ cores, control, binding, carrier, remote: control }).routes());
  const pages = app.callback();
  const server = createServer((request, response) => {
    if (!first.carrier.serve(request, response) && !front.serve(request, response)) void pages(request, response);
  });
  server.on('upgrade', (request, socket, head) => front.upgrade(request, socket, head));
  port = await listen(server, options.port);
  const stop = () => {
    for (const core of cores) core.weCom.stop();
    return close(server);
  };
  return { url: `http://127.0.0.1:${port}`, binding, stop };
}
