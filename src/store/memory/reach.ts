/** Whether what was sent arrived, in the twin: refusals nobody has heeded, and what carriers tell later. */
import type { Instant } from '../../core/instant';
import type { ReceiptDue, Receipted, Unheeded } from '../../ports/sending';
import { ALL } from './indexes';
import { unheededWith } from './settling';
import type { On } from './transaction';

export function unheededStreams(on: On, limit: number): readonly string[] {
  const streams = new Set<string>();
  for (const { stream } of on.by('deliveriesUnheeded', ALL)) if (stream !== null) streams.add(stream);
  return [...streams].slice(0, limit);
}

export function unheeded(on: On, stream: string): readonly Unheeded[] {
  const found = on.by('deliveriesUnheeded', ALL).filter((d) => d.stream === stream);
  found.sort((a, b) => Number(a.id) - Number(b.id));
  return found.map(({ id, purpose, addressee, leg, intent, state, unheeded: codes }) => ({
    id,
    purpose,
    addressee,
    leg,
    intent,
    state,
    codes,
  }));
}

const WAITING: readonly string[] = ['queued', 'held', 'sending', 'unknown'];
const GONE_OUT: readonly string[] = ['accepted', 'delivered', 'read'];

export function undelivered(on: On, stream: string, purposes: readonly string[]): readonly string[] {
  const calls = on.all('deliveries').filter((d) => d.stream === stream && purposes.includes(d.purpose) && d.state !== 'cancelled');
  const told = calls.flatMap((d) =>
    d.addressee.startsWith('room:') && GONE_OUT.includes(d.state) ? (d.intent.people as readonly string[]) : [],
  );
  const people = new Set(calls.flatMap(({ addressee }) => (addressee.startsWith('person:') ? [addressee.slice(7)] : [])));
  const waits = (person: string): boolean =>
    calls.every(({ addressee, state }) => addressee !== `person:${person}` || WAITING.includes(state));
  return [...people].filter((person) => waits(person) && !told.includes(person)).sort();
}

export async function heed(on: On, read: readonly Pick<Unheeded, 'id' | 'codes'>[]): Promise<void> {
  for (const { id, codes } of read) await on.change('deliveries', id, (row) => ({ ...row, unheeded: row.unheeded.slice(codes.length) }));
}

export function receiptsDue(on: On, now: Instant, limit: number): readonly ReceiptDue[] {
  const due = on
    .by('dispatchesAsking', ALL)
    .flatMap((d) => (d.receiptAt !== null && d.receiptAt <= now ? [{ ...d, receiptAt: d.receiptAt }] : []));
  due.sort((a, b) => a.receiptAt - b.receiptAt);
  return due.slice(0, limit).flatMap(({ id, outlet, ref, reservedAt }) => {
    const at = on.get('outlets', outlet);
    return at === undefined || ref === null ? [] : [{ dispatch: id, tenant: at.tenant, channel: at.channel, ref, reservedAt }];
  });
}

export async function told(
  on: On,
  dispatch: string,
  { ended, askAt }: { readonly ended: Receipted | null; readonly askAt: Instant | null },
  now: Instant,
): Promise<void> {
  const asked = await on.change('dispatches', dispatch, (row) =>
    row.receiptAt === null ? undefined : { ...row, receiptAt: ended === null ? askAt : null },
  );
  if (asked === undefined || ended === null) return;
  const reason = ended.is === 'delivered' ? ended.how : ended.code;
  for (const id of asked.deliveries)
    await on.change('deliveries', id, (row) =>
      row.dispatch !== dispatch || row.state !== 'accepted'
        ? undefined
        : { ...row, state: ended.is, reason, at: now, unheeded: ended.is === 'refused' ? unheededWith(row, ended.code) : row.unheeded },
    );
}
