-- Streams, their events and what is folded from them. Domain moments are always given by the program, never taken from now().

CREATE TABLE rulebooks (
  hash         text PRIMARY KEY,
  pack_id      text NOT NULL,
  pack_version text NOT NULL,
  pack_source  text NOT NULL,
  profile_source text NOT NULL,
  loaded_at    timestamptz NOT NULL
);

-- One row gives out the dense numbers of one kind and mode; a rolled back opening gives its number back.
CREATE TABLE stream_numbers (
  kind text NOT NULL,
  mode text NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (kind, mode)
);

CREATE TABLE streams (
  id         text PRIMARY KEY,
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  kind       text NOT NULL CHECK (kind IN ('incident', 'duty', 'register', 'admin')),
  mode       text NOT NULL CHECK (mode IN ('real', 'drill', 'test')),
  n          integer NOT NULL,
  version    integer NOT NULL,
  head_hash  text NOT NULL,
  state      jsonb,
  rulebook   text NOT NULL,
  status     text NOT NULL,
  updated_at timestamptz,
  UNIQUE (kind, mode, n)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX streams_incident_status ON streams (status, seq) WHERE kind = 'incident';

CREATE TABLE events (
  stream_id    text NOT NULL REFERENCES streams (id),
  version      integer NOT NULL,
  type         text NOT NULL,
  v            integer NOT NULL,
  at           timestamptz NOT NULL,
  actor_person text,
  cause_kind   text NOT NULL,
  cause_id     text NOT NULL,
  body         text NOT NULL,
  prev_hash    text NOT NULL,
  hash         text NOT NULL,
  PRIMARY KEY (stream_id, version)
);

-- The chain of events may only grow. Only the reset of a sandbox, which names itself for its own transaction, may empty it.
CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('fenghuo.reset', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'events are never changed or removed (%)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow();

-- Texts of people. Erasing body and salt leaves the commitment, so that the chain still verifies.
-- Raw inbound words and frozen payloads have neither salt nor commitment: no event refers to them.
CREATE TABLE vault (
  id          text PRIMARY KEY,
  stream_id   text,
  kind        text NOT NULL,
  salt        text,
  body        text,
  commitment  text,
  purge_after timestamptz,
  purged_at   timestamptz
);

CREATE TABLE anchors (
  day       date PRIMARY KEY,
  root_hash text NOT NULL,
  streams   integer NOT NULL
);

CREATE TABLE incidents (
  stream_id    text PRIMARY KEY REFERENCES streams (id),
  n            integer NOT NULL,
  mode         text NOT NULL,
  status       text NOT NULL,
  plan         text,
  category     text,
  level        integer,
  county       text,
  title        text NOT NULL,
  received_at  timestamptz NOT NULL,
  activated_at timestamptz,
  ended_at     timestamptz,
  UNIQUE (mode, n)
);

CREATE TABLE asks (
  stream_id   text NOT NULL REFERENCES streams (id),
  ask_id      text NOT NULL,
  person_id   text NOT NULL,
  kind        text NOT NULL,
  asked_at    timestamptz NOT NULL,
  answered_at timestamptz,
  answer      text,
  PRIMARY KEY (stream_id, ask_id)
);
CREATE INDEX asks_open ON asks (person_id) WHERE answered_at IS NULL;

CREATE TABLE deadlines (
  stream_id text NOT NULL REFERENCES streams (id),
  key       text NOT NULL,
  kind      text NOT NULL,
  owner     text NOT NULL,
  base_at   timestamptz NOT NULL,
  due_at    timestamptz NOT NULL,
  next_at   timestamptz,
  stage     integer NOT NULL,
  status    text NOT NULL CHECK (status IN ('open', 'met', 'missed', 'void')),
  basis     text NOT NULL,
  why       text NOT NULL,
  PRIMARY KEY (stream_id, key)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX deadlines_ring ON deadlines (next_at, stream_id) WHERE next_at IS NOT NULL AND status = 'open';
