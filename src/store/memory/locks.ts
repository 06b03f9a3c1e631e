/** The rows a transaction of the twin takes first, always in the same order. */
import type { Locks } from '../../ports/store';
import type { On } from './transaction';

/** Locks conversation, then streams in the order of their ids, then outlets in that of theirs; false with `skip` when somebody else holds one. */
export async function lock(on: On, { conversation, streams = [], outlets = [], busy }: Locks): Promise<boolean> {
  const wanted = [
    ...(conversation === undefined ? [] : [['conversations', conversation] as const]),
    ...[...new Set(streams)].sort().map((id) => ['streams', id] as const),
    ...[...new Set(outlets)].sort().map((id) => ['outlets', id] as const),
  ];
  for (const [table, id] of wanted) {
    if (on.get(table, id) === undefined) continue;
    if (busy === 'wait') await on.lock(table, id);
    else if (!on.free(table, id)) return false;
  }
  return true;
}
