/** What the API gives as files: the evidence bundle of an incident, lists for table programs and for printing. */
import type { Context } from 'koa';
import { z } from 'zod';
import type { AdminEventOf } from '../../core/admin/events';
import { fileName } from '../../core/papers/fileName';
import type { Sight } from '../../core/rights/sight';
import { deliveriesSheet, rollCallSheet } from '../../handlers/bundle/lists';
import { sheetPaper } from '../../handlers/bundle/sheetPaper';
import type { DeliveryRowView } from '../../ports/views';
import { addressOf } from '../console/door';
import { HttpFault } from '../errors';
import type { Who } from './callers';
import { commandOf } from './commands';
import type { ApiPorts } from './ports';
import { DOCX, PDF, printed } from './printed';
import { numberIn, readIncident, sightFor } from './reading';
import { type Given, type Route, tokenRoute } from './route';
import { CSV, fileAnswer, sheetOf, systemOf, XLSX } from './sheets';
import { spanOf, spanShape } from './span';
import { modeShape, statisticsSheet } from './statistics';

const ZIP = 'application/zip';

const EXAMPLES = { n: '1' };
const REFUSES = { no_incident: 404, content_apart: 403, not_in_scope: 403 };
const format = z.enum(['xlsx', 'csv']).default('xlsx');
const listSchema = z.strictObject({ format });
const rollCallSchema = z.strictObject({ format: z.enum(['xlsx', 'csv', 'docx', 'pdf']).default('xlsx') });
const statsSchema = z.strictObject({ format, ...spanShape, ...modeShape });
const unmaskSchema = z.strictObject({
  reason: z
    .string()
    .min(1)
    .max(500)
    .meta({ description: 'Why the words are needed with their numbers; goes on record', examples: ['案件移送'] }),
  as: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Sandbox only: the person of the roster who asks', examples: ['duty1'] }),
});
/** Rows of one list; a file with more helps nobody. */
const MOST_ROWS = 10_000;
const PAGE = 500;

/** Reading is for whoever may read the incident, figures or deliveries; a bundle with numbers needs an act on record. */
export function fileRoutes(ports: ApiPorts): readonly Route[] {
  return [bundle(ports), unmaskedBundle(ports), rollCall(ports), incidentDeliveries(ports), deliveries(ports), stats(ports)];
}

function bundle(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/incidents/:n/bundle', id: 'getBundle', act: 'read_record', examples: EXAMPLES, refuses: REFUSES },
    what: 'The evidence bundle of an incident as a zip, numbers in people’s words masked; X-Fenghuo-Manifest is the SHA-256 to keep apart',
    answers: fileAnswer('The bundle', ZIP),
    handle: async ({ ctx, params }, who) => {
      const { row } = await readIncident(ports, numberIn(params), who.caller, 'read_record');
      await noted(ports, ctx, who, { what: 'bundle', n: row.n, format: 'zip' });
      return bundleOf(ports, row.n, false);
    },
  });
}

/** 明文 on the main road first: rights and reason are decided and recorded there, then the bundle is made. */
function unmaskedBundle(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'post', path: '/api/v1/incidents/:n/bundle', id: 'postBundle', act: 'command', examples: EXAMPLES },
    what: 'The same with people’s words as they were written: for a person with that right, for a reason that goes on record',
    refuses: {
      ...REFUSES,
      ...{ as_refused: 403, no_person: 403, reveal_refused: 403, token_may_not_decide: 403, token_scope: 403, no_call: 404 },
      ...{ key_reused: 409, no_such_person: 422, secrecy_stopped: 422, not_handled: 500, not_stored: 503, overloaded: 503 },
    },
    body: unmaskSchema,
    answers: fileAnswer('The bundle', ZIP),
    handle: async (call, who) => {
      const n = numberIn(call.params);
      const { reason, as } = call.body;
      const said = { verb: 'reveal', args: `证据包 ${reason}`, ...(as === undefined ? {} : { as }) };
      const { outcome, refusal } = await commandOf(ports, { ...call, body: said }, who, n);
      if (refusal !== null) throw new HttpFault(403, refusal.code, refusal.message, refusal.hint);
      if (outcome !== 'executed') throw new HttpFault(403, 'reveal_refused', '没有记录下查看明文，不能导出。', '请稍后重试，或联系值班室');
      await noted(ports, call.ctx, who, { what: 'bundle', n, format: 'zip', unmasked: true });
      return bundleOf(ports, n, true);
    },
  });
}

async function bundleOf({ bundle: make }: ApiPorts, n: number, unmasked: boolean): Promise<Given> {
  const made = await make(n, { unmasked });
  if (made === null) throw new HttpFault(404, 'no_incident', '没有这起事件。');
  return { body: Buffer.from(made.zip), file: { name: fileName(`事件${n}证据包`, 'zip'), type: ZIP }, manifest: made.manifestHash };
}

function rollCall(ports: ApiPorts): Route {
  return tokenRoute({
    ...{
      method: 'get',
      path: '/api/v1/incidents/:n/roll-call',
      id: 'getRollCall',
      act: 'read_incident',
      examples: EXAMPLES,
      refuses: { ...REFUSES, no_pdf: 503 },
    },
    what: 'Who was called and what each answered, as xlsx, csv or, for printing, docx and pdf',
    query: rollCallSchema,
    answers: fileAnswer('The list', XLSX, CSV, DOCX, PDF),
    handle: async ({ ctx, params, query }, who) => {
      const { row, state } = await readIncident(ports, numberIn(params), who.caller, 'read_incident');
      await noted(ports, ctx, who, { what: 'roll_call', n: row.n, format: query.format });
      const now = ports.clock.now();
      const sheet = rollCallSheet(row.n, state, (await ports.directory.at(now)).people);
      if (query.format === 'xlsx' || query.format === 'csv') return sheetOf(ports, sheet, query.format);
      return printed(ports, sheet.name, await ports.renderer.docx(sheetPaper(sheet, now), 'roll_call_sheet'), query.format);
    },
  });
}

function incidentDeliveries(ports: ApiPorts): Route {
  return tokenRoute({
    ...{
      method: 'get',
      path: '/api/v1/incidents/:n/deliveries',
      id: 'getDeliveryList',
      act: 'read_incident',
      examples: EXAMPLES,
      refuses: REFUSES,
    },
    what: 'What was sent about an incident and how it ended, as xlsx or csv',
    query: listSchema,
    answers: fileAnswer('The list', XLSX, CSV),
    handle: async ({ ctx, params, query }, who) => {
      const { row, deliveries: sent } = await readIncident(ports, numberIn(params), who.caller, 'read_incident');
      await noted(ports, ctx, who, { what: 'incident_deliveries', n: row.n, format: query.format });
      const { people } = await ports.directory.at(ports.clock.now());
      return sheetOf(
        ports,
        deliveriesSheet(
          `事件${row.n}送达`,
          sent.map((one) => ({ ...one, n: row.n })),
          people,
        ),
        query.format,
      );
    },
  });
}

function deliveries(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/exports/deliveries', id: 'exportDeliveries', act: 'read_operation' },
    what: `Messages owed and sent, the newest ${MOST_ROWS}, without their words; of incidents only those the caller may read`,
    query: listSchema,
    answers: fileAnswer('The list', XLSX, CSV),
    handle: async ({ ctx, query }, who) => {
      const rows = await newest(ports, await sightFor(ports, who.caller, 'read_incident'));
      await noted(ports, ctx, who, { what: 'deliveries', n: null, format: query.format });
      const { people } = await ports.directory.at(ports.clock.now());
      return sheetOf(ports, deliveriesSheet('送达情况', rows, people), query.format);
    },
  });
}

async function newest({ views }: ApiPorts, sight: Sight): Promise<readonly DeliveryRowView[]> {
  const rows: DeliveryRowView[] = [];
  for (let before: string | null = null; rows.length < MOST_ROWS; before = rows.at(-1)?.id ?? null) {
    const page = await views.deliveries({ sight, state: null, n: null, person: null, limit: PAGE, before });
    rows.push(...page);
    if (page.length < PAGE) break;
  }
  return rows;
}

function stats(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/exports/stats', id: 'exportStats', act: 'read_statistics' },
    what: 'The figures of /api/v1/stats as xlsx or csv, one line a division',
    query: statsSchema,
    answers: fileAnswer('The list', XLSX, CSV),
    handle: async ({ ctx, query }, who) => {
      await noted(ports, ctx, who, { what: 'stats', n: null, format: query.format });
      const sheet = await statisticsSheet(ports, { ...spanOf(query, ports.clock.now()), mode: query.mode });
      return sheetOf(ports, sheet, query.format);
    },
  });
}

type Taken = Pick<AdminEventOf<'FileExported'>, 'what' | 'n' | 'format'> & { readonly unmasked?: boolean };

/** What leaves the office stands on record before it is given. */
function noted({ note }: ApiPorts, ctx: Context, who: Who, taken: Taken): Promise<void> {
  return note({ type: 'FileExported', by: who.person, system: systemOf(who), from: addressOf(ctx), unmasked: false, ...taken });
}
