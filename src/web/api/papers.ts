/** `GET /api/v1/incidents/:n/papers`, `/:paper`: whoever may read the incident reads its papers; acts on them go by the commands. */
import { papersInOrder } from '../../core/incident/papers/find';
import { HttpFault } from '../errors';
import { paperSchema, wholePaperSchema } from './paperSchemas';
import type { ApiPorts } from './ports';
import { paperTexts, presentPapers, presentPaperWhole } from './presentPapers';
import { numberIn, readIncident } from './reading';
import { type Route, tokenRoute } from './route';
import { pageOf } from './schemas';

const REFUSES = { no_incident: 404, content_apart: 403, not_in_scope: 403 };

export function paperRoutes(ports: ApiPorts): readonly Route[] {
  const { views, rulebookOf } = ports;
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n/papers', id: 'listPapers', act: 'read_incident', examples: { n: '1' } },
      ...{ refuses: REFUSES, what: 'Papers of an incident by their numbers: where each stands, who passed it, to whom it went' },
      answers: { 200: { what: 'All of them; the cursor is null', schema: pageOf(paperSchema) } },
      handle: async ({ params }, { caller }) => {
        const { state, rulebook } = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const texts = await views.texts(paperTexts(papersInOrder(state)));
        return { body: { items: presentPapers(state, await rulebookOf(rulebook), texts), cursor: null } };
      },
    }),
    tokenRoute({
      ...{
        method: 'get',
        path: '/api/v1/incidents/:n/papers/:paper',
        id: 'getPaper',
        act: 'read_incident',
        examples: { n: '1', paper: '1' },
      },
      ...{ refuses: { ...REFUSES, no_paper: 404 }, what: 'One paper with its text, versions and what changed with the last one' },
      answers: { 200: { what: 'The paper', schema: wholePaperSchema } },
      handle: async ({ params }, { caller }) => {
        const { state, rulebook } = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const paper = papersInOrder(state).find(({ n }) => String(n) === params.paper);
        if (paper === undefined) throw new HttpFault(404, 'no_paper', '没有这份文稿。');
        return { body: presentPaperWhole(state, await rulebookOf(rulebook), paper, await views.texts(paperTexts([paper]))) };
      },
    }),
  ];
}
