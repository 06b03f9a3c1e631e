/** An incident of so many events, as rows: decided by the core, chained as the handlers do, with words, messages and deliveries around it. */
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import type { IncidentCommand } from '../../src/core/incident/commands';
import { decide } from '../../src/core/incident/decide';
import { evolve } from '../../src/core/incident/evolve';
import { type IncidentState, openAsks } from '../../src/core/incident/state';
import { MINUTE } from '../../src/core/instant';
import { NO_FIELDS } from '../../src/core/report/fields';
import type { PersonId } from '../../src/core/roster/roster';
import { hashedText } from '../../src/handlers/execute';
import type { StoredEvent } from '../../src/ports/streams';
import { importRoster } from '../../src/store/directory';
import { sha256 } from '../../src/wiring/chance';

const START = Date.parse('2026-11-22T09:00:00+08:00');
const STREAM = 'bench-long';
const WORDS = '现场登记消费者诉求，联系电话19900000042，经营者代表已到场，退费方案正在商定。'.repeat(6);
/** Around each event. */
const DELIVERIES = 6;

/** Writes incident #1 into an empty, migrated database. */
export async function longIncident(pool: Pool, events: number): Promise<void> {
  const { rules, roster, sources } = configured();
  await importRoster(pool, roster, null);
  await pool.query(
    `INSERT INTO rulebooks (hash, pack_id, pack_version, pack_source, profile_source, loaded_at) VALUES ($1, 'p', '1', $2, $3, now())`,
    [rules.hash, sources.pack, sources.profile],
  );
  const { chain, texts } = lived(events);
  const head = chain.at(-1)?.hash ?? '';
  await pool.query(
    `INSERT INTO streams (id, kind, mode, n, version, head_hash, state_v, rulebook, status) VALUES ($1, 'incident', 'real', 1, $2, $3, 0, $4, 'active')`,
    [STREAM, chain.length, head, rules.hash],
  );
  await pool.query(
    `INSERT INTO incidents (stream_id, n, mode, status, title, received_at) VALUES ($1, 1, 'real', 'active', '事由', to_timestamp($2 / 1000.0))`,
    [STREAM, START],
  );
  await pool.query(
    `INSERT INTO events (stream_id, version, type, v, at, actor_person, cause_kind, cause_id, body, prev_hash, hash)
     SELECT $1, e.version, e.type, e.v, to_timestamp(e.at / 1000.0), e.actor, 'inbox', e.version::text, e.body, e."prevHash", e.hash
     FROM json_to_recordset($2) AS e (version int, type text, v int, at bigint, actor text, body text, "prevHash" text, hash text)`,
    [STREAM, JSON.stringify(chain)],
  );
  await pool.query(
    `INSERT INTO vault (id, stream_id, kind, salt, body, commitment)
     SELECT t.id, $1, 'said', t.salt, t.body, t.commitment FROM json_to_recordset($2) AS t (id text, salt text, body text, commitment text)`,
    [STREAM, JSON.stringify(texts)],
  );
  await pool.query(
    `INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, account, received_at, vault_id, meta, state, outcome, stream_id)
     SELECT 't', 'robot', t.id, 'c', 'a', now(), t.id, '{}', 'handled', 'executed', $1 FROM vault t WHERE t.stream_id = $1`,
    [STREAM],
  );
  await pool.query(
    `INSERT INTO deliveries (stream_id, event_version, purpose, addressee, leg, topic, lane, intent, not_before, routes, state, at)
     SELECT $1, v, 'noted', 'person:site' || d, 'page', 't' || v || '-' || d, 2, '{}', now(), '[{"channel":"robot"}]', 'accepted', now()
     FROM generate_series(1, $2::int) v, generate_series(1, $3::int) d`,
    [STREAM, chain.length, DELIVERIES],
  );
}

interface Kept {
  readonly id: string;
  readonly salt: string;
  readonly body: string;
  readonly commitment: string;
}

/** Reported, graded, activated, answered, and then one progress after the other. */
function lived(events: number): { readonly chain: readonly StoredEvent[]; readonly texts: readonly Kept[] } {
  const here = configured();
  const chain: StoredEvent[] = [];
  const texts: Kept[] = [];
  let state: IncidentState | null = null;
  let at = START;
  const words = (): { readonly id: string; readonly commitment: string } => {
    const [id, salt] = [`text-${texts.length}`, `salt-${texts.length}`];
    const commitment = sha256.of(salt + WORDS);
    texts.push({ id, salt, body: WORDS, commitment });
    return { id, commitment };
  };
  const act = (person: PersonId, command: IncidentCommand): void => {
    at += MINUTE;
    const decision = decide(here, state, { command, actor: { person, room: 'hq', conversation: 'hq' }, at, seed: `s${at}` });
    if (decision.is !== 'events') throw new Error(`${command.type} was answered with ${JSON.stringify(decision)}`);
    for (const event of decision.events) {
      const version = chain.length + 1;
      state = evolve(state, { version, at, event });
      const stored = {
        version,
        at,
        actor: person,
        cause: { kind: 'inbox', id: String(version) },
        body: JSON.stringify(event),
        prevHash: chain.at(-1)?.hash ?? '',
      };
      chain.push({ ...stored, type: event.type, v: event.v, hash: sha256.of(hashedText({ stream: STREAM, ...stored })) });
    }
  };
  const suggestion = { plan: null, category: null, categoryGround: null, rank: null, grounds: [] };
  act('duty1', { type: 'ReportIncident', n: 1, receivedAt: at, text: words(), fields: NO_FIELDS, facts: [], suggestion });
  act('director', { type: 'SetLevel', rank: 3, reason: words(), confirmed: true });
  act('director', { type: 'ActivateResponse', confirmed: true });
  for (const { person } of openAsks(state as unknown as IncidentState)) act(person, { type: 'Acknowledge', call: null, via: 'text' });
  while (chain.length < events) act(chain.length % 2 === 0 ? 'site1' : 'coord1', { type: 'ReportProgress', text: words() });
  return { chain, texts };
}

function configured() {
  const bureau = readBureau(resolve('config/sample-bureau'));
  const packs = readRulebooks(resolve('config'), 'standard', sha256);
  if (bureau.is === 'faults' || packs.is === 'faults') throw new Error('the sample configuration has faults');
  const sources = packs.rulebooks.find(({ rulebook }) => rulebook.pack.level_scheme === 'graded');
  if (sources === undefined) throw new Error('no shipped plan has levels');
  return { rules: sources.rulebook, roster: bureau.roster, sources };
}
