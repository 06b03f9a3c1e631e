/** Every route of the API, in one list: mounted, documented and tested from here. */
import { auditRoutes } from './audit';
import { commandRoutes } from './commands';
import { dutyRoutes } from './duty';
import { fileRoutes } from './files';
import { firstLinkRoutes } from './firstLinks';
import { heardRoutes } from './heard';
import { inboxRoutes } from './inbox';
import { incidentRoutes } from './incidents';
import { listRoutes } from './lists';
import { nameRoutes } from './names';
import { type OtherRoute, openApiRoute } from './openapi';
import { paperRoutes } from './papers';
import { planRoutes } from './plans';
import type { ApiPorts } from './ports';
import { reportRoutes } from './reports';
import { rosterRoutes } from './roster';
import type { Route } from './route';
import { shiftRoutes } from './shifts';
import { statisticsRoutes } from './statistics';
import { systemRoutes } from './system';
import { workRoutes } from './work';

/** Addresses beside the API, as `health.ts` and `callbacks.ts` mount them. */
const OTHERS: readonly OtherRoute[] = [
  { method: 'get', path: '/healthz', id: 'getAlive', what: 'The process lives', answers: { 200: 'yes' } },
  { method: 'get', path: '/readyz', id: 'getReady', what: 'Database and connections are up', answers: { 200: 'ready', 503: 'not ready' } },
  {
    ...{ method: 'get', path: '/api/v1/stream', id: 'getStream', what: 'Server-sent events: an incident (n) is at a version now' },
    answers: { 200: 'text/event-stream', 401: 'not signed in', 503: 'too many open' },
  },
  { method: 'get', path: '/metrics', id: 'getMetrics', what: 'For Prometheus', answers: { 200: 'text' } },
  ...(['get', 'post'] as const).map((method) => ({
    ...{ method, path: '/callback/:platform/:tenant/:kind', id: `${method}Callback`, what: 'For the chat platforms alone' },
    answers: {
      200: 'stored, or the address verified',
      400: 'undecodable',
      401: 'wrong signature',
      404: 'not configured',
      503: 'not stored',
    },
  })),
];

export function apiRoutes(ports: ApiPorts): readonly Route[] {
  const routes = [
    ...reportRoutes(ports),
    ...incidentRoutes(ports),
    ...paperRoutes(ports),
    ...commandRoutes(ports),
    ...listRoutes(ports),
    ...statisticsRoutes(ports),
    ...workRoutes(ports),
    ...inboxRoutes(ports),
    ...fileRoutes(ports),
    ...rosterRoutes(ports),
    ...shiftRoutes(ports),
    ...dutyRoutes(ports),
    ...firstLinkRoutes(ports),
    ...nameRoutes(ports),
    ...planRoutes(ports),
    ...auditRoutes(ports),
    ...systemRoutes(ports),
    ...heardRoutes(ports),
  ];
  return [...routes, openApiRoute(routes, OTHERS)];
}
