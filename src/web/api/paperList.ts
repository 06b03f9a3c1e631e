/** `GET /api/v1/papers`: papers across incidents, for whoever looks for one by where it stands or what it is. */
import { z } from 'zod';
import { papersInOrder } from '../../core/incident/papers/find';
import { PAPER_STAGES } from '../../core/incident/papers/paper';
import { paper as paperKind } from '../../core/plans/schema/papers';
import { listedPaperSchema } from './paperSchemas';
import type { ApiPorts } from './ports';
import { paperWords, presentPapers } from './presentPapers';
import { incidentNumber, pageSize } from './query';
import { readIncident } from './reading';
import { type Route, tokenRoute } from './route';
import { pageOf } from './schemas';

const listSchema = z.strictObject({
  stage: z.enum(PAPER_STAGES).optional(),
  kind: paperKind.optional(),
  n: incidentNumber.optional().meta({ description: 'Of this incident alone' }),
  limit: pageSize(50, 20).meta({ description: 'Incidents a page looks at; each has its papers whole' }),
  cursor: incidentNumber.optional(),
});
type Wanted = z.infer<typeof listSchema>;

/** Only of incidents the caller may read; a page may be empty and still have a next one. */
export function listedPapers(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/papers', id: 'listAllPapers', act: 'read_incident' },
    what: 'Papers of all incidents the caller may read, the newest incident first',
    query: listSchema,
    answers: { 200: { what: 'One page; cursor is the number of the last incident looked at', schema: pageOf(listedPaperSchema) } },
    handle: async ({ query }, { caller }) => {
      const { stage = null, kind = null, n = null, limit, cursor = null } = query;
      const numbers = await ports.views.withPapers({ stage, kind, n, limit, before: cursor });
      const seen = await Promise.all(numbers.map((one) => readIncident(ports, one, caller, 'read_incident').catch(() => null)));
      const items = await Promise.all(seen.flatMap((view) => (view === null ? [] : [papersOf(ports, view, query)])));
      return { body: { items: items.flat(), cursor: numbers.length < limit ? null : String(numbers.at(-1) ?? '') } };
    },
  });
}

/** The newest paper first. */
async function papersOf({ views, rulebookOf }: ApiPorts, view: Awaited<ReturnType<typeof readIncident>>, { stage, kind }: Wanted) {
  const { row, state, rulebook } = view;
  const texts = await views.texts(paperWords(papersInOrder(state)));
  return presentPapers(state, await rulebookOf(rulebook), texts)
    .filter((paper) => (stage === undefined || paper.stage === stage) && (kind === undefined || paper.kind === kind))
    .map((paper) => ({ ...paper, incident: row.n, title: row.title }))
    .reverse();
}
