/** Reads everything about one incident in one snapshot, so that no part of it is newer than another. */
import type { Pool } from 'pg';
import type { Dossier, Dossiers } from '../../ports/dossiers';
import type { HeardMessage } from '../../ports/views';
import { type Queryable, rows } from '../sql';
import { chainOf, inSnapshot } from './chains';
import { rulebook } from './library';
import { incident } from './views';

/** Over a migrated database; each reading is one snapshot on one connection. */
export function createDossiers(pool: Pool): Dossiers {
  return { read: (n) => inSnapshot(pool, (on) => dossier(on, n)) };
}

async function dossier(on: Queryable, n: number): Promise<Dossier | null> {
  const view = await incident(on, n);
  const read = view === null ? null : await chainOf(on, view.id);
  if (view === null || read === null) return null;
  const people = await rows<{ id: string; name: string; post: string }>(on, PEOPLE);
  return {
    ...{ view, ...read, deadlines: view.deadlines },
    messages: await rows<HeardMessage>(on, MESSAGES, [view.id]),
    rulebook: await rulebook(on, view.rulebook),
    people: new Map(people.map(({ id, name, post }) => [id, { name, post }])),
  };
}

const MESSAGES = {
  name: 'dossiers.messages',
  text: `
    SELECT i.id, i.source, i.room_id AS room, i.account, i.received_at AS "receivedAt", i.state, i.outcome, v.body AS words
    FROM inbox i LEFT JOIN vault v ON v.id = i.vault_id WHERE i.stream_id = $1 ORDER BY i.id`,
};
const PEOPLE = { name: 'dossiers.people', text: 'SELECT id, name, post FROM people ORDER BY position' };
