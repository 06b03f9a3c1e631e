/** What is left when all is over, as plain lines: two runs were the same when their lines are. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Seen } from '../support/dutyRoom';
import { ask } from './ask';
import type { World } from './world';

export interface RecordOfRun {
  /** One line a fact: incident, event, ask, deadline, inbox rows, message in a room. */
  readonly lines: readonly string[];
  /** Deliveries whose end nobody knows, as the API shows them: `addressee purpose`. */
  readonly unknown: readonly string[];
  /** What must never be, in words: broken chains, rows without an end. */
  readonly faults: readonly string[];
}

export interface Difference {
  /** Facts of the undisturbed run that are missing. */
  readonly lost: readonly string[];
  /** Facts that are there more often than in the undisturbed run. */
  readonly doubled: readonly string[];
  /** Messages shown once more, marked as a repeat. */
  readonly repeats: number;
  /** Messages missing whose delivery is visibly unknown. */
  readonly unseen: number;
}

const REPEAT = '（重发）';

export async function recordOf(world: World): Promise<RecordOfRun> {
  const facts = await Promise.all(FACTS.map((text) => linesOf(world.pool, text)));
  const page = (await (await ask(`${world.simulator}/sandbox/api/messages`)).json()) as { messages: readonly Seen[] };
  const shown = page.messages.filter((m) => m.fromBot).flatMap(messageLines);
  return {
    lines: [...facts.flat(), ...shown],
    unknown: await linesOf(world.pool, UNKNOWN),
    faults: [...(await chainFaults(world.pool)), ...(await linesOf(world.pool, UNENDED))],
  };
}

/** A repeat stands in for its original, or counts as a repeat; an unknown delivery excuses one missing message. */
export function differenceOf(undisturbed: RecordOfRun, run: RecordOfRun): Difference {
  const plain = run.lines.map((line) => line.replaceAll(REPEAT, ''));
  const missing = without(undisturbed.lines, plain);
  const extra = without(plain, undisturbed.lines);
  const marked = run.lines.filter((line) => line.includes(REPEAT)).map((line) => line.replaceAll(REPEAT, ''));
  const doubled = without(extra, marked);
  const excused = missing.filter((line) => line.startsWith('message ')).slice(0, run.unknown.length);
  return { lost: without(missing, excused), doubled, repeats: extra.length - doubled.length, unseen: excused.length };
}

/** `left` with each line of `right` taken out once. */
function without(left: readonly string[], right: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of right) counts.set(line, (counts.get(line) ?? 0) + 1);
  return left.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/** The message, and what a press has put on the card for single people: the same words as a message of its own where that came too late. */
function messageLines(m: Seen): readonly string[] {
  const states = Object.values(m.card?.states ?? {}).map((text) => text.replace(/\n已收到|\nhttp\S+$/gu, ''));
  return [
    `message ${m.room} @${[...m.pinged].sort().join(',')} ${wordsOf(m.text)}`,
    ...states.map((text) => `message ${m.room} @ ${wordsOf(text)}`),
  ];
}

/**
 * Codes and clock times differ from run to run, and a moment of the next day bears its date; who reads what and who is pinged does not. The one use of a press's ticket is spent
 * before the call, so a kill may leave a pressed button unmarked; that it was counted is told by a message of its own.
 */
function wordsOf(text: string): string {
  return text
    .replaceAll(/确认 \d{4}/gu, '确认 NNNN')
    .replaceAll(/(\d{1,2}月\d{1,2}日 )?\d{1,2}:\d{2}(:\d{2})?/gu, 'HH:MM')
    .replaceAll(/\d{1,2}月\d{1,2}日/gu, 'M月D日')
    .replaceAll('[已收到]', '[收到]')
    .replaceAll('**', '')
    .replaceAll(/\s+/gu, ' ');
}

async function linesOf(pool: Pool, text: string): Promise<readonly string[]> {
  return (await pool.query<{ line: string }>(text)).rows.map((row) => row.line);
}

/** Every hash reckoned anew: over the event before it, its place, moment, actor, cause and exact body. */
async function chainFaults(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string; version: number; covered: string; hash: string; prev: string }>(CHAIN);
  return rows.flatMap((row, i) => {
    const before = row.version === 1 ? '' : rows[i - 1]?.hash;
    const isTrue = createHash('sha256').update(row.covered).digest('hex') === row.hash && row.prev === before;
    return isTrue ? [] : [`the chain of ${row.id} breaks at ${row.version}`];
  });
}

const CHAIN = `
  SELECT stream_id AS id, version, hash, prev_hash AS prev, concat_ws(E'\\n', prev_hash, stream_id, version,
    (extract(epoch FROM at) * 1000)::bigint, coalesce(actor_person, ''), cause_kind, cause_id, body) AS covered
  FROM events ORDER BY stream_id, version`;

const FACTS = [
  `SELECT concat_ws(' ', 'incident', n, mode, status, plan, category, level, county, title) AS line FROM incidents`,
  `SELECT concat_ws(' ', 'event', i.n, e.version, e.type, coalesce(e.actor_person, '-'), e.cause_kind) AS line
   FROM events e JOIN incidents i USING (stream_id)`,
  `SELECT concat_ws(' ', 'ask', i.n, a.person_id, a.kind, coalesce(a.answer, '-')) AS line FROM asks a JOIN incidents i USING (stream_id)`,
  `SELECT concat_ws(' ', 'deadline', i.n, d.kind, d.owner, d.stage, d.status, d.basis, d.why) AS line
   FROM deadlines d JOIN incidents i USING (stream_id)`,
  `SELECT concat_ws(' ', 'inbox', source, state, outcome) AS line FROM inbox`,
];
const UNKNOWN = `SELECT concat_ws(' ', addressee, purpose) AS line FROM deliveries WHERE state = 'unknown'`;
const UNENDED = `
  SELECT concat_ws(' ', 'inbox row', id, 'is', state) AS line FROM inbox WHERE state IN ('received', 'dead')
  UNION ALL SELECT concat_ws(' ', 'inbox row', cause_id, 'made', count(DISTINCT (stream_id, at)), 'commands') FROM events
    WHERE cause_kind = 'inbox' GROUP BY cause_id HAVING count(DISTINCT (stream_id, at)) > 1
  UNION ALL SELECT concat_ws(' ', 'delivery', id, purpose, addressee, 'is', state) FROM deliveries WHERE state IN ('queued', 'held', 'sending')
  UNION ALL SELECT concat_ws(' ', 'outlet', id, 'is busy') FROM outlets WHERE busy_dispatch IS NOT NULL`;
