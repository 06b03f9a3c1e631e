/** The inbox: rows go in by the batch, and are handled one by one in the order of hearing. */
import { randomUUID } from 'node:crypto';
import type { Heard, InboxItem, InboxOutcome, Incoming } from '../../ports/inbox';
import { at, holdable, json, type Queryable, rows } from '../sql';
import { conversationId } from './ids';

/**
 * Writes a batch with its conversations and vault texts in one statement; answers in the order of the batch. A delivery
 * that is already there, also earlier in the same batch, is `seen` and changes nothing, so it may run twice.
 */
export async function takeIn(on: Queryable, batch: readonly Incoming[]): Promise<readonly ('new' | 'seen')[]> {
  const given = batch.map(columnsOf);
  const fresh = firsts(given);
  if (given.length === 0) return [];
  const first = [...fresh];
  for (const { ord } of await rows<{ ord: number }>(on, TAKE_IN, [json(first)])) {
    const known = first[ord - 1];
    if (known !== undefined) fresh.delete(known);
  }
  return given.map((row) => (fresh.has(row) ? 'new' : 'seen'));
}

/**
 * Counts one more attempt of the oldest waiting row; null when none waits or somebody is handling this conversation. The count outlives
 * this process at once, and the server within a second: what is lost with the server is one try.
 */
export async function countAttempt(on: Queryable, conversation: string): Promise<{ id: string; attempts: number } | null> {
  const [row] = await rows<{ id: string; attempts: number }>(on, COUNT_ATTEMPT, [conversation]);
  return row ?? null;
}

/** The oldest row of the conversation that still waits. */
export async function received(on: Queryable, conversation: string): Promise<InboxItem | null> {
  const [row] = await rows<InboxRow>(on, RECEIVED, [conversation]);
  return row ? toItem(row) : null;
}

/** Ends a row; one that has ended keeps its first outcome. */
export async function settleInbox(on: Queryable, id: string, outcome: InboxOutcome): Promise<void> {
  await rows(on, SETTLE_INBOX, [
    ...[id, outcome.state, outcome.outcome, outcome.stream ?? null, outcome.version ?? null],
    outcome.reply === undefined ? null : json(outcome.reply),
  ]);
}

/** Among the last thousand rows up to this one: these are read by the primary key, so that hearing pays for no index of its own. */
export async function heardSince(on: Queryable, id: string, since: number): Promise<Heard> {
  const [row] = await rows<Heard>(on, HEARD_SINCE, [id, at(since)]);
  return row ?? NOBODY;
}

const NOBODY: Heard = { fromAccount: 0, inConversation: 0, toldAccount: false, toldConversation: false };

type Columns = ReturnType<typeof columnsOf>;

/** Written out: spreading parts into it costs ten times as much, for every message. */
function columnsOf(row: Incoming) {
  const tenant = holdable(row.tenant);
  const chat = holdable(row.chat.id);
  return {
    tenant,
    source: holdable(row.source),
    dedupe_key: holdable(row.dedupeKey),
    conversation_id: conversationId(tenant, row.chat.kind, chat),
    kind: row.chat.kind,
    chat,
    room_id: row.room,
    account: row.account,
    sent_at: row.sentAt,
    received_at: row.receivedAt,
    vault_id: row.words && inboundId(row.receivedAt),
    words: row.words,
    meta: row.meta,
    ticket: row.ticket,
  };
}

/** The first of each delivery; NUL stands in none of the three. */
function firsts(given: readonly Columns[]): Set<Columns> {
  const byIdentity = new Map<string, Columns>();
  for (const row of given) {
    const identity = `${row.tenant}\0${row.source}\0${row.dedupe_key}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, row);
  }
  return new Set(byIdentity.values());
}

/** In the order of hearing, so that new rows of the vault lie side by side. */
function inboundId(receivedAt: number): string {
  return `${receivedAt.toString(36)}-${randomUUID().slice(9)}`;
}

interface InboxRow {
  readonly id: string;
  readonly tenant: string;
  readonly source: string;
  readonly conversation_id: string;
  readonly chat: string;
  readonly kind: InboxItem['chat']['kind'];
  readonly room_id: string | null;
  readonly account: string;
  readonly received_at: number;
  readonly words: string | null;
  readonly meta: InboxItem['meta'];
  readonly ticket: InboxItem['ticket'];
  readonly attempts: number;
}

function toItem(row: InboxRow): InboxItem {
  return {
    id: row.id,
    tenant: row.tenant,
    source: row.source,
    conversation: row.conversation_id,
    chat: { id: row.chat, kind: row.kind },
    room: row.room_id,
    account: row.account,
    receivedAt: row.received_at,
    words: row.words === null ? null : (JSON.parse(row.words) as InboxItem['words']),
    meta: row.meta,
    ticket: row.ticket,
    attempts: row.attempts,
  };
}

/** Moments as epoch milliseconds. Answers only what was there already: usually nothing. */
const TAKE_IN = {
  name: 'intake.take_in',
  text: `
    WITH input AS (
      SELECT * FROM ROWS FROM (json_to_recordset($1::json) AS (tenant text, source text, dedupe_key text, conversation_id text, kind text,
          chat text, room_id text, account text, sent_at float8, received_at float8, vault_id text, words json, meta jsonb, ticket jsonb))
        WITH ORDINALITY AS i (tenant, source, dedupe_key, conversation_id, kind, chat, room_id, account,
                              sent_at, received_at, vault_id, words, meta, ticket, ord)
    ), talk AS (
      INSERT INTO conversations (id, tenant, kind, chat)
      SELECT DISTINCT conversation_id, tenant, kind, chat FROM input ORDER BY conversation_id
      ON CONFLICT DO NOTHING
    ), fresh AS (
      INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, room_id, account, sent_at, received_at, vault_id, meta, ticket)
      SELECT tenant, source, dedupe_key, conversation_id, room_id, account, to_timestamp(sent_at / 1000), to_timestamp(received_at / 1000),
             vault_id, meta, ticket
      FROM input ORDER BY ord
      ON CONFLICT (tenant, source, dedupe_key) DO NOTHING
      RETURNING tenant, source, dedupe_key, vault_id
    ), kept AS (
      INSERT INTO vault (id, kind, body) SELECT vault_id, 'inbound', words::text FROM input JOIN fresh USING (vault_id)
    )
    SELECT ord::int FROM input WHERE (tenant, source, dedupe_key) NOT IN (SELECT tenant, source, dedupe_key FROM fresh)`,
};

const COUNT_ATTEMPT = {
  name: 'intake.count_attempt',
  text: `
    WITH free AS (SELECT id FROM conversations WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE inbox SET attempts = attempts + 1
    WHERE set_config('synchronous_commit', 'off', true) = 'off' AND id = (SELECT i.id FROM free JOIN inbox i ON i.conversation_id = free.id WHERE i.state = 'received' ORDER BY i.id LIMIT 1)
    RETURNING id, attempts`,
};

const RECEIVED = {
  name: 'intake.received',
  text: `
    SELECT i.id, i.tenant, i.source, i.conversation_id, c.chat, c.kind, i.room_id, i.account, i.received_at, v.body AS words,
           i.meta, CASE WHEN i.ticket_used_at IS NULL THEN i.ticket END AS ticket, i.attempts
    FROM inbox i JOIN conversations c ON c.id = i.conversation_id LEFT JOIN vault v ON v.id = i.vault_id
    WHERE i.conversation_id = $1 AND i.state = 'received' ORDER BY i.id LIMIT 1`,
};

const SETTLE_INBOX = {
  name: 'intake.settle',
  text: `UPDATE inbox SET state = $2, outcome = $3, stream_id = $4, version = $5, reply = $6 WHERE id = $1 AND state = 'received'`,
};

/** So many rows are looked back; the twin does the same. */
export const LOOKED_BACK = 1_000;

/** Reads at most so many rows, by the primary key. */
export const HEARD_SINCE = {
  name: 'intake.heard_since',
  text: `
    WITH this AS (SELECT id, tenant, account, conversation_id FROM inbox WHERE id = $1::bigint)
    SELECT count(*) FILTER (WHERE own)::int AS "fromAccount", count(*) FILTER (WHERE here)::int AS "inConversation",
           coalesce(bool_or(own AND told), false) AS "toldAccount", coalesce(bool_or(here AND told), false) AS "toldConversation"
    FROM (
      SELECT i.tenant = this.tenant AND i.account = this.account AS own, i.conversation_id = this.conversation_id AS here,
             coalesce(i.outcome = 'limited:told', false) AS told
      FROM inbox i, this
      WHERE i.id <= $1::bigint AND i.id > $1::bigint - ${LOOKED_BACK} AND i.received_at > $2
    ) heard`,
};
