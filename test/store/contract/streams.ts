/** Contract: streams, their numbers, events, deadlines, and the texts and rulebooks they point to. */
import { expect, test } from '@jest/globals';
import type { StoredEvent } from '../../../src/ports/streams';
import { change, deadline, event, inside, listedRow, type Make, opened, T, withStore } from './builders';

const MANY = 10_000;

export function describeStreams(make: Make): void {
  test(
    'incidents are numbered without gaps, drills apart from real ones',
    withStore(make, async (store) => {
      expect((await opened(store, 's1')).n).toBe(1);
      const failed = inside(store, async (tx) => {
        await tx.openStream('incident', 'real', 'lost', 'book');
        throw new Error('power cut');
      });
      await expect(failed).rejects.toThrow('power cut');
      expect((await opened(store, 's2')).n).toBe(2);
      const drill = await inside(store, (tx) => tx.openStream('incident', 'drill', 'd1', 'book'));
      expect(drill).toMatchObject({
        n: 1,
        mode: 'drill',
        version: 0,
        headHash: '',
        state: null,
        stateV: 0,
        rulebook: 'book',
        status: 'new',
      });
      expect(await inside(store, (tx) => tx.streamByN('incident', 2, 'real'))).toBe('s2');
      expect(await inside(store, (tx) => tx.streamByN('incident', 2, 'drill'))).toBeNull();
    }),
  );

  test(
    'a stream reads back as it was written last',
    withStore(make, async (store) => {
      await opened(store, 's1');
      await inside(store, (tx) =>
        tx.write(change('s1', 1, { state: { level: 2, note: '改级' }, stateV: 7, status: 'active', headHash: 'h2' })),
      );
      const row = {
        id: 's1',
        kind: 'incident',
        mode: 'real',
        n: 1,
        version: 2,
        headHash: 'h2',
        state: { level: 2, note: '改级' },
        stateV: 7,
        rulebook: 'book',
        status: 'active',
      };
      expect(await inside(store, (tx) => tx.stream('s1'))).toEqual(row);
      expect(await inside(store, (tx) => tx.peek('s1'))).toEqual(row);
      expect(await inside(store, (tx) => tx.stream('none'))).toBeNull();
      expect(await inside(store, (tx) => tx.peek('none'))).toBeNull();
    }),
  );

  test(
    'a writing that starts from an old version is refused and leaves nothing behind',
    withStore(make, async (store) => {
      await opened(store, 's1');
      const stale = inside(store, (tx) => tx.write(change('s1', 0, { deadlines: [deadline({ nextAt: T })] })));
      await expect(stale).rejects.toMatchObject({ retryable: false });
      expect((await inside(store, (tx) => tx.peek('s1')))?.version).toBe(1);
      expect(await store.waiting('due', T, 10, null)).toEqual([]);
    }),
  );

  test(
    'ten thousand events read back page by page, in order and byte for byte, and no other stream among them',
    withStore(make, async (store) => {
      const written = Array.from({ length: MANY }, (_, i) => event(i + 1));
      await inside(store, async (tx) => {
        for (const id of ['s0', 's1', 's2']) await tx.openStream('incident', 'real', id, 'book');
        await tx.write(change('s0', 0));
        await tx.write(change('s1', 0, { events: [...written].reverse() }));
        await tx.write(change('s2', 0));
      });
      const read: StoredEvent[] = [];
      for (let more = true; more; ) {
        const page = await inside(store, (tx) => tx.events('s1', read.length, 700));
        expect(page.length).toBeLessThanOrEqual(700);
        read.push(...page);
        more = page.length > 0;
      }
      expect(read).toEqual(written);
      expect(await inside(store, (tx) => tx.events('s1', MANY - 1, 5))).toEqual([event(MANY)]);
      expect(await inside(store, (tx) => tx.events('none', 0, 5))).toEqual([]);
    }),
  );

  test(
    'events of a transaction are read in it, and by nobody else before its end',
    withStore(make, async (store) => {
      await opened(store, 's1');
      await inside(store, async (tx) => {
        await tx.write(change('s1', 1));
        expect(await tx.events('s1', 0, 5)).toEqual([event(1), event(2)]);
        expect(await inside(store, (other) => other.events('s1', 0, 5))).toEqual([event(1)]);
      });
    }),
  );

  test(
    'the bot finds the incidents that are still going on, oldest first',
    withStore(make, async (store) => {
      await opened(store, 'b', { status: 'active' });
      await opened(store, 'a', { status: 'reported', stateV: 7 });
      await opened(store, 'c', { status: 'archived' });
      const found = await inside(store, (tx) => tx.streamsNotIn('incident', ['archived', 'unfounded']));
      expect(found).toEqual([
        { id: 'b', n: 1, stateV: 1 },
        { id: 'a', n: 2, stateV: 7 },
      ]);
      expect(await inside(store, (tx) => tx.streamsNotIn('incident', ['archived', 'active', 'reported']))).toEqual([]);
    }),
  );

  test(
    'shifts and registers have numbers of their own, and the newest of each is found',
    withStore(make, async (store) => {
      await opened(store, 's1');
      const [first, second, entry] = await inside(store, async (tx) => [
        await tx.openStream('duty', 'real', 'd1', 'book'),
        await tx.openStream('duty', 'real', 'd2', 'book'),
        await tx.openStream('register', 'real', 'r1', 'book'),
      ]);
      expect([first?.n, second?.n, entry?.n]).toEqual([1, 2, 1]);
      await inside(store, async (tx) => {
        expect(await tx.newestStream('duty', 'real')).toBe('d2');
        expect(await tx.newestStream('duty', 'drill')).toBeNull();
        expect(await tx.streamByN('duty', 1, 'real')).toBe('d1');
        expect(await tx.streamByN('register', 2, 'real')).toBeNull();
        expect((await tx.streamsNotIn('duty', ['closed'])).map((row) => row.id)).toEqual(['d1', 'd2']);
      });
    }),
  );

  test(
    'of two who open the same stream at once one loses, looks again and finds it open',
    withStore(make, async (store) => {
      let runs = 0;
      const open = () =>
        inside(store, async (tx) => {
          runs += 1;
          const found = await tx.newestStream('duty', 'real');
          if (found !== null) return found;
          return (await tx.openStream('duty', 'real', 'shift-1', 'book')).id;
        });
      expect(await Promise.all([open(), open()])).toEqual(['shift-1', 'shift-1']);
      expect(runs).toBeGreaterThanOrEqual(2);
      expect(await inside(store, (tx) => tx.streamsNotIn('duty', []))).toHaveLength(1);
    }),
  );

  test(
    'incidents of the last hours are found, the newest first, without those that have ended and without drills',
    withStore(make, async (store) => {
      await inside(store, async (tx) => {
        for (const [id, over] of [
          ['old', { receivedAt: T - 1 }],
          ['first', { receivedAt: T }],
          ['second', { receivedAt: T + 1 }],
          ['nowhere', { receivedAt: T + 2, county: null }],
          ['over', { receivedAt: T + 3, status: 'dismissed' }],
        ] as const) {
          const { n } = await tx.openStream('incident', 'real', id, 'book');
          await tx.write(change(id, 0, { incident: listedRow({ n, ...over }) }));
        }
        await tx.openStream('incident', 'drill', 'drill', 'book');
        await tx.write(change('drill', 0, { incident: listedRow({ mode: 'drill', receivedAt: T + 3 }) }));
      });
      const since = (limit: number, county: string | null) =>
        inside(store, (tx) => tx.incidentsSince({ mode: 'real', since: T, statuses: ['dismissed'], county }, limit));
      expect(await since(10, null)).toEqual(['nowhere', 'second', 'first']);
      expect(await since(1, null)).toEqual(['nowhere']);
      expect(await since(10, 'hubin')).toEqual(['nowhere', 'second', 'first']);
      expect(await since(10, 'lushi')).toEqual(['nowhere']);
    }),
  );

  test(
    'the log of a shift finds what people did in incidents within its hours, and nothing of the clock or of other streams',
    withStore(make, async (store) => {
      const at = (version: number, moment: number, actor: string | null) => ({ ...event(version), at: moment, actor });
      await inside(store, async (tx) => {
        await tx.openStream('incident', 'real', 'i1', 'book');
        await tx.openStream('incident', 'drill', 'x1', 'book');
        await tx.openStream('duty', 'real', 'd1', 'book');
        await tx.write(
          change('i1', 0, { events: [at(1, T - 1, 'duty1'), at(2, T, 'duty1'), at(3, T + 5, null), at(4, T + 10, 'leader1')] }),
        );
        await tx.write(change('x1', 0, { events: [at(1, T, 'duty1')], incident: listedRow({ mode: 'drill' }) }));
        await tx.write(change('d1', 0, { events: [at(1, T, 'duty1')], incident: null }));
      });
      const acts = await inside(store, (tx) => tx.incidentActs('real', { from: T, until: T + 10 }, 10));
      expect(acts).toEqual([{ n: 1, version: 2, type: 'Reported', at: T, actor: 'duty1' }]);
      const both = await inside(store, (tx) => tx.incidentActs('real', { from: T, until: T + 11 }, 1));
      expect(both.map((act) => act.version)).toEqual([2]);
    }),
  );

  test(
    'shifts of the roster are replaced as a whole, and a failed transaction leaves them as they were',
    withStore(make, async (store) => {
      const shift = { person: 'duty1', role: 'duty_officer' as const, from: T, until: null };
      await inside(store, async (tx) => {
        expect(await tx.shifts()).toEqual([]);
        await tx.replaceShifts([shift, { ...shift, person: 'duty2', until: T + 60_000 }]);
      });
      const failed = inside(store, async (tx) => {
        await tx.shifts();
        await tx.replaceShifts([]);
        throw new Error('power cut');
      });
      await expect(failed).rejects.toThrow('power cut');
      expect(await inside(store, (tx) => tx.shifts())).toEqual([shift, { ...shift, person: 'duty2', until: T + 60_000 }]);
    }),
  );

  test(
    'the earliest ring comes first, and all rings of one incident due now come together',
    withStore(make, async (store) => {
      const late = deadline({ key: 'b', nextAt: T + 50 });
      const early = deadline({ key: 'a', nextAt: T + 20 });
      await opened(store, 's1', {
        deadlines: [late, early, deadline({ key: 'c', nextAt: T + 1000 }), deadline({ key: 'd', nextAt: null })],
      });
      await opened(store, 's2', { deadlines: [deadline({ nextAt: T + 10 }), deadline({ key: 'met', nextAt: T, status: 'met' })] });
      expect(await store.waiting('due', T + 9, 10, null)).toEqual([]);
      expect(await store.waiting('due', T + 50, 10, null)).toEqual(['s2', 's1']);
      expect(await store.waiting('due', T + 50, 1, null)).toEqual(['s2']);
      expect(await inside(store, (tx) => tx.ringing('s1', T + 50))).toEqual([early, late]);
      expect(await store.nextMoment(null)).toBe(T + 10);
    }),
  );

  test(
    'a deadline moves only when it is named',
    withStore(make, async (store) => {
      const kept = deadline({ key: 'kept', nextAt: T + 5 });
      await opened(store, 's1', { deadlines: [kept, deadline({ nextAt: T + 1 })] });
      await inside(store, (tx) =>
        tx.write(change('s1', 1, { deadlines: [deadline({ nextAt: null, stage: 3, status: 'met', why: '已研判' })] })),
      );
      expect(await inside(store, (tx) => tx.ringing('s1', T + 10))).toEqual([kept]);
    }),
  );

  test(
    'where all deadlines are named, any other that is open is void, and what is over stays as it was',
    withStore(make, async (store) => {
      const kept = deadline({ key: 'kept', nextAt: T + 5 });
      await opened(store, 's1', { deadlines: [kept, deadline({ key: 'gone', nextAt: T + 1 })] });
      await opened(store, 's2', { deadlines: [deadline({ key: 'gone', nextAt: T + 2 })] });
      await inside(store, (tx) => tx.write(change('s1', 1, { deadlines: [kept], allDeadlines: true })));
      expect(await inside(store, (tx) => tx.ringing('s1', T + 10))).toEqual([kept]);
      expect(await inside(store, (tx) => tx.ringing('s2', T + 10))).toHaveLength(1);
      await inside(store, (tx) => tx.write(change('s1', 2, { allDeadlines: true })));
      expect(await inside(store, (tx) => tx.ringing('s1', T + 10))).toEqual([]);
      expect(await store.waiting('due', T + 10, 10, null)).toEqual(['s2']);
      expect(await store.nextMoment(null)).toBe(T + 2);
    }),
  );

  test(
    'words of people are kept apart and read by their id',
    withStore(make, async (store) => {
      const text = { id: 't1', kind: 'report', salt: 's', body: '三人受伤 \ud83d\ude92', commitment: 'c' };
      await opened(store, 's1', { texts: [text], incident: listedRow() });
      const found = await inside(store, (tx) => tx.texts(['t1', 'unknown']));
      expect([...found]).toEqual([['t1', '三人受伤 \ud83d\ude92']]);
      expect((await inside(store, (tx) => tx.texts([]))).size).toBe(0);
    }),
  );

  test(
    'an incident keeps the rulebook it was opened with',
    withStore(make, async (store) => {
      const book = { hash: 'book', packId: 'consumer', version: '1', pack: 'pack: 1', profile: 'profile: 1', at: T };
      await store.saveRulebook(book);
      await store.saveRulebook({ ...book, pack: 'pack: edited' });
      expect(await inside(store, (tx) => tx.rulebook('book'))).toEqual({ pack: 'pack: 1', profile: 'profile: 1' });
      expect(await inside(store, (tx) => tx.rulebook('other'))).toBeNull();
    }),
  );
}
