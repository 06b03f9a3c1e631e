/** Reading a long stream back and folding it to its state, against a bare cursor over the same rows by the same driver. */
import { INCIDENT } from '../src/handlers/incident';
import { recall } from '../src/handlers/recall';
import { createStore } from '../src/store/postgres';
import { longIncident } from './bundle/longIncident';
import { type Figure, figure, median } from './figure';
import { onDatabase } from './ownDatabase';
import { inTurns, type Length, ratios } from './turns';

const EVENTS = 5_000;
const QUICK_EVENTS = 500;
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;
const PAGE = 500;
const STREAM = 'bench-long';
/** Over the same rows: nothing is parsed, chained or folded, the texts are only counted. */
const CURSOR = `DECLARE bare NO SCROLL CURSOR FOR SELECT version, at, body FROM events WHERE stream_id = '${STREAM}' ORDER BY version`;

export async function replay(length: Length): Promise<readonly Figure[]> {
  const events = length.messages > QUICK_MESSAGES ? EVENTS : QUICK_EVENTS;
  return onDatabase(async ({ pool }) => {
    await longIncident(pool, events);
    const store = createStore(pool, { log: { warn: () => undefined } });
    const { rows } = await pool.query<{ version: number }>('SELECT version FROM streams WHERE id = $1', [STREAM]);
    const version = rows[0]?.version ?? 0;
    const ways = {
      fold: async (): Promise<number> => {
        const unread = { id: STREAM, version, state: null, stateV: 0 };
        const state = await store.transact({ busy: 'wait' }, (tx) =>
          recall(INCIDENT, unread, (after, limit) => tx.events(STREAM, after, limit)),
        );
        return state === null || state === 'busy' ? 0 : version;
      },
      cursor: async (): Promise<number> => {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          await client.query(CURSOR);
          let read = 0;
          for (let page = PAGE; page === PAGE; read += page) page = (await client.query(`FETCH ${PAGE} FROM bare`)).rows.length;
          await client.query('COMMIT');
          return read;
        } finally {
          client.release();
        }
      },
    };
    const measure = async (way: keyof typeof ways): Promise<number> => {
      const begun = performance.now();
      if ((await ways[way]()) !== version) throw new Error(`${way} has not read ${version} events`);
      return performance.now() - begun;
    };
    const given = await inTurns(['fold', 'cursor'], length, async () => ({ measure, close: async () => undefined }));
    const shown = `${median(given.fold).toFixed(1)} ms against ${median(given.cursor).toFixed(1)} ms`;
    const what = `folding ${version} events, the time of a bare cursor`;
    return [figure({ bench: 'replay', unit: 'x', what, bar: null, note: shown }, ratios(given.fold, given.cursor))];
  });
}
