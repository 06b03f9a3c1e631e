/** The duty room's own record: shifts handed over day by day with their logs, the one that stands with a swap and its sheet, and a year of administration. */
import type { Pool } from 'pg';
import type { DutyCommand } from '../../src/core/duty/commands';
import type { TextRef } from '../../src/core/incident/events';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/instant';
import type { Shift } from '../../src/core/roster/roster';
import { noteActs } from '../../src/handlers/adminRecord';
import type { Deps } from '../../src/handlers/deps';
import { executeShift, lockShift, obligationsNow, openFirstShift } from '../../src/handlers/duty';
import type { Store } from '../../src/ports/store';
import type { VaultText } from '../../src/ports/streams';
import { ROSTER } from '../../test/core/builders';
import { openOffice } from '../../test/handlers/office';
import { inside } from '../../test/store/contract/builders';

/** Shifts that were handed over, and that the roster has yet to come. */
const DAYS = 30;
const LOGGED_A_SHIFT = 12;
/** Signings in of a year, of which the check of the record is one of the oldest acts. */
const ACTS = 3_000;
const BEGINS = 8 * HOUR + 30 * MINUTE;
const OFFICERS = ['duty1', 'duty2'] as const;
const CHINA = 8 * HOUR;

/** Half past eight of a day, by days from the shift that stands at `now`. */
function dayStart(now: Instant, days: number): Instant {
  return Math.floor((now + CHINA - BEGINS) / DAY) * DAY + BEGINS - CHINA + days * DAY;
}

function rosterOf(now: Instant): readonly Shift[] {
  return Array.from({ length: 2 * DAYS }, (_, i) => i - DAYS).flatMap((day): Shift[] => {
    const span = { from: dayStart(now, day), until: dayStart(now, day + 1) };
    return [
      { person: officerOf(day), role: 'duty_officer', ...span },
      { person: 'leader1', role: 'duty_leader', ...span },
    ];
  });
}

/** Who keeps the shift that stands is the first. */
const officerOf = (day: number): string => OFFICERS[Math.abs(day) % 2] ?? '';

/** Once, when the incidents are there whose duties are handed over. */
export async function deskOf(pool: Pool, store: Store, now: Instant): Promise<void> {
  const shifts = rosterOf(now);
  const office = openOffice(store);
  let made = 0;
  const deps: Deps = {
    ...office.deps,
    ids: { ...office.deps.ids, next: () => `desk-${made++}` },
    directory: { at: async () => ({ ...ROSTER, shifts }) },
    clock: { now: () => office.now },
  };
  await inside(store, async (tx) => {
    await tx.shifts();
    await tx.replaceShifts(shifts);
  });
  office.now = now - 360 * DAY;
  await administered(deps, () => {
    office.now += (360 * DAY) / (ACTS + 1);
  });
  for (let day = -DAYS; day <= 0; day++) await shiftOf(deps, now, day);
  await pool.query('VACUUM ANALYZE events, streams, vault');
}

async function administered(deps: Deps, next: () => void): Promise<void> {
  const note = noteActs(deps);
  await note({
    type: 'RecordVerified',
    by: 'auditor1',
    system: null,
    from: null,
    streams: 1,
    events: 1,
    broken: 0,
    first: null,
    anchor: null,
  });
  for (let i = 0; i < ACTS; i++) {
    next();
    await note({ type: 'PageEntered', by: OFFICERS[i % 2] ?? '', way: 'sandbox', owed: false, from: '127.0.0.1' });
  }
}

/** Logged, and handed over to the next; the one that stands has its sheet already. */
async function shiftOf(deps: Deps, now: Instant, day: number): Promise<void> {
  const [from, until] = [dayStart(now, day), Math.min(now, dayStart(now, day + 1))];
  const officer = officerOf(day);
  if (day === -DAYS) await open(deps, officer, from + MINUTE);
  for (let i = 1; i <= LOGGED_A_SHIFT; i++)
    await act(deps, officer, from + ((until - from) / (LOGGED_A_SHIFT + 4)) * i, (text) => ({
      ...{ type: 'WriteLog', text: text(`接听电话第${i}次，已登记并转有关科室。`), incident: null, corrects: null },
    }));
  if (day === 0)
    await act(deps, officer, until - 4 * MINUTE, (text) => ({
      ...{ type: 'ProposeSwap', mine: dayStart(now, 2), other: 'duty2', theirs: dayStart(now, 3), reason: text('参加培训') },
    }));
  const at = until - 3 * MINUTE;
  const obligations = await inside(deps.store, async (tx) => obligationsNow(tx, deps, await deps.directory.at(at), at));
  await act(deps, officer, at, (text) => ({
    ...{ type: 'PrepareHandover', obligations, documents: text('来文三件'), equipment: null, notes: text('夜间留意舆情') },
  }));
  if (day === 0) return;
  await act(deps, officer, until - 2 * MINUTE, () => ({ type: 'HandOver', obligations, confirmed: true }));
  await act(deps, officerOf(day + 1), until + MINUTE, () => ({ type: 'TakeOver', obligations, confirmed: true }));
}

async function open(deps: Deps, person: string, at: Instant): Promise<void> {
  const said = { actor: { person, room: 'duty', conversation: 'duty' }, at, seed: `open-${at}` };
  done(await inside(deps.store, (tx) => openFirstShift(tx, deps, { said, cause: { kind: 'inbox', id: '1' }, texts: [], origin: null })));
}

/** `wanted` is told how to put words into the vault. */
async function act(deps: Deps, person: string, moment: Instant, wanted: (text: (words: string) => TextRef) => DutyCommand): Promise<void> {
  const at = Math.floor(moment);
  const texts: VaultText[] = [];
  const command = wanted((body) => {
    const text = { id: deps.ids.next(), kind: 'words', salt: 's', body, commitment: 'c' };
    texts.push(text);
    return { id: text.id, commitment: text.commitment };
  });
  const envelope = { command, actor: { person, room: 'duty', conversation: 'duty' }, at, seed: deps.ids.next() };
  const outcome = await inside(deps.store, async (tx) => {
    const stream = await lockShift(tx);
    if (stream === null) throw new Error('no shift stands');
    return executeShift(tx, deps, { stream, envelope, cause: { kind: 'inbox', id: '1' }, texts, origin: null });
  });
  done(outcome);
}

function done(outcome: { readonly is: string }): void {
  if (outcome.is !== 'done') throw new Error(`the desk was answered with ${JSON.stringify(outcome)}`);
}
