/** `GET /api/v1/incidents`, `/:n`, `/:n/events`: each caller sees what he may. */
import { z } from 'zod';
import { UNDER_WAY } from '../../core/incident/state';
import type { ApiPorts } from './ports';
import { presentEvent, presentIncident, presentRow, textsWanted } from './present';
import { incidentNumber, LARGEST_NUMBER, pageSize } from './query';
import { numberIn, readIncident, sightFor, sourcesOf } from './reading';
import { type Route, tokenRoute } from './route';
import { eventSchema, incidentRowSchema, incidentSchema, pageOf } from './schemas';

const pageSchema = z.strictObject({
  open: z.enum(['true', 'false']).default('false').meta({ description: 'Only those that have not ended' }),
  limit: pageSize(200, 50),
  cursor: incidentNumber.optional(),
});
const eventsSchema = z.strictObject({
  limit: pageSize(500, 200),
  cursor: z.coerce.number().int().min(0).max(LARGEST_NUMBER).default(0),
});
const EXAMPLES = { n: '1' };
const REFUSES = { no_incident: 404, content_apart: 403, not_in_scope: 403 };

export function incidentRoutes(ports: ApiPorts): readonly Route[] {
  const { views, rulebookOf } = ports;
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents', id: 'listIncidents', act: 'list_incidents' },
      what: 'Incidents, the newest first. A person sees only his own',
      query: pageSchema,
      answers: { 200: { what: 'One page; cursor is the number to go on from', schema: pageOf(incidentRowSchema) } },
      handle: async ({ query: { open, limit, cursor } }, { caller }) => {
        const sight = await sightFor(ports, caller, 'list_incidents');
        const rows = await views.incidents({ sight, among: open === 'true' ? UNDER_WAY : null, limit, before: cursor ?? null });
        return { body: { items: rows.map(presentRow), cursor: rows.length < limit ? null : String(rows.at(-1)?.n ?? '') } };
      },
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n', id: 'getIncident', act: 'read_incident', examples: EXAMPLES, refuses: REFUSES },
      what: 'One incident with fields, decisions, people asked, deadlines and deliveries',
      answers: { 200: { what: 'The incident', schema: incidentSchema } },
      handle: async ({ params }, { caller }) => {
        const view = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const [rules, texts, sources] = await Promise.all([
          rulebookOf(view.rulebook),
          views.texts(textsWanted(view)),
          sourcesOf(ports, view),
        ]);
        return { body: presentIncident(view, rules, texts, sources) };
      },
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n/events', id: 'listEvents', act: 'read_record', examples: EXAMPLES, refuses: REFUSES },
      what: 'The record of an incident, oldest first, each event chained to the one before',
      query: eventsSchema,
      answers: { 200: { what: 'One page; cursor is the version to go on from', schema: pageOf(eventSchema) } },
      handle: async ({ params, query: { limit, cursor } }, { caller }) => {
        const view = await readIncident(ports, numberIn(params), caller, 'read_record');
        const events = (await views.events(view.row.n, cursor, limit)) ?? [];
        const next = events.length < limit ? null : String(events.at(-1)?.version ?? '');
        return { body: { items: events.map(presentEvent), cursor: next } };
      },
    }),
  ];
}
