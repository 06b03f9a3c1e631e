/** Texts and rulebooks by their ids: written once, read by many. */
import type { Store } from '../../ports/store';
import { at, built, type Queryable, rows } from '../sql';
import { build } from './tables';

/** Bodies of the texts that are still kept, for each who asked; a purged or unknown id is left out. */
export async function texts(on: Queryable, asked: readonly (readonly string[])[]): Promise<readonly ReadonlyMap<string, string>[]> {
  const ids = [...new Set(asked.flat())];
  const found = ids.length > 0 ? await rows<{ id: string; body: string }>(on, TEXTS, [ids]) : [];
  const bodies = new Map(found.map(({ id, body }) => [id, body]));
  return asked.map((wanted) => new Map(wanted.flatMap((id) => withBody(id, bodies.get(id)))));
}

function withBody(id: string, body: string | undefined): [string, string][] {
  return body === undefined ? [] : [[id, body]];
}

const TEXTS = {
  name: 'vault.texts',
  text: 'SELECT id, body FROM vault WHERE id = ANY (ARRAY(SELECT unnest($1::text[]))) AND body IS NOT NULL',
};

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
