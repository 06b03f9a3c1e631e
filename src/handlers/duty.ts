/** The shift that stands, and what its acts change beside it in the same transaction: the shift after it and the rows of the roster. */
import { type DutyCommand, openingAfter } from '../core/duty/commands';
import type { DutyEvent, DutyEventOf, Obligation } from '../core/duty/events';
import { obligationsOf } from '../core/duty/obligations';
import { shiftsAfter } from '../core/duty/shifts';
import type { DutyState } from '../core/duty/state';
import type { Envelope } from '../core/incident/commands';
import { ENDED } from '../core/incident/state';
import type { Instant } from '../core/instant';
import type { Roster } from '../core/roster/roster';
import type { Tx } from '../ports/store';
import type { StreamRow } from '../ports/streams';
import type { Deps } from './deps';
import { executeIn, type Outcome, type Request } from './execute';
import { peekIncident } from './incident';
import { DUTY } from './lives';
import { recall } from './recall';

export type DutyRequest = Request<DutyCommand>;
export type DutyOutcome = Outcome<DutyState, DutyEvent>;

/** Locks the shift that stands, or the desk before the first; null before either. A hand-over that ends meanwhile is waited for. */
export async function lockShift(tx: Tx): Promise<StreamRow | null> {
  for (let before: string | null = null; ; ) {
    const id = await tx.newestStream('duty', 'real');
    const row = id === null ? null : await tx.stream(id);
    if (row === null || row.status !== 'closed' || id === before) return row;
    before = id;
  }
}

/** The newest shift, or the one of a number, as it stands, with its row; locks nothing. Null where nobody has opened it. */
export async function openedShift(tx: Tx, n: number | null = null): Promise<{ readonly row: StreamRow; readonly state: DutyState } | null> {
  const id = n === null ? await tx.newestStream('duty', 'real') : await tx.streamByN('duty', n, 'real');
  const row = id === null ? null : await tx.peek(id);
  const state = row === null || isUnopened(row) ? null : await shiftOfRow(tx, row);
  return row === null || state === null ? null : { row, state };
}

/** State of a shift whose row was read. */
export function shiftOfRow(tx: Tx, row: StreamRow): Promise<DutyState | null> {
  return recall(DUTY, row, (after, limit) => tx.events(row.id, after, limit));
}

/**
 * The first shift of all, from the roster; answers why not where the core refuses, and nothing is written then. Of two people who
 * open it at the same moment the second one's transaction runs again and finds it open.
 */
export async function openFirstShift(
  tx: Tx,
  deps: Deps,
  request: Omit<DutyRequest, 'stream' | 'envelope'> & { readonly said: Said },
): Promise<DutyOutcome> {
  const { said, ...rest } = request;
  const command = { type: 'OpenShift' as const, n: FIRST, left: null };
  const desk = await tx.stream(idOf(FIRST));
  const envelope = { ...said, command };
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) throw new Error('no plan pack is loaded');
  if (desk !== null) return executeIn(DUTY, tx, deps, { ...rest, stream: desk, envelope });
  const decision = DUTY.decide({ rules, roster: await deps.directory.at(said.at) }, null, envelope);
  if (decision.is !== 'events') return decision;
  const stream = await tx.openStream('duty', 'real', idOf(FIRST), rules.hash);
  return executeIn(DUTY, tx, deps, { ...rest, stream, envelope });
}

/**
 * The desk, once: digests and notes of the calendar do not wait for somebody to open a shift. False where it stands already. May run
 * twice, and in several processes at once.
 */
export async function openDesk(deps: Deps): Promise<boolean> {
  const at = deps.clock.now();
  const seed = deps.ids.next();
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) throw new Error('no plan pack is loaded');
  const opened = await deps.store.transact({ busy: 'wait' }, async (tx) => {
    if ((await tx.newestStream('duty', 'real')) !== null) return false;
    const stream = await tx.openStream('duty', 'real', idOf(FIRST), rules.hash);
    const envelope = { command: { type: 'OpenDesk' as const, n: FIRST }, actor: { person: null, room: null, conversation: '' }, at, seed };
    await executeIn(DUTY, tx, deps, { stream, envelope, cause: { kind: 'due', id: seed }, texts: [], origin: null });
    return true;
  });
  return opened === true;
}

/** Does nobody keep this shift yet? */
export function isUnopened({ status }: Pick<StreamRow, 'status'>): boolean {
  return status === 'unopened';
}

/** Who said it, where and when. */
export type Said = Omit<Envelope<DutyCommand>, 'command'>;

const FIRST = 1;

/** Known beforehand, so that a shift cannot be opened twice. */
function idOf(n: number): string {
  return `shift-${n}`;
}

/** One command on the shift that stands, with all it changes beside the shift. */
export async function executeShift(tx: Tx, deps: Deps, request: DutyRequest): Promise<DutyOutcome> {
  const outcome = await executeIn(DUTY, tx, deps, request);
  if (outcome.is !== 'done') return outcome;
  for (const event of outcome.events) {
    await followRoster(tx, event);
    if (event.type === 'TakenOver') await openNext(tx, deps, request, event);
  }
  return outcome;
}

/** Swaps and stand-ins are facts of the shift first; the rows of the roster follow them. */
async function followRoster(tx: Tx, event: DutyEvent): Promise<void> {
  if (event.type !== 'SwapApproved' && event.type !== 'OnDutyStoodIn' && event.type !== 'RosterImported') return;
  const before = await tx.shifts();
  const after = shiftsAfter(before, event);
  if (JSON.stringify(after) !== JSON.stringify(before)) await tx.replaceShifts(after);
}

/** No moment without a shift: the next one begins in the transaction that ends this one. */
async function openNext(
  tx: Tx,
  deps: Deps,
  { stream, envelope, cause, origin }: DutyRequest,
  event: DutyEventOf<'TakenOver'>,
): Promise<void> {
  const n = stream.n + 1;
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) throw new Error('no plan pack is loaded');
  const next = await tx.openStream('duty', stream.mode, idOf(n), rules.hash);
  if (next.n !== n) throw new Error(`shift ${n} was to be opened, ${next.n} came`);
  const opening = { ...envelope, command: openingAfter(event, n), seed: `${envelope.seed}-next` };
  const opened = await executeIn(DUTY, tx, deps, { stream: next, envelope: opening, cause, texts: [], origin });
  if (opened.is !== 'done') throw new Error(`the shift after ${stream.id} was answered with ${opened.is}`);
}

/** Everything owed in incidents that are under way, the earliest first. Locks nothing: what changes meanwhile changes in its own incident. */
export async function obligationsNow(tx: Tx, deps: Deps, roster: Roster, at: Instant): Promise<readonly Obligation[]> {
  const open = await tx.streamsNotIn('incident', ENDED);
  const owed = await Promise.all(
    open.map(async ({ id }) => {
      const known = await peekIncident(tx, id);
      if (known === null || known.state === null || known.mode !== 'real') return [];
      return obligationsOf({ rules: await deps.rulebooks.of(tx, known.rulebook), roster }, known.state, at);
    }),
  );
  return owed.flat().sort((a, b) => a.dueAt - b.dueAt || a.n - b.n);
}
