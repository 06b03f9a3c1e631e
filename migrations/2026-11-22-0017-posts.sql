-- What a room was shown in the last hour, over whichever of its addresses: messages a call consists of, found by address and moment.
ALTER TABLE dispatches ADD COLUMN posts smallint NOT NULL DEFAULT 1;
CREATE INDEX dispatches_shown ON dispatches (outlet_id, reserved_at) WHERE state IN ('sending', 'accepted', 'unknown');
