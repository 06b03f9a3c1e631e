/** `GET /api/v1/shifts/:n/papers/:kind`, `/file`: the log and the hand-over sheet of a shift, for whoever may read the log in the chat. */
import { z } from 'zod';
import { dutyReaders } from '../../core/duty/readers';
import { PAPERS } from '../../core/plans/schema/papers';
import type { Caller } from '../../core/rights/may';
import { onlyApart } from '../../core/rights/sight';
import { SHIFT_PAPERS, type ShiftPaper, type ShiftPaperKind } from '../../handlers/shiftPapers';
import { HttpFault } from '../errors';
import { contentSchema } from './paperSchemas';
import type { ApiPorts } from './ports';
import { presentDraft } from './presentPapers';
import { DOCX, PDF, printed, printFormat } from './printed';
import { LARGEST_NUMBER } from './query';
import { type Route, tokenRoute } from './route';

const EXAMPLES = { n: '1', kind: 'duty_log' };
const REFUSES = { no_shift: 404, no_paper: 404, not_authorised: 403, content_apart: 403 };
const fileSchema = z.strictObject({ format: printFormat.default('docx') });

export function shiftRoutes(ports: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/shifts/:n/papers/:kind', id: 'getShiftPaper', act: 'read_on_duty', examples: EXAMPLES },
      what: `A paper of a shift as its events have it now, with where each piece comes from: ${SHIFT_PAPERS.join(', ')}`,
      refuses: REFUSES,
      answers: { 200: { what: 'The paper', schema: contentSchema } },
      handle: async ({ params }, { caller }) => ({ body: presentDraft((await paperOf(ports, params, caller)).draft) }),
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/shifts/:n/papers/:kind/file', id: 'getShiftPaperFile', act: 'read_on_duty', examples: EXAMPLES },
      what: 'The same for printing and signing by hand, as docx or pdf',
      refuses: { ...REFUSES, no_pdf: 503 },
      query: fileSchema,
      answers: { 200: { what: 'The document', schema: z.unknown(), type: [DOCX, PDF] } },
      handle: async ({ params, query }, { caller }) => {
        const { paper, draft } = await paperOf(ports, params, caller);
        return printed(ports, `第${params.n}班${PAPERS[draft.kind]}`, await ports.renderer.docx(paper, draft.kind), query.format);
      },
    }),
  ];
}

async function paperOf(ports: ApiPorts, { n, kind }: Readonly<Record<string, string>>, caller: Caller): Promise<ShiftPaper> {
  const meant = SHIFT_PAPERS.find((one): one is ShiftPaperKind => one === kind);
  if (meant === undefined) throw new HttpFault(404, 'no_paper', '值班室没有这种文书。', `可取：${SHIFT_PAPERS.join('、')}`);
  const number = Number(n);
  const isNumber = Number.isInteger(number) && number >= 1 && number <= LARGEST_NUMBER;
  const made = isNumber ? await ports.shiftPaper(number, meant) : null;
  if (made === null) throw new HttpFault(404, 'no_shift', '没有这一班。', '当前班次：GET /api/v1/roster/on-duty');
  if (caller.is === 'person' && !dutyReaders(caller.roster, made.state).includes(caller.person))
    throw new HttpFault(403, 'not_authorised', '值班日志、交接班单由值班人员查看。');
  if (meant === 'handover_sheet' && holdsContentApart(caller))
    throw new HttpFault(403, 'content_apart', '交接班单列有事件的时限和批示，审计员不在这里看。', '值班日志、事件记录可以查看');
  return made;
}

/** The sheet lists what is owed and directed in incidents, and goes out whole; the log names only who did what when. */
function holdsContentApart(caller: Caller): boolean {
  return caller.is === 'person' && onlyApart(caller.roster, caller.person);
}
