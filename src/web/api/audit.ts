/** `GET /api/v1/audit`, `/audit/chain`, `POST /audit/check`, `GET /exports/audit`: who did what, when, over which channel, and whether the record is whole. */
import { z } from 'zod';
import type { TrailPlace, TrailRow } from '../../ports/trail';
import { addressOf } from '../console/door';
import { auditShape, auditSheet, MOST_ROWS, STREAM_KINDS, searchOf } from './auditSheet';
import { didZh } from './did';
import { iso, isoOrNull } from './iso';
import type { ApiPorts } from './ports';
import { pageSize } from './query';
import { type Route, tokenRoute } from './route';
import { moment } from './schemaMoment';
import { pageOf } from './schemas';
import { CSV, fileAnswer, sheetOf, systemOf, XLSX } from './sheets';

const text = z.string();
const textOrNull = text.nullable();
const CURSOR = /^(\d{1,16}):(\d{1,10}):(.{1,100})$/u;
const searchSchema = z.strictObject({
  ...auditShape,
  limit: pageSize(200, 50),
  cursor: z.string().max(150).regex(CURSOR, 'expected the cursor of the page before').optional(),
});
const exportSchema = z.strictObject({ ...auditShape, format: z.enum(['xlsx', 'csv']).default('xlsx') });

const rowSchema = z.strictObject({
  kind: z.enum(STREAM_KINDS),
  n: z.int(),
  version: z.int(),
  type: text,
  zh: text.meta({ description: 'What happened, as one word' }),
  at: moment,
  actor: textOrNull,
  cause: text.meta({ description: 'inbox: something said; page: a page or the program itself; due: the clock; import: a file' }),
  heard: z.strictObject({ tenant: text, source: text, room: textOrNull }).nullable().meta({ description: 'Over which channel' }),
  body: z.looseObject({ type: text }),
  hash: text,
});
const anchorSchema = z.strictObject({ day: text, root: text, streams: z.int() }).nullable();
const chainSchema = z.strictObject({
  streams: z.int(),
  events: z.int(),
  anchor: anchorSchema.meta({ description: 'The newest daily anchor' }),
  anchors: z.int(),
  outside: z.int().nullable().meta({ description: 'Anchors kept outside the database; null where they cannot be read' }),
  checking: z.strictObject({ since: moment, streams: z.int(), done: z.int() }).nullable(),
  checked: z
    .strictObject({ at: moment, by: textOrNull, streams: z.int(), events: z.int(), broken: z.int(), first: textOrNull, anchor: textOrNull })
    .nullable()
    .meta({ description: 'The last check that ended; null before the first of this year' }),
});

/** For auditors, and the director. Reading the record is no act on record; taking it along is. */
export function auditRoutes(ports: ApiPorts): readonly Route[] {
  return [search(ports), chain(ports), check(ports), exported(ports)];
}

function search(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/audit', id: 'searchAudit', act: 'read_audit' },
    what: 'Events of all streams, the newest first, the last thirty days where no span is given. A page may be short, or empty, and still have a cursor: so many events are looked at for each',
    query: searchSchema,
    answers: { 200: { what: 'One page; cursor goes on before it', schema: pageOf(rowSchema) } },
    handle: async ({ query: { limit, cursor, ...asked } }) => {
      const { rows, next } = await ports.trail.search(searchOf(ports.clock.now(), asked, limit, placeOf(cursor)));
      return { body: { items: rows.map(shown), cursor: next === null ? null : `${next.at}:${next.version}:${next.stream}` } };
    },
  });
}

function placeOf(cursor: string | undefined): TrailPlace | null {
  const [, at, version, stream = ''] = CURSOR.exec(cursor ?? '') ?? [];
  return at === undefined ? null : { at: Number(at), version: Number(version), stream };
}

function shown({ kind, n, version, type, at, actor, cause, heard, body, hash }: TrailRow): z.infer<typeof rowSchema> {
  const told = JSON.parse(body) as { type: string };
  return { kind, n, version, type, zh: didZh(type), at: iso(at), actor, cause: cause.kind, heard, body: told, hash };
}

function chain(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/audit/chain', id: 'getChain', act: 'read_audit' },
    what: 'How much the record holds, its newest daily anchor, and what the last check of every chain found',
    answers: { 200: { what: 'The state of the record', schema: chainSchema } },
    handle: async () => {
      const { trail, anchors, outside, chainCheck } = ports;
      const [size, kept, away, last] = await Promise.all([
        trail.size(),
        anchors.all(),
        outside.read().catch(() => null),
        trail.newest('RecordVerified'),
      ]);
      const running = chainCheck.running();
      const checking = running === null ? null : { ...running, since: iso(running.since) };
      const anchorsKnown = { anchor: kept.at(-1) ?? null, anchors: kept.length, outside: away?.length ?? null };
      return { body: { ...size, ...anchorsKnown, checking, checked: last === null ? null : checkedOf(last) } };
    },
  });
}

function checkedOf({ at, actor, body }: TrailRow) {
  const { streams, events, broken, first, anchor } = JSON.parse(body) as NonNullable<z.infer<typeof chainSchema>['checked']>;
  return { at: isoOrNull(at), by: actor, streams, events, broken, first, anchor };
}

function check(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/audit/check', id: 'checkChain', act: 'read_audit' },
    what: 'Looks through every chain and anchor in the background; what is found goes on record and stands in /audit/chain',
    body: z.strictObject({}),
    answers: { 200: { what: 'It runs, begun now or before', schema: z.strictObject({ running: z.boolean() }) } },
    handle: async (_call, who) => {
      ports.chainCheck.begin(who.person, systemOf(who));
      return { body: { running: ports.chainCheck.running() !== null } };
    },
  });
}

function exported(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/exports/audit', id: 'exportAudit', act: 'read_audit' },
    what: `What /api/v1/audit finds, the newest ${MOST_ROWS}, as xlsx or csv; taking it along goes on record. As long work: export_audit`,
    query: exportSchema,
    answers: fileAnswer('The list', XLSX, CSV),
    handle: async ({ ctx, query: { format, ...asked } }, who) => {
      const by = { by: who.person, system: systemOf(who), from: addressOf(ctx) };
      await ports.note({ type: 'FileExported', ...by, what: 'audit', n: asked.n ?? null, format, unmasked: false });
      return sheetOf(ports, await auditSheet(ports, asked), format);
    },
  });
}
