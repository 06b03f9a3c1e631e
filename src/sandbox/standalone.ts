/** The sandbox as a process of its own, for any bot: wire, API and page on one port. */
import { createServer } from 'node:http';
import Koa from 'koa';
import { createSandboxRouter } from './api';
import { createCore } from './core';
import { RemoteControl } from './remoteControl';
import { close, listen } from './sandbox';
import { type Binding, bindingOf, type WorldInput } from './world';

/** A running stand-alone sandbox; the page is at `<url>/sandbox/`. */
export interface Standalone {
  readonly url: string;
  binding(): Binding;
  stop(): Promise<void>;
}

/** Serves everything on 127.0.0.1:`port` (0: any). Throws on a faulty world or a taken port. */
export async function startStandalone(options: { world: WorldInput; port: number }): Promise<Standalone> {
  const control = new RemoteControl();
  const core = createCore(options.world, control);
  const app = new Koa();
  let port = options.port;
  const binding = () => bindingOf(core.world, port);
  app.use(createSandboxRouter({ core, control, binding, remote: control }).routes());
  const pages = app.callback();
  const server = createServer((request, response) => {
    if (!core.weCom.serve(request, response)) void pages(request, response);
  });
  server.on('upgrade', (request, socket, head) => core.weCom.upgrade(request, socket, head));
  port = await listen(server, options.port);
  const stop = () => {
    core.weCom.stop();
    return close(server);
  };
  return { url: `http://127.0.0.1:${port}`, binding, stop };
}
