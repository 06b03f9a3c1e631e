-- The roster of the bureau, and what the running program keeps about itself.

CREATE TABLE people (
  id       text PRIMARY KEY,
  position integer NOT NULL,
  name     text NOT NULL,
  post     text NOT NULL,
  phone    text
);

CREATE TABLE accounts (
  tenant    text NOT NULL,
  userid    text NOT NULL,
  person_id text NOT NULL,
  PRIMARY KEY (tenant, userid)
);

CREATE TABLE counties (
  id       text PRIMARY KEY,
  position integer NOT NULL,
  names    text[] NOT NULL
);

CREATE TABLE rooms (
  id       text PRIMARY KEY,
  position integer NOT NULL,
  name     text NOT NULL,
  kind     text NOT NULL,
  county   text,
  plans    text[] NOT NULL,
  exposure text NOT NULL CHECK (exposure IN ('pointer', 'summary', 'full'))
);

CREATE TABLE memberships (
  room_id   text NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  person_id text NOT NULL,
  position  integer NOT NULL,
  PRIMARY KEY (room_id, position)
);

CREATE TABLE roles (
  position  integer PRIMARY KEY,
  person_id text NOT NULL,
  role      text NOT NULL,
  scope     text
);

CREATE TABLE shifts (
  position  integer PRIMARY KEY,
  person_id text NOT NULL,
  role      text NOT NULL CHECK (role IN ('duty_officer', 'duty_leader')),
  from_at   timestamptz NOT NULL,
  until_at  timestamptz
);

-- One row: which roster is loaded. A changed version tells every instance to read it again.
CREATE TABLE roster_state (
  single  boolean PRIMARY KEY DEFAULT true CHECK (single),
  version integer NOT NULL,
  hash    text NOT NULL,
  bureau  text NOT NULL,
  city    text NOT NULL
);
INSERT INTO roster_state (version, hash, bureau, city) VALUES (0, '', '', '');

-- Sandbox or real, said once and never changed.
CREATE TABLE stamp (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  kind   text NOT NULL CHECK (kind IN ('sandbox', 'real'))
);

CREATE TABLE sandbox_clock (
  single    boolean PRIMARY KEY DEFAULT true CHECK (single),
  offset_ms bigint NOT NULL
);
INSERT INTO sandbox_clock (offset_ms) VALUES (0);

-- Who may hold an exclusive long connection; the lease runs in real database time.
CREATE TABLE connections (
  id               text PRIMARY KEY,
  owner            text NOT NULL,
  epoch            integer NOT NULL,
  lease_until_real timestamptz NOT NULL
);
