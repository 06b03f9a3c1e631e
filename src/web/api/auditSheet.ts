/** The record as a list to take along: the same search as the page's, read page by page, so that a long one can tell how far it is. */
import { z } from 'zod';
import { type Instant, localMinute } from '../../core/instant';
import type { PersonId, Roster } from '../../core/roster/roster';
import type { Cell, Sheet } from '../../ports/files';
import type { StreamKind } from '../../ports/streams';
import type { TrailPlace, TrailRow, TrailSearch } from '../../ports/trail';
import { didZh } from './did';
import type { ApiPorts } from './ports';
import { incidentNumber } from './query';
import { spanOf, spanShape } from './span';

export const STREAM_KINDS = ['incident', 'duty', 'register', 'admin'] as const satisfies readonly StreamKind[];

/** What narrows the search beside kind and number, as a query or a body has it. */
export const narrowShape = {
  person: z.string().min(1).max(100).optional(),
  type: z
    .string()
    .regex(/^[A-Za-z]{1,40}$/)
    .optional(),
  words: z.string().min(1).max(100).optional().meta({ description: 'Stands so in what the event holds' }),
};
/** What may be asked of the record, as a query has it. */
export const auditShape = { kind: z.enum(STREAM_KINDS).optional(), n: incidentNumber.optional(), ...narrowShape, ...spanShape };

/** What is absent does not narrow. */
export interface AuditAsked {
  readonly kind?: StreamKind | undefined;
  readonly n?: number | undefined;
  readonly person?: string | undefined;
  readonly type?: string | undefined;
  readonly words?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** One page of the search; the last thirty days before `now` where no span is given. */
export function searchOf(now: Instant, asked: AuditAsked, limit: number, before: TrailPlace | null): TrailSearch {
  const { kind = null, person = null, type = null, n = null, words = null } = asked;
  return { kind, person, type, n, words, ...spanOf(asked, now), before, limit };
}

/** So many rows a list holds at most, the newest. */
export const MOST_ROWS = 10_000;
const PAGE = 500;
const COLUMNS = ['时间', '人员', '做了什么', '类别', '编号', '序号', '途径', '内容', '链上摘要'];

/** The newest rows with the words of people masked; `tell` hears after each page how many there are. */
export async function auditSheet(
  { trail, directory, clock }: Pick<ApiPorts, 'trail' | 'directory' | 'clock'>,
  asked: AuditAsked,
  tell: (rows: number) => Promise<void> = async () => undefined,
): Promise<Sheet> {
  const now = clock.now();
  const { people } = await directory.at(now);
  const rows: (readonly Cell[])[] = [];
  for (let before: TrailPlace | null = null; rows.length < MOST_ROWS; ) {
    const page = await trail.search(searchOf(now, asked, PAGE, before));
    rows.push(...page.rows.map((row) => lineOf(row, people)));
    await tell(Math.min(rows.length, MOST_ROWS));
    before = page.next;
    if (before === null) break;
  }
  return { name: '操作记录', columns: COLUMNS, rows: rows.slice(0, MOST_ROWS) };
}

function lineOf({ at, actor, type, kind, n, version, cause, heard, body, hash }: TrailRow, people: Roster['people']): readonly Cell[] {
  const { type: _type, v: _v, ...told } = JSON.parse(body) as Record<string, unknown>;
  const channel = heard === null ? cause.kind : `${heard.tenant} ${heard.source}`;
  return [localMinute(at).replace('T', ' '), nameOf(actor, people), didZh(type), kind, n, version, channel, JSON.stringify(told), hash];
}

function nameOf(actor: PersonId | null, people: Roster['people']): string {
  return actor === null ? '' : (people.get(actor)?.name ?? actor);
}
