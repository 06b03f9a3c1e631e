-- Who is owed what (deliveries), what was really called (dispatches), and the addresses with their windows and blocks (outlets).

-- The id is derived from (tenant, channel, address), so that a delivery can name its outlet without a look-up.
CREATE TABLE outlets (
  id            text PRIMARY KEY,
  tenant        text NOT NULL,
  channel       text NOT NULL,
  address       text NOT NULL,
  recent        timestamptz[] NOT NULL DEFAULT '{}',
  busy_dispatch text,
  blocked_until timestamptz,
  blocked_why   text,
  failures      integer NOT NULL DEFAULT 0,
  UNIQUE (tenant, channel, address)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);

-- A block of a whole tenant is one row, not a change of every outlet.
CREATE TABLE tenant_gates (
  tenant        text PRIMARY KEY,
  blocked_until timestamptz NOT NULL,
  why           text NOT NULL
);

CREATE TABLE deliveries (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_id      text,
  event_version  integer,
  inbox_id       bigint,
  purpose        text NOT NULL,
  addressee      text NOT NULL,
  leg            text NOT NULL CHECK (leg IN ('page', 'show')),
  topic          text NOT NULL,
  lane           smallint NOT NULL,
  intent         jsonb NOT NULL,
  not_before     timestamptz NOT NULL,
  relevant_until timestamptz,
  routes         jsonb NOT NULL,
  rung           smallint NOT NULL DEFAULT 0,
  outlet_id      text,
  ticket_of      bigint,
  state          text NOT NULL CHECK (state IN ('queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'unknown', 'cancelled')),
  reason         text,
  dispatch_id    text,
  attempts       integer NOT NULL DEFAULT 0,
  at             timestamptz NOT NULL,
  CHECK ((stream_id IS NULL) = (event_version IS NULL)),
  CHECK (stream_id IS NOT NULL OR inbox_id IS NOT NULL),
  CHECK (outlet_id IS NOT NULL OR state NOT IN ('queued', 'held', 'sending'))
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE UNIQUE INDEX deliveries_once ON deliveries (stream_id, event_version, purpose, addressee, leg) WHERE stream_id IS NOT NULL;
CREATE UNIQUE INDEX deliveries_reply_once ON deliveries (inbox_id, purpose, addressee, leg) WHERE stream_id IS NULL;
CREATE UNIQUE INDEX deliveries_one_waiting ON deliveries (stream_id, topic, addressee, leg)
  WHERE stream_id IS NOT NULL AND state IN ('queued', 'held');
CREATE INDEX deliveries_by_lane ON deliveries (outlet_id, lane, not_before) WHERE state IN ('queued', 'held');
CREATE INDEX deliveries_by_moment ON deliveries (outlet_id, not_before) WHERE state IN ('queued', 'held');
CREATE INDEX deliveries_in_flight ON deliveries (state) WHERE state IN ('sending', 'unknown');

CREATE TABLE dispatches (
  id            text PRIMARY KEY,
  outlet_id     text NOT NULL,
  deliveries    bigint[] NOT NULL,
  lane          smallint NOT NULL,
  attempt       integer NOT NULL,
  payload_vault text NOT NULL,
  payload_hash  text NOT NULL,
  state         text NOT NULL CHECK (state IN ('sending', 'accepted', 'refused', 'road', 'unknown')),
  limit_real_at timestamptz NOT NULL,
  platform_ref  text,
  handle        text,
  code          text,
  resend_of     text,
  reserved_at   timestamptz NOT NULL,
  settled_at    timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX dispatches_sending ON dispatches (limit_real_at) WHERE state = 'sending';
