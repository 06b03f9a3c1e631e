/** Papers of the duty room itself, drafted from the shift whenever somebody asks: its log, its hand-over sheet, its daily report. */
import type { DutyState } from '../core/duty/state';
import { ENDED } from '../core/incident/state';
import type { Instant } from '../core/instant';
import { refsIn } from '../core/notices/compose/view';
import type { PaperDraft } from '../core/papers/draft';
import { draftPaper } from '../core/papers/draftPaper';
import type { OfficialPaper } from '../core/papers/official';
import type { DutyRecord, IncidentRecord, PaperContext } from '../core/papers/record';
import type { PaperKind } from '../core/plans/schema/papers';
import type { Tx } from '../ports/store';
import type { StreamRow } from '../ports/streams';
import type { Deps } from './deps';
import { openedShift } from './duty';
import { incidentEvents, peekIncident } from './incident';
import { DUTY } from './lives';
import { officialOf } from './paperFile';
import { eventsOf } from './recall';

/** Kinds that are drafted from a shift. */
export const SHIFT_PAPERS = ['duty_log', 'handover_sheet', 'daily_zero_report'] as const satisfies readonly PaperKind[];
export type ShiftPaperKind = (typeof SHIFT_PAPERS)[number];

/** One of them as it is now: nothing of it is kept, the shift's own events are. */
export interface ShiftPaper {
  readonly state: DutyState;
  readonly draft: PaperDraft;
  readonly paper: OfficialPaper;
}
export type MakeShiftPaper = (n: number, kind: ShiftPaperKind) => Promise<ShiftPaper | null>;

/** Of the shift of this number; null where there is none. Reads in one transaction, writes nothing; may run twice. */
export async function shiftPaper(deps: Deps, n: number, kind: ShiftPaperKind): Promise<ShiftPaper | null> {
  const made = await deps.store.transact({ busy: 'wait' }, async (tx) => {
    const drafted = await shiftRecord(tx, deps, n);
    if (drafted === null) return null;
    const { record, ctx } = drafted;
    const draft = draftPaper(kind, record, ctx);
    return { state: record.state, draft, paper: officialOf(UNSIGNED, draft, ctx.office, ctx.roster) };
  });
  if (made === 'busy') throw new Error('the shift could not be read');
  return made;
}

/** It goes no chain: whoever it is about signs it by hand. */
const UNSIGNED = { number: null, steps: [], sendings: [] };

type Background = Pick<Deps, 'clock' | 'papers' | 'rulebooks' | 'directory'>;

/** So many acts of people in incidents are told in one log. */
const MOST_ACTS = 500;

/** What a paper of this shift is drafted from, and what holds beside it; null where there is no such shift. */
export async function shiftRecord(
  tx: Tx,
  deps: Background,
  n: number,
): Promise<{ readonly record: DutyRecord; readonly ctx: PaperContext } | null> {
  const now = deps.clock.now();
  const shift = await openedShift(tx, n);
  if (shift === null) return null;
  const { row, state } = shift;
  const events = await eventsOf(DUTY, row, (after, limit) => tx.events(row.id, after, limit));
  const open = await tx.streamsNotIn('incident', ENDED);
  const span = { from: state.openedAt, until: state.closed?.at ?? now + 1 };
  const acted = new Set((await tx.incidentActs('real', span, MOST_ACTS)).map((act) => act.n));
  const incidents = await incidentsOf(tx, [...new Set([...open.map((one) => one.n), ...acted])]);
  const record: DutyRecord = {
    ...{ is: 'duty', state, events, acts: actsOf(incidents, span) },
    incidents: incidents.filter((one) => open.some((row) => row.n === one.state.n)),
  };
  return { record, ctx: await contextOf(tx, deps, row, record, now) };
}

async function contextOf(tx: Tx, deps: Background, row: StreamRow, record: DutyRecord, now: Instant): Promise<PaperContext> {
  const { wording, office } = deps.papers;
  return {
    ...{ now, mode: row.mode === 'drill' ? 'drill' : 'real', wording, office },
    rules: await deps.rulebooks.of(tx, row.rulebook),
    roster: await deps.directory.at(now),
    texts: await tx.texts(refsIn(record)),
    ...{ earlier: [], about: null, drafter: null, hand: {} },
  };
}

/** What people did in them within the span, oldest first. */
function actsOf(incidents: readonly IncidentRecord[], { from, until }: { readonly from: Instant; readonly until: Instant }) {
  const acts = incidents.flatMap(({ state, events }) =>
    events.filter(({ at }) => at >= from && at < until).map((recorded) => ({ n: state.n, recorded })),
  );
  return acts.sort((a, b) => a.recorded.at - b.recorded.at).slice(0, MOST_ACTS);
}

async function incidentsOf(tx: Tx, numbers: readonly number[]): Promise<readonly IncidentRecord[]> {
  const found: IncidentRecord[] = [];
  for (const n of numbers) {
    const id = await tx.streamByN('incident', n, 'real');
    const known = id === null ? null : await peekIncident(tx, id);
    if (known === null || known.state === null) continue;
    found.push({ is: 'incident', state: known.state, events: await incidentEvents(tx, known) });
  }
  return found;
}
