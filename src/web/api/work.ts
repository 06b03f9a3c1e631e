/** `/api/v1/long-work`: what takes its time is begun here and looked at later; the caller may leave, come back, and fetch what was made. */
import { z } from 'zod';
import type { AdminEventOf } from '../../core/admin/events';
import { may } from '../../core/rights/may';
import { WORK_KINDS, type WorkKind, type WorkRow } from '../../ports/longWork';
import { addressOf } from '../console/door';
import { HttpFault } from '../errors';
import { narrowShape, STREAM_KINDS } from './auditSheet';
import type { Who } from './callers';
import { iso, isoOrNull } from './iso';
import { keyOf } from './mount';
import type { ApiPorts } from './ports';
import { LARGEST_NUMBER } from './query';
import { readIncident } from './reading';
import { CELLS_CAP, mayKeepRoster, monthCells } from './roster';
import { type Given, type Route, tokenRoute } from './route';
import { moment } from './schemaMoment';
import { systemOf } from './sheets';
import { spanShape } from './span';
import { modeShape } from './statistics';
import { workOf } from './workKinds';

/** Each kind takes what it needs of it. */
const beginSchema = z.strictObject({
  kind: z.enum(WORK_KINDS).meta({ examples: ['export_statistics'] }),
  n: z.int().min(1).max(LARGEST_NUMBER).optional().meta({ description: 'bundle: of which incident; export_audit: of that one only' }),
  stream: z.enum(STREAM_KINDS).optional().meta({ description: 'export_audit: the kind that /audit calls kind' }),
  ...narrowShape,
  ...spanShape,
  ...modeShape,
  sheet: monthCells.sheet.optional(),
  changeAt: monthCells.changeAt.optional(),
});
type Body = z.infer<typeof beginSchema>;

const workSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(WORK_KINDS),
  about: z.looseObject({}).meta({ description: 'What was asked' }),
  state: z.enum(['running', 'done', 'failed', 'broken_off']),
  attempt: z.int(),
  step: z.string(),
  done: z.int(),
  total: z.int().nullable(),
  begunAt: moment,
  endedAt: moment.nullable(),
  fault: z.string().nullable(),
  answer: z.unknown(),
  file: z.string().nullable().meta({ description: 'Name of the file that can be fetched for a day' }),
});

const EXAMPLES = { id: 'contract-1' };
const REFUSES = { token_scope: 403, not_authorised: 403, not_in_scope: 403, content_apart: 403, no_role: 403, no_incident: 404 };
const MOST_SHOWN = 20;

export function workRoutes(ports: ApiPorts): readonly Route[] {
  return [begin(ports), list(ports), one(ports), again(ports), file(ports)];
}

/** Whose long work it is: the person's own, from whatever page, else the system's. */
export function ownerOf({ id, person }: Pick<Who, 'id' | 'person'>): string {
  return person ?? `system:${id}`;
}

function begin(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/long-work', id: 'beginWork', act: 'command', cap: CELLS_CAP },
    what: 'Begins long work and answers at once; the Idempotency-Key is its id, and a repeat is the same work',
    body: beginSchema,
    answers: { 202: { what: 'Begun', schema: workSchema } },
    refuses: REFUSES,
    handle: async (call, who) => {
      const { kind } = call.body;
      const about = aboutOf(call.body);
      await allowed(ports, who, kind, about);
      const id = call.ctx.get('idempotency-key') === '' ? ports.newId() : keyOf(call.ctx);
      await ports.longWorks.begin(ownerOf(who), { id, kind, about }, workOf(ports, who, kind));
      return { ...(await shown(ports, who, id)), status: 202 };
    },
  });
}

/** Throws HttpFault 422 `invalid` where the kind lacks what it needs. */
function aboutOf({ kind, n, from, until, mode, sheet, changeAt, ...rest }: Body): object {
  const missing = (field: string) => new HttpFault(422, 'invalid', '内容不符合要求。', `${kind} 须有 ${field}`, field);
  if (kind === 'export_statistics') return { from, until, mode };
  if (kind === 'export_audit') return { n, from, until, ...rest };
  if (kind === 'bundle') {
    if (n === undefined) throw missing('n');
    return { n };
  }
  if (sheet === undefined || changeAt === undefined) throw missing(sheet === undefined ? 'sheet' : 'changeAt');
  return { sheet, changeAt };
}

/** Asked when it begins, when it begins again and when its file is fetched: rights end. */
async function allowed(ports: ApiPorts, who: Who, kind: WorkKind, about: object): Promise<void> {
  if (kind === 'import_month') return mayKeepRoster(who);
  if (kind === 'bundle') return void (await readIncident(ports, Number('n' in about ? about.n : 0), who.caller, 'read_record'));
  const answered = may(who.caller, kind === 'export_audit' ? 'read_audit' : 'read_statistics');
  if (answered.is === 'refusal') throw new HttpFault(403, answered.code, answered.zh, answered.hint);
}

function list(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/long-work', id: 'listWork', act: 'read_on_duty' },
    what: 'The caller’s own long work, the newest first',
    answers: { 200: { what: 'At most twenty', schema: z.strictObject({ items: z.array(workSchema), cursor: z.null() }) } },
    handle: async (_call, who) => ({
      body: { items: (await ports.work.list(ownerOf(who), MOST_SHOWN)).map(presentWork), cursor: null },
    }),
  });
}

function one(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/long-work/:id', id: 'getWork', act: 'read_on_duty', examples: EXAMPLES },
    what: 'How far it is',
    answers: { 200: { what: 'The work', schema: workSchema } },
    refuses: { no_work: 404 },
    handle: ({ params }, who) => shown(ports, who, params.id ?? ''),
  });
}

function again(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/long-work/:id/again', id: 'beginWorkAgain', act: 'command', examples: EXAMPLES },
    what: 'Begins again what broke off or failed; changes nothing where it runs or is done',
    answers: { 200: { what: 'The work', schema: workSchema } },
    refuses: { ...REFUSES, no_work: 404 },
    handle: async ({ params }, who) => {
      const row = await found(ports, who, params.id ?? '');
      await allowed(ports, who, row.kind, row.about as object);
      await ports.longWorks.again(ownerOf(who), row.id, workOf(ports, who, row.kind));
      return shown(ports, who, row.id);
    },
  });
}

function file(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/long-work/:id/file', id: 'getWorkFile', act: 'read_on_duty', examples: EXAMPLES },
    what: 'What was made',
    answers: { 200: { what: 'The file', schema: z.unknown(), type: 'application/octet-stream' } },
    refuses: { ...REFUSES, no_work: 404 },
    handle: async ({ ctx, params }, who) => {
      const row = await found(ports, who, params.id ?? '');
      await allowed(ports, who, row.kind, row.about as object);
      const made = await ports.work.file(ownerOf(who), row.id);
      if (made === null) throw noWork();
      await ports.note({ type: 'FileExported', by: who.person, system: systemOf(who), from: addressOf(ctx), ...takenOf(row) });
      return { body: Buffer.from(made.bytes), file: { name: made.name, type: 'application/octet-stream' } };
    },
  });
}

/** As it stands on record: what is fetched leaves the office. */
function takenOf({ kind, about }: WorkRow): Pick<AdminEventOf<'FileExported'>, 'what' | 'n' | 'format' | 'unmasked'> {
  const n = Number((about as { readonly n?: number }).n ?? 0) || null;
  const list = kind === 'export_audit' ? 'audit' : 'stats';
  return { what: kind === 'bundle' ? 'bundle' : list, n, format: kind === 'bundle' ? 'zip' : 'xlsx', unmasked: false };
}

async function found({ work }: ApiPorts, who: Who, id: string): Promise<WorkRow> {
  const row = await work.find(ownerOf(who), id);
  if (row === null) throw noWork();
  return row;
}

function noWork(): HttpFault {
  return new HttpFault(404, 'no_work', '没有这项工作，或已不再保存。', '做好的文件保存一天，过后请重新办理');
}

async function shown(ports: ApiPorts, who: Who, id: string): Promise<Given> {
  return { body: presentWork(await found(ports, who, id)) };
}

function presentWork({ begunAt, endedAt, ...row }: WorkRow) {
  return { ...row, begunAt: iso(begunAt), endedAt: isoOrNull(endedAt) };
}
