/** The HTTP face: callbacks, API, health, and whatever more the wiring mounts (sandbox). */
import Router from '@koa/router';
import Koa from 'koa';
import type { Platform } from '../ports/platform';
import { createLimits } from './api/limits';
import { mountRoutes } from './api/mount';
import type { ApiPorts } from './api/ports';
import { apiRoutes } from './api/routes';
import { serveCallbacks } from './callbacks';
import { mountPages, type Pages } from './console/pages';
import { mountSignIn, type SignInPorts } from './console/signIn';
import { errorMiddleware } from './errors';
import { createFeed } from './feed';
import { type HealthPorts, mountHealth } from './health';
import { createMetrics } from './metrics';
import { mountStream } from './stream';

export interface WebPorts extends HealthPorts, ApiPorts, Omit<SignInPorts, 'limits' | 'office'> {
  readonly platforms: readonly Platform[];
  readonly pages: Pages;
  /** Further routers, such as the sandbox's. */
  readonly more: readonly Router[];
}

/** Steps in the order they run; callbacks first, since they come in floods. Proxy headers are not trusted. */
export function createWeb(ports: WebPorts): Koa {
  const app = new Koa({ proxy: false });
  app.silent = true;
  const metrics = createMetrics(ports);
  app.use(errorMiddleware(ports.log, metrics.refused));
  app.use(serveCallbacks(ports.platforms, ports.takeIn, ports.log));
  const health = new Router();
  mountHealth(health, ports, metrics);
  const limits = createLimits(() => ports.pace.mono());
  const api = mountRoutes(apiRoutes(ports), { ...ports, limits });
  mountStream(api, ports, createFeed(ports));
  const pages = new Router();
  mountSignIn(pages, { ...ports, limits });
  mountPages(pages, ports.pages);
  for (const mounted of [health, api, pages, ...ports.more]) app.use(mounted.routes());
  return app;
}
