/** What Prometheus reads: how much waits, how the queue is, what was refused. No label holds anything of a person. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../ports/clock';
import type { Refusals } from '../ports/refusals';
import type { Views } from '../ports/views';
import type { Wake } from '../ports/wake';

export interface Metrics {
  readonly contentType: string;
  /** The whole page; what is read from the database is missing while that does not answer. */
  page(): Promise<string>;
  /** Counts one refused request under the code the caller was told. */
  readonly refused: (status: number, code: string) => void;
}

export interface MetricPorts {
  readonly views: Views;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly refusals: Refusals;
}

/** Gauges are read anew at every scrape. */
export function createMetrics({ views, clock, wake, refusals: attempts }: MetricPorts): Metrics {
  const registry = new Registry();
  // The event loop is looked at ten times a second; a hundred times would be half of what an idle server costs.
  collectDefaultMetrics({ register: registry, prefix: 'fenghuo_', eventLoopMonitoringPrecision: 100 });
  new Gauge({
    name: 'fenghuo_backlog',
    help: 'Rows that wait, by kind (inboxDead: messages set aside after repeated failures; inboxLimited: messages beyond the limits in the last hour); missing while the database is away',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const backlog = await views.backlog(clock.now()).catch(() => ({}));
      this.reset();
      for (const [kind, count] of Object.entries(backlog)) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'fenghuo_personal_data',
    help: 'Rows of personal data erased so far; incidents whose data may be kept until a decided date, and whose date is over',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const vault = await views.vault(clock.now()).catch(() => ({}));
      this.reset();
      for (const [kind, count] of Object.entries(vault)) this.set({ kind }, count);
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
  new Counter({
    name: 'fenghuo_attempts_refused_total',
    help: 'What people and machines typed and were refused, by code (docs/errors.md)',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of attempts.byCode()) this.inc({ code }, count);
    },
  });
  const refusals = new Counter({
    name: 'fenghuo_http_refused_total',
    help: 'Requests refused, by status and code; overloaded and not_stored are callbacks the platform repeats',
    labelNames: ['status', 'code'],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    page: () => registry.metrics(),
    refused: (status, code) => refusals.inc({ status, code }),
  };
}
