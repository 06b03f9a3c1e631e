-- What was heard, in the order of hearing, and what the bot waits to hear.

-- The id is derived from (tenant, kind, chat), so that taking in needs no look-up.
CREATE TABLE conversations (
  id     text PRIMARY KEY,
  tenant text NOT NULL,
  kind   text NOT NULL CHECK (kind IN ('group', 'single', 'api')),
  chat   text NOT NULL,
  UNIQUE (tenant, kind, chat)
);

-- No foreign keys: conversation and vault row are written by the same statement, and the check would lock rows that handlers hold.
CREATE TABLE inbox (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant          text NOT NULL,
  source          text NOT NULL,
  dedupe_key      text NOT NULL,
  conversation_id text NOT NULL,
  room_id         text,
  account         text NOT NULL,
  sent_at         timestamptz,
  received_at     timestamptz NOT NULL,
  vault_id        text,
  meta            jsonb NOT NULL,
  ticket          jsonb,
  ticket_used_at  timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  state           text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'handled', 'stopped', 'dead')),
  outcome         text,
  stream_id       text,
  version         integer,
  UNIQUE (tenant, source, dedupe_key)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX inbox_waiting ON inbox (conversation_id, id) WHERE state = 'received';
CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'dead';

CREATE TABLE prompts (
  id              text PRIMARY KEY,
  conversation_id text NOT NULL,
  person_id       text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('code', 'choice')),
  code            text,
  command         jsonb,
  expires_at      timestamptz NOT NULL,
  state           text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'expired', 'replaced'))
);
CREATE UNIQUE INDEX prompts_open ON prompts (conversation_id, person_id) WHERE state = 'open';
