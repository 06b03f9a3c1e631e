/** Intake alone, on a real store: what may wait, what is dropped, and what of a message is kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTakeIn, Overloaded, type TakeIn } from '../../src/handlers/takeIn';
import type { Inbound } from '../../src/ports/platform';
import { createReach } from '../../src/ports/reach';
import { createStore } from '../../src/store/postgres';
import { freshDatabase, type TestDatabase } from '../support/database';
import { inboxHeld } from '../support/inboxHeld';

const T = Date.UTC(2026, 10, 22, 1, 0);

describe('messages on their way into the inbox', () => {
  let database: TestDatabase;
  let takeIn: TakeIn;
  let lines: string[];
  let pokes = 0;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pool.query('TRUNCATE inbox, conversations, vault');
    lines = [];
    pokes = 0;
    const write = (_fields: object, words: string): void => void lines.push(words);
    const log = { debug: write, info: write, warn: write, error: write };
    const ports = { store: createStore(database.pool, { log }), clock: { now: () => T }, reach: createReach([]), log };
    takeIn = createTakeIn(ports, () => {
      pokes += 1;
    });
  });

  const kept = async (): Promise<number> => (await database.pool.query('SELECT count(*)::int AS n FROM inbox')).rows[0].n as number;

  test('a message is new once and seen ever after; only what is new wakes the workers', async () => {
    expect(await takeIn.take(message('a'))).toBe('new');
    expect(await takeIn.take(message('a'))).toBe('seen');
    expect(pokes).toBe(1);
  });

  test('no more than four thousand wait: the next one is turned away at once, and all that waited are kept', async () => {
    const { taken, turnedAway } = await inboxHeld(database.pool, async () => {
      const taken = Array.from({ length: 4_065 }, (_, i) => takeIn.take(message(`m${i}`)));
      return { taken, turnedAway: takeIn.take(message('late')).catch((cause: unknown) => cause) };
    });
    expect(await turnedAway).toBeInstanceOf(Overloaded);
    expect(new Set(await Promise.all(taken))).toEqual(new Set(['new']));
    expect(await kept()).toBe(4_065);
    expect(lines.filter((line) => line.startsWith('intake'))).toEqual([
      'intake is overloaded and turns messages away',
      'intake keeps up again',
    ]);
    expect(await takeIn.take(message('late'))).toBe('new');
  });

  test('long messages fill the room sooner: eight million characters wait and no more', async () => {
    const { first, taken, turnedAway } = await inboxHeld(database.pool, async () => {
      const first = takeIn.take(message('first'));
      const taken = Array.from({ length: 60 }, (_, i) => takeIn.take(message(`m${i}`, { text: '长'.repeat(130_000) })));
      const turnedAway = takeIn.take(message('late', { text: '长'.repeat(200_001) })).catch((cause: unknown) => cause);
      return { first, taken: [...taken, takeIn.take(message('short'))], turnedAway };
    });
    expect(await turnedAway).toBeInstanceOf(Overloaded);
    expect(new Set(await Promise.all([first, ...taken]))).toEqual(new Set(['new']));
    expect(await kept()).toBe(62);
  });

  test('what nobody waits for any more when its turn comes is dropped, not stored behind his back', async () => {
    const { first, dropped, wanted } = await inboxHeld(database.pool, async () => ({
      first: takeIn.take(message('first')),
      dropped: takeIn.take(message('dropped'), () => false).catch((cause: unknown) => cause),
      wanted: takeIn.take(message('wanted')),
    }));
    expect([await first, await wanted]).toEqual(['new', 'new']);
    expect(await dropped).toBeInstanceOf(Overloaded);
    const { rows } = await database.pool.query('SELECT dedupe_key FROM inbox ORDER BY id');
    expect(rows.map((row) => row.dedupe_key)).toEqual(['first', 'wanted']);
  });

  test('marks of state secrets leave a stub without a word of it, also in what is quoted', async () => {
    await takeIn.take(message('a', { text: '机密★一年 某地' }));
    await takeIn.take(message('b', { text: '请看', quote: '绝密 某地' }));
    const { rows } = await database.pool.query('SELECT meta, vault_id FROM inbox');
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ meta: { is: 'stopped', why: 'state_secret' }, vault_id: null })));
    expect((await database.pool.query('SELECT FROM vault')).rowCount).toBe(0);
  });

  test('what somebody chose on a card is kept with the press', async () => {
    const content = { is: 'click', key: 'send', choices: { groups: ['coord', 'site'], day: [] } } as const;
    await takeIn.take({ ...message('a'), content });
    expect((await database.pool.query('SELECT meta FROM inbox')).rows).toEqual([{ meta: content }]);
  });
});

function message(dedupeKey: string, words: { readonly text?: string; readonly quote?: string } = {}): Inbound {
  return {
    tenant: 'city',
    source: 'app',
    dedupeKey,
    chat: { id: 'app:zhangsan', kind: 'single' },
    account: 'zhangsan',
    sentAt: T,
    content: { is: 'text', text: words.text ?? '商场有人聚集', quote: words.quote ?? null },
    ticket: null,
  };
}
