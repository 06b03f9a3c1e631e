-- Codes of the ways that refused a delivery and of which nobody has heard, in their order; NULL: there are none. `reason` tells how the
-- delivery stands now, and the next way overwrites it before anybody may have looked.
ALTER TABLE deliveries ADD COLUMN refusals text[];
UPDATE deliveries SET refusals = ARRAY[coalesce(reason, 'refused')] WHERE unheeded;
-- That somebody has to hear of it is then said twice.
DROP INDEX deliveries_unheeded;
ALTER TABLE deliveries DROP COLUMN unheeded;
ALTER TABLE deliveries RENAME COLUMN refusals TO unheeded;
CREATE INDEX deliveries_unheeded ON deliveries (stream_id) WHERE unheeded IS NOT NULL;
