-- Several instances: an outlet names the long connection it needs, and a dispatch the epoch it was made under.
-- A repeat goes as the same dispatch with a higher attempt, so nothing points to another dispatch any more.
ALTER TABLE outlets ADD COLUMN connection_id text;
ALTER TABLE dispatches ADD COLUMN connection_epoch integer;
ALTER TABLE dispatches DROP COLUMN resend_of;
