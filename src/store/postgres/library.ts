/** Texts and rulebooks by their ids: written once, read by many. */
import type { Store } from '../../ports/store';
import { at, built, type Queryable } from '../sql';
import { build } from './tables';

/** Bodies of the texts that are still kept; a purged or unknown id is left out. */
export async function texts(on: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const query = build
    .selectFrom('vault')
    .select(['id', 'body'])
    .where((where) => where.eb('id', '=', where.fn.any(where.val(ids as string[]))))
    .where('body', 'is not', null);
  const found = ids.length > 0 ? await built(on, 'vault.texts', query) : [];
  return new Map(found.map((row) => [row.id, row.body ?? '']));
}

/** The sources of a rulebook by hash. */
export async function rulebook(on: Queryable, hash: string): Promise<{ readonly pack: string; readonly profile: string } | null> {
  const query = build.selectFrom('rulebooks').select(['pack_source as pack', 'profile_source as profile']).where('hash', '=', hash);
  const [row] = await built(on, 'rulebooks.read', query);
  return row ?? null;
}

/** Keeps a rulebook; the same hash again changes nothing. */
export async function saveRulebook(on: Queryable, book: Parameters<Store['saveRulebook']>[0]): Promise<void> {
  const row = {
    hash: book.hash,
    pack_id: book.packId,
    pack_version: book.version,
    pack_source: book.pack,
    profile_source: book.profile,
    loaded_at: at(book.at),
  };
  const query = build
    .insertInto('rulebooks')
    .values(row)
    .onConflict((clash) => clash.column('hash').doNothing());
  await built(on, 'rulebooks.save', query);
}
