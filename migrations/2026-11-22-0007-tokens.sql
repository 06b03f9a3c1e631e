-- What a platform has lent for a while and all instances may use: access tokens, ids of uploaded files.
-- `sealed` is encrypted by its adapter under a key of the tenant's own; this database never sees it open.
CREATE TABLE platform_tokens (
  key      text PRIMARY KEY,
  sealed   text NOT NULL,
  until_at timestamptz NOT NULL
);
