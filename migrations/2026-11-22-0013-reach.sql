-- Whether what was sent arrived: refusals somebody has to hear of, and calls whose carrier will tell more later.
ALTER TABLE deliveries ADD COLUMN unheeded boolean NOT NULL DEFAULT false;
CREATE INDEX deliveries_unheeded ON deliveries (stream_id) WHERE unheeded;
ALTER TABLE dispatches ADD COLUMN receipt_at timestamptz;
CREATE INDEX dispatches_receipts ON dispatches (receipt_at) WHERE receipt_at IS NOT NULL;
-- Metrics look at the last hour only; rows come in the order of their moments.
CREATE INDEX deliveries_at ON deliveries USING brin (at);
