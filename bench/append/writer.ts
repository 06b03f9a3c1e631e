/** A process that appends to streams on one connection: as the program does it, whole commands, or two plain INSERTs. */
import { Client } from 'pg';
import { INCIDENT } from '../../src/handlers/incident';
import type { StreamWrite } from '../../src/ports/streams';
import { openPool } from '../../src/store/pool';
import { createStore } from '../../src/store/postgres';
import { activate, progress, received, report, setLevel } from '../../test/core/builders';
import { openOffice } from '../../test/handlers/office';
import { delivery } from '../../test/store/contract/builders';
import { answerParent } from '../child';

/** `append`: lock, one event, state, one delivery, chained; `command`: the same decided first; `inserts`: what is left when nothing is asked. */
export type Appending = 'append' | 'command' | 'inserts';

const URL = process.env.BENCH_DATABASE_URL ?? '';
const WAY = process.env.BENCH_WAY as Appending;
const STREAM = `append-${WAY}`;
const START = Date.parse('2026-11-22T09:00:00+08:00');

const writing = WAY === 'inserts' ? inserts() : own();

/** Answers the seconds that so many took, one after the other. */
answerParent<number, number>(async (count) => {
  const write = await writing;
  const begun = performance.now();
  for (let done = 0; done < count; done++) await write();
  return (performance.now() - begun) / 1000;
});

/** An incident under way, whose state is as large as they are; `write` adds to it. */
async function own(): Promise<() => Promise<void>> {
  const store = createStore(openPool(URL, { max: 1 }), { log: { warn: () => undefined } });
  const office = openOffice(store);
  office.now = START;
  await office.act(STREAM, 'duty1', report({ receivedAt: START }));
  await office.act(STREAM, 'director', setLevel(3));
  await office.act(STREAM, 'director', activate());
  await office.act(STREAM, 'site1', received());
  let count = 0;
  if (WAY === 'command')
    return async () => {
      count += 1;
      office.now += 1_000;
      const outcome = await office.act(STREAM, 'site1', progress(`progress-${count}`));
      if (outcome.is !== 'done') throw new Error(`refused: ${JSON.stringify(outcome)}`);
    };
  return async () => {
    count += 1;
    const done = await store.transact({ streams: [STREAM], busy: 'wait' }, async (tx) => {
      const row = await tx.stream(STREAM);
      if (row === null) throw new Error('the stream is gone');
      await tx.write(onlyAppended(row, START + count * 1_000, count));
    });
    if (done === 'busy') throw new Error('nobody else holds the stream');
  };
}

type Row = { readonly id: string; readonly version: number; readonly headHash: string; readonly state: unknown; readonly status: string };

function onlyAppended({ id, version, headHash, state, status }: Row, at: number, count: number): StreamWrite {
  const hash = count.toString(16).padStart(64, '0');
  const cause = { kind: 'inbox', id: String(count) };
  return {
    ...{ id, fromVersion: version, at, state, stateV: INCIDENT.v, status, headHash: hash },
    events: [{ version: version + 1, type: EVENT.type, v: 1, at, actor: 'site1', cause, body: BODY, prevHash: headHash, hash }],
    deliveries: [{ ...delivery({ topic: `t${count}`, notBefore: at }), version: version + 1 }],
    ...{ deadlines: [], allDeadlines: false, asks: [], recount: false, papers: [], texts: [], incident: null },
  };
}

const EVENT = {
  type: 'ProgressReported',
  v: 1,
  by: 'site1',
  text: { id: 'progress', commitment: 'c'.repeat(64) },
  group: 'site',
  grounds: [],
};
const BODY = JSON.stringify(EVENT);

/** One event and one message to be sent, as anybody would keep them, in one transaction of prepared statements. */
async function inserts(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: URL });
  await client.connect();
  let count = 0;
  return async () => {
    count += 1;
    await client.query('BEGIN');
    await client.query({ ...PLAIN_EVENT, values: [count, BODY] });
    await client.query({ ...PLAIN_MESSAGE, values: [count, '{"purpose":"progress"}'] });
    await client.query('COMMIT');
  };
}

const PLAIN_EVENT = { name: 'plain.event', text: `INSERT INTO bench_events (stream, version, body) VALUES ('s', $1, $2)` };
const PLAIN_MESSAGE = { name: 'plain.message', text: 'INSERT INTO bench_messages (version, intent) VALUES ($1, $2)' };
