/** `GET /api/v1/deadlines`, `/deliveries`, `/roster/on-duty`: what the duty room looks at across incidents. */
import { z } from 'zod';
import { iso, isoOrNull } from './iso';
import type { ApiPorts } from './ports';
import { presentDeadline, presentDelivery } from './present';
import { incidentNumber, pageSize, rowId } from './query';
import { sightFor } from './reading';
import { type Route, tokenRoute } from './route';
import { deadlineSchema, listedDeliverySchema, onDutySchema, pageOf } from './schemas';

const number = z.int().min(1);
const CURSOR = /^(\d{1,16}):(\d{1,10}):(.+)$/u;
const deadlinesSchema = z.strictObject({
  status: z.enum(['open', 'met', 'missed', 'void']).default('open'),
  n: incidentNumber.optional(),
  limit: pageSize(500, 100),
  cursor: z.string().max(300).regex(CURSOR, 'expected the cursor of the page before').optional(),
});
const deliveriesSchema = z.strictObject({
  state: z.enum(['queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'unknown', 'cancelled']).optional(),
  n: incidentNumber.optional(),
  person: z.string().min(1).max(100).optional(),
  limit: pageSize(500, 100),
  cursor: rowId.optional(),
});

export function listRoutes(ports: ApiPorts): readonly Route[] {
  return [deadlines(ports), deliveries(ports), onDuty(ports)];
}

function deadlines(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/deadlines', id: 'listDeadlines', act: 'read_incident' },
    what: 'Deadlines of all incidents the caller may read, the earliest due first',
    query: deadlinesSchema,
    answers: { 200: { what: 'One page', schema: pageOf(deadlineSchema.extend({ n: number })) } },
    handle: async ({ query: { status, n, limit, cursor } }, { caller }) => {
      const [, dueAt, after, key = ''] = CURSOR.exec(cursor ?? '') ?? [];
      const last = dueAt === undefined ? null : { dueAt: Number(dueAt), n: Number(after), key };
      const sight = await sightFor(ports, caller, 'read_incident');
      const rows = await ports.views.deadlines({ sight, status, n: n ?? null, limit, after: last });
      const end = rows.length < limit ? undefined : rows.at(-1);
      const items = rows.map(presentDeadline);
      return { body: { items, cursor: end === undefined ? null : `${end.dueAt}:${end.n}:${end.key}` } };
    },
  });
}

/** What belongs to no incident is shown to whoever looks after the running of it all. */
function deliveries(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/deliveries', id: 'listDeliveries', act: 'read_operation' },
    what: 'Messages owed and sent, the newest first, without their words; of incidents only those the caller may read',
    query: deliveriesSchema,
    answers: { 200: { what: 'One page', schema: pageOf(listedDeliverySchema) } },
    handle: async ({ query: { state, n, person, limit, cursor } }, { caller }) => {
      const sight = await sightFor(ports, caller, 'read_incident');
      const page = { sight, state: state ?? null, n: n ?? null, person: person ?? null, limit, before: cursor ?? null };
      const rows = await ports.views.deliveries(page);
      const items = rows.map((row) => ({ ...presentDelivery(row), until: isoOrNull(row.until) }));
      return { body: { items, cursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) } };
    },
  });
}

/** Names and posts, never telephones. */
function onDuty({ onDuty: now, directory, clock }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/roster/on-duty', id: 'getOnDuty', act: 'read_on_duty' },
    what: 'Who keeps duty now and who comes next',
    answers: { 200: { what: 'The duty room', schema: onDutySchema } },
    handle: async () => {
      const { shift, handedOver, special, seats, until, next } = await now();
      const { people } = await directory.at(clock.now());
      const named = <S extends { readonly person: string }>(seat: S) => ({
        ...seat,
        name: people.get(seat.person)?.name ?? '',
        post: people.get(seat.person)?.post ?? '',
      });
      const sitting = seats.map((seat) => ({ ...named(seat), signedInAt: isoOrNull(seat.signedInAt) }));
      return {
        body: { at: iso(clock.now()), shift, handedOver, special, seats: sitting, until: isoOrNull(until), next: next.map(named) },
      };
    },
  });
}
