/** How a call of the twin ended, for its dispatch, its deliveries and its outlet. */
import type { Instant } from '../../core/instant';
import type { Settlement } from '../../ports/sending';
import { addOutlets, claimPlace, waitingAbout } from './deliveries';
import type { On } from './transaction';
import type { DeliveryRow, DispatchRow } from './world';

/** Settles a dispatch once, fenced by its attempt; only a late `accepted` lifts `unknown`, and ends the waiting repeat. */
export async function settle(on: On, dispatch: string, attempt: number, how: Settlement, now: Instant): Promise<void> {
  const code = how.is === 'accepted' ? null : how.is === 'unknown' ? how.what : how.code;
  const [ref, handle, receiptAt] = how.is === 'accepted' ? [how.ref, how.handle, how.askAt ?? null] : [null, null, null];
  const ended = await on.change('dispatches', dispatch, (row) => {
    const open = row.state === 'sending' || (row.state === 'unknown' && how.is === 'accepted');
    return row.attempt === attempt && open ? { ...row, state: how.is, code, ref, handle, settledAt: now, receiptAt } : undefined;
  });
  if (ended === undefined) return;
  await settleDeliveries(on, { id: dispatch, deliveries: ended.deliveries }, how, now);
  await settleOutlet(on, ended, how, now);
}

async function settleDeliveries(
  on: On,
  { id, deliveries }: { readonly id: string; readonly deliveries: readonly string[] },
  how: Settlement,
  now: Instant,
): Promise<void> {
  const current = deliveries.flatMap((one) => on.get('deliveries', one) ?? []).filter((row) => row.dispatch === id);
  const sending = current.filter((row) => row.state === 'sending');
  switch (how.is) {
    case 'accepted':
      for (const row of current)
        await change(on, row, ['sending', 'unknown', 'queued', 'held'], { state: 'accepted', reason: null, at: now });
      return;
    case 'refused':
      return nextRung(on, sending, how.code, now);
    case 'road':
      for (const row of sending) await again(on, row, { reason: how.code, dispatch: null, at: now });
      return;
    case 'unknown':
      for (const row of sending)
        if (how.again === 'no') await change(on, row, ['sending'], { state: 'unknown', reason: how.what, at: now });
        else await again(on, row, { reason: 'unknown', attempts: row.attempts + 1, intent: intentOf(row, how.again), at: now });
  }
}

function intentOf(row: DeliveryRow, again: 'same' | 'anew'): DeliveryRow['intent'] {
  return again === 'anew' ? { ...row.intent, again: true } : row.intent;
}

/** Back to the queue, unless newer news of its topic waits there. */
async function again(on: On, row: DeliveryRow, over: Partial<DeliveryRow>, refusedWith?: string): Promise<void> {
  const replaced = isReplaced(on, row);
  if (!replaced) await claimPlace(on, row);
  const end = replaced ? { state: 'cancelled' as const, reason: 'replaced' } : { state: 'queued' as const };
  await change(on, row, ['sending'], { ...over, ...end }, refusedWith);
}

async function nextRung(on: On, rows: readonly DeliveryRow[], code: string, at: Instant): Promise<void> {
  await addOutlets(
    on,
    rows.flatMap((row) => (isReplaced(on, row) ? [] : (row.routes[row.rung + 1] ?? []))),
  );
  for (const row of rows) {
    const next = row.routes[row.rung + 1];
    const moved = next === undefined || isReplaced(on, row) ? {} : { rung: row.rung + 1, outlet: next.outlet, dispatch: null };
    if (next === undefined) await change(on, row, ['sending'], { state: 'refused', reason: code, at }, code);
    else await again(on, row, { reason: code, at, ...moved }, code);
  }
}

/** Answers to inbox rows concern nobody else. */
export function unheededWith({ stream, unheeded }: DeliveryRow, code: string): readonly string[] {
  return stream === null ? [] : [...unheeded, code];
}

function isReplaced(on: On, row: DeliveryRow): boolean {
  return waitingAbout(on, row).length > 0;
}

async function change(
  on: On,
  { id }: DeliveryRow,
  from: readonly DeliveryRow['state'][],
  over: Partial<DeliveryRow>,
  refusedWith?: string,
): Promise<void> {
  await on.change('deliveries', id, (row) => {
    if (!from.includes(row.state)) return undefined;
    return { ...row, ...over, unheeded: refusedWith === undefined ? row.unheeded : unheededWith(row, refusedWith) };
  });
}

/**
 * The outlet is free again; any answer proves its road, silence says nothing about it. The platform counted the call when it arrived, which
 * nobody sees: at the latest when its answer was there.
 */
async function settleOutlet(on: On, call: Pick<DispatchRow, 'id' | 'outlet' | 'reservedAt'>, how: Settlement, now: Instant): Promise<void> {
  const freed = await on.change('outlets', call.outlet, (row) => {
    if (row.busyDispatch !== call.id) return undefined;
    const free = { ...row, busyDispatch: null };
    const recent = row.recent.map((stamp) => (stamp === call.reservedAt ? now : stamp));
    if (how.is === 'unknown') return { ...free, recent };
    if (how.is !== 'road') return { ...free, recent, blockedUntil: null, blockedWhy: null, failures: 0 };
    const block = how.blocks === 'outlet' ? { blockedUntil: how.until, blockedWhy: how.code } : { blockedUntil: null, blockedWhy: null };
    return { ...free, ...block, failures: row.failures + 1 };
  });
  const tenant = on.get('outlets', call.outlet)?.tenant;
  if (tenant === undefined) return;
  if (how.is === 'road' && how.blocks === 'tenant') await closeGate(on, tenant, how.until, how.code);
  if (freed !== undefined && (how.is === 'accepted' || how.is === 'refused')) await openGate(on, tenant, now);
}

async function closeGate(on: On, tenant: string, blockedUntil: Instant, why: string): Promise<void> {
  await on.lock('gates', tenant);
  const standing = on.get('gates', tenant);
  if (standing === undefined || standing.blockedUntil < blockedUntil) on.put('gates', tenant, { tenant, blockedUntil, why });
}

/** The block of the tenant goes only when it has run out: an answer to a call made before the block proves nothing. */
async function openGate(on: On, tenant: string, now: Instant): Promise<void> {
  const standing = on.get('gates', tenant);
  if (standing === undefined || standing.blockedUntil > now) return;
  await on.lock('gates', tenant);
  const still = on.get('gates', tenant);
  if (still !== undefined && still.blockedUntil <= now) on.put('gates', tenant, undefined);
}
