-- Which processes live, when each long connection last heard its platform, and what the watchdog has told the duty room.

CREATE TABLE instances (
  id                text PRIMARY KEY,
  role              text NOT NULL CHECK (role IN ('all', 'web', 'worker')),
  started_real_at   timestamptz NOT NULL,
  beat_real_at      timestamptz NOT NULL,
  -- Silent from here on, unless another beat comes first.
  alive_until_real  timestamptz NOT NULL,
  -- Ended in order; null for one that lives, or died.
  stopped_real_at   timestamptz,
  -- What the steps of the plans in use are called, by id.
  labels            jsonb NOT NULL
);

ALTER TABLE connections ADD COLUMN heard_real_at timestamptz;

CREATE TABLE alarms (
  id            text NOT NULL,
  since_real    timestamptz NOT NULL,
  told_real_at  timestamptz NOT NULL,
  -- Rings up to this moment (of the clock people see) were in what was told.
  told_up_to    timestamptz NOT NULL,
  ended_real_at timestamptz,
  PRIMARY KEY (id, since_real)
);
