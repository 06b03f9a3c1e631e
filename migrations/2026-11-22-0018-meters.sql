-- What a platform charges by the month, counted over all instances and restarts; a row is gone some time after its month is over.
CREATE TABLE platform_meters (
  name     text PRIMARY KEY,
  calls    bigint NOT NULL,
  until_at timestamptz NOT NULL
);
