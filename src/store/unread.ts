/** Which first reports still wait for a second reading: told by the rows themselves, so that nothing has to be remembered over a restart. */
import type { Pool } from 'pg';
import { ENDED } from '../core/incident/state';
import type { UnreadReports } from '../ports/secondReader';
import { at, rows } from './sql';

const MOST = 20;

/** A report counts as read once an offer stands in the deliveries of the message it came with, whatever became of it. */
export function createUnread(pool: Pool): UnreadReports {
  return { waiting: (since, without) => rows(pool, WAITING, [at(since), [...ENDED], [...without], MOST]) };
}

const WAITING = {
  name: 'unread.waiting',
  text: `
    SELECT i.stream_id AS stream, e.cause_id AS inbox
    FROM incidents i JOIN events e ON e.stream_id = i.stream_id AND e.version = 1 AND e.cause_kind = 'inbox'
    WHERE i.received_at > $1 AND i.mode = 'real' AND i.status <> ALL ($2::text[]) AND i.stream_id <> ALL ($3::text[])
      AND NOT EXISTS (SELECT 1 FROM deliveries d
        WHERE d.inbox_id = e.cause_id::bigint AND d.stream_id IS NULL AND d.topic = 'second_reading:' || i.stream_id)
    ORDER BY i.received_at LIMIT $4`,
};
