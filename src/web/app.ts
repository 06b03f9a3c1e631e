/** The HTTP face: callbacks, API, health, and whatever more the wiring mounts (sandbox). */
import Router from '@koa/router';
import Koa from 'koa';
import type { Rulebook } from '../core/plans/rulebook';
import type { TakeIn } from '../handlers/takeIn';
import type { Log } from '../ports/log';
import type { Platform } from '../ports/platform';
import { deliveryRoutes } from './api/deliveries';
import { inboxRoutes } from './api/inbox';
import { incidentRoutes } from './api/incidents';
import { bearer } from './bearer';
import { mountCallbacks } from './callbacks';
import { errorMiddleware } from './errors';
import { type HealthPorts, mountHealth } from './health';
import { createMetrics } from './metrics';

export interface WebPorts extends HealthPorts {
  readonly log: Log;
  readonly apiToken: string;
  readonly platforms: readonly Platform[];
  readonly takeIn: TakeIn;
  readonly rulebookOf: (hash: string) => Promise<Rulebook>;
  /** Further routers, such as the sandbox's. */
  readonly more: readonly Router[];
}

/** Steps in the order they run; callbacks first, since they come in floods. Proxy headers are not trusted. */
export function createWeb(ports: WebPorts): Koa {
  const app = new Koa({ proxy: false });
  app.silent = true;
  const metrics = createMetrics(ports);
  app.use(errorMiddleware(ports.log, metrics.refused));
  const callbacks = new Router();
  const health = new Router();
  mountHealth(health, ports, metrics);
  mountCallbacks(callbacks, ports.platforms, ports.takeIn, ports.log);
  const guard = bearer(ports.apiToken);
  const api = [incidentRoutes(ports.views, ports.rulebookOf, guard), inboxRoutes(ports.views, guard), deliveryRoutes(ports.views, guard)];
  for (const mounted of [callbacks, health, ...api, ...ports.more]) app.use(mounted.routes());
  return app;
}
