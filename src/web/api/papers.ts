/** `GET /api/v1/incidents/:n/papers`, `/:paper`: whoever may read the incident reads its papers; acts on them go by the commands. */
import { z } from 'zod';
import { paperName, papersInOrder } from '../../core/incident/papers/find';
import type { Paper } from '../../core/incident/papers/paper';
import type { IncidentState } from '../../core/incident/state';
import type { PaperDraft } from '../../core/papers/draft';
import { officialOf } from '../../handlers/paperFile';
import { HttpFault } from '../errors';
import { listedPapers } from './paperList';
import { paperSchema, wholePaperSchema } from './paperSchemas';
import type { ApiPorts } from './ports';
import { draftOf, paperTexts, paperWords, presentPapers, presentPaperWhole, wholeTexts } from './presentPapers';
import { DOCX, PDF, printed, printFormat } from './printed';
import { numberIn, readIncident } from './reading';
import { type Route, tokenRoute } from './route';
import { pageOf } from './schemas';

const fileSchema = z.strictObject({ format: printFormat.default('docx') });
const EXAMPLES = { n: '1', paper: '1' };
const wholeSchema = z.strictObject({
  against: z.coerce.number().int().min(1).optional().meta({ description: 'Version to compare with; the one before the last where absent' }),
});
const REFUSES = { no_incident: 404, content_apart: 403, not_in_scope: 403 };

export function paperRoutes(ports: ApiPorts): readonly Route[] {
  const { views, rulebookOf } = ports;
  return [
    listedPapers(ports),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n/papers', id: 'listPapers', act: 'read_incident', examples: { n: '1' } },
      ...{ refuses: REFUSES, what: 'Papers of an incident by their numbers: where each stands, who passed it, to whom it went' },
      answers: { 200: { what: 'All of them; the cursor is null', schema: pageOf(paperSchema) } },
      handle: async ({ params }, { caller }) => {
        const { state, rulebook } = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const texts = await views.texts(paperWords(papersInOrder(state)));
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
      ...{ refuses: { ...REFUSES, no_paper: 404 }, what: 'One paper with its text, versions and what changed since an earlier one' },
      query: wholeSchema,
      answers: { 200: { what: 'The paper', schema: wholePaperSchema } },
      handle: async ({ params, query: { against = null } }, { caller }) => {
        const { state, rulebook } = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const paper = paperIn(state, params);
        const roster = await ports.directory.at(ports.clock.now());
        const texts = await views.texts(wholeTexts(paper, against));
        const laidOut = (draft: PaperDraft) => officialOf(paper, draft, ports.office, roster);
        return { body: presentPaperWhole(state, await rulebookOf(rulebook), { paper, texts, against, officialOf: laidOut }) };
      },
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n/papers/:paper/file', id: 'getPaperFile', act: 'read_incident' },
      ...{ examples: EXAMPLES, refuses: { ...REFUSES, no_paper: 404, no_pdf: 503 } },
      what: 'One paper as a document: byte for byte as it went out, or, before, as it stands, without a number of its own making; as pdf, made from it',
      query: fileSchema,
      answers: { 200: { what: 'The document', schema: z.unknown(), type: [DOCX, PDF] } },
      handle: async ({ params, query }, { caller }) => {
        const { row, state } = await readIncident(ports, numberIn(params), caller, 'read_incident');
        const paper = paperIn(state, params);
        return printed(ports, `事件${row.n}${paperName(paper)}`, await fileOf(ports, paper), query.format);
      },
    }),
  ];
}

function paperIn(state: IncidentState, params: Readonly<Record<string, string>>): Paper {
  const paper = papersInOrder(state).find(({ n }) => String(n) === params.paper);
  if (paper === undefined) throw new HttpFault(404, 'no_paper', '没有这份文稿。');
  return paper;
}

/** Kept where it went out; made anew before. */
async function fileOf({ views, directory, clock, office, renderer, paperFiles }: ApiPorts, paper: Paper): Promise<Uint8Array> {
  const kept = paper.frozen === null || paper.frozen.file === null ? null : await paperFiles.bytes(paper.frozen.file);
  if (kept !== null) return kept;
  const draft = draftOf(paper.versions.at(-1)?.content, await views.texts(paperTexts([paper])));
  if (draft === null) throw new HttpFault(404, 'no_paper', '文稿内容已销毁。');
  return renderer.docx(officialOf(paper, draft, office, await directory.at(clock.now())), paper.kind);
}
