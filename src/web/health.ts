/** Is it alive, is it ready, and how much waits: for the watchdog, the IT clerk and Prometheus. */
import type Router from '@koa/router';
import type { Clock } from '../ports/clock';
import type { Refusals } from '../ports/refusals';
import type { Views } from '../ports/views';
import type { Wake } from '../ports/wake';
import type { Metrics } from './metrics';

export interface HealthPorts {
  readonly views: Views;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly refusals: Refusals;
  /** State of each long connection, by id. */
  readonly connections: () => Readonly<Record<string, string>>;
}

/** `/healthz` answers while the process lives; `/readyz` only with database and connections up; the queue is a colour, not a reason to stop. */
export function mountHealth(router: Router, { views, clock, wake, connections }: HealthPorts, metrics: Metrics): void {
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/readyz', async (ctx) => {
    const backlog = await views.backlog(clock.now()).catch(() => null);
    const links = connections();
    const ready = backlog !== null && Object.values(links).every((is) => is === 'open');
    ctx.status = ready ? 200 : 503;
    ctx.body = {
      status: ready ? 'ready' : 'not_ready',
      database: backlog === null ? 'down' : 'up',
      queue: wake.healthy() ? 'up' : 'down',
      connections: links,
      backlog,
    };
  });
  router.get('/metrics', async (ctx) => {
    ctx.type = metrics.contentType;
    ctx.body = await metrics.page();
  });
}
