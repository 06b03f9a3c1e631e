/** Is it alive, is it ready, and how much waits: for the watchdog, the IT clerk and Prometheus. */
import type Router from '@koa/router';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../ports/clock';
import type { Views } from '../ports/views';
import type { Wake } from '../ports/wake';

export interface HealthPorts {
  readonly views: Views;
  readonly clock: Clock;
  readonly wake: Wake;
  /** State of each long connection, by id. */
  readonly connections: () => Readonly<Record<string, string>>;
}

/** `/healthz` answers while the process lives; `/readyz` only with database and connections up; the queue is a colour, not a reason to stop. */
export function mountHealth(router: Router, { views, clock, wake, connections }: HealthPorts): void {
  const registry = metrics(views, clock, wake);
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
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });
}

function metrics(views: Views, clock: Clock, wake: Wake): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'fenghuo_' });
  new Gauge({
    name: 'fenghuo_backlog',
    help: 'Rows that wait, by kind',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      for (const [kind, count] of Object.entries(await views.backlog(clock.now()))) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'fenghuo_queue_healthy',
    help: '1 while the wake-up queue answers; the plain timer goes on without it',
    registers: [registry],
    collect() {
      this.set(wake.healthy() ? 1 : 0);
    },
  });
  return registry;
}
