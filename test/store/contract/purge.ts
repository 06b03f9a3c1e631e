/** Contract: personal data are erased by incident and in batches, and nothing else is. */
import { expect, test } from '@jest/globals';
import { change, inside, listedRow, type Make, opened, T, withStore } from './builders';

const KEPT = ['retention'];
const text = (id: string, kind = 'reason') => ({ id, kind, salt: `salt of ${id}`, body: `words of ${id}`, commitment: `hash of ${id}` });

export function describePurge(make: Make): void {
  test(
    'an incident is due once its moment has come and while words are left, those kept on purpose aside',
    withStore(make, async (store) => {
      for (const [id, n, purgeAfter] of [
        ['s1', 1, T + 10],
        ['s2', 2, T],
        ['s3', 3, null],
      ] as const) {
        await opened(store, id);
        await inside(store, (tx) =>
          tx.write(change(id, 1, { texts: [text(`${id}-a`), text(`${id}-b`, 'retention')], incident: listedRow({ n, purgeAfter }) })),
        );
      }
      expect(await store.purgesDue(KEPT, T - 1, 9)).toEqual([]);
      expect(await store.purgesDue(KEPT, T + 10, 9)).toEqual(['s2', 's1']);
      expect(await store.purgesDue(KEPT, T + 10, 1)).toEqual(['s2']);
      expect(await inside(store, (tx) => tx.erase('s2', KEPT, T + 10, 9))).toEqual({ texts: 1, messages: 0, payloads: 0 });
      expect(await store.purgesDue(KEPT, T + 10, 9)).toEqual(['s1']);
    }),
  );

  test(
    'what is erased cannot be read any more, in batches, and only of this incident',
    withStore(make, async (store) => {
      for (const [id, n] of [
        ['s1', 1],
        ['s2', 2],
      ] as const) {
        await opened(store, id);
        const texts = [text(`${id}-a`), text(`${id}-b`), text(`${id}-c`, 'retention')];
        await inside(store, (tx) => tx.write(change(id, 1, { texts, incident: listedRow({ n, purgeAfter: T }) })));
      }
      const erased = (): Promise<unknown> => inside(store, (tx) => tx.erase('s1', KEPT, T, 1));
      expect([await erased(), await erased(), await erased()]).toEqual([
        { texts: 1, messages: 0, payloads: 0 },
        { texts: 1, messages: 0, payloads: 0 },
        { texts: 0, messages: 0, payloads: 0 },
      ]);
      const left = await inside(store, (tx) => tx.texts(['s1-a', 's1-b', 's1-c', 's2-a', 's2-b']));
      expect([...left.keys()].sort()).toEqual(['s1-c', 's2-a', 's2-b']);
    }),
  );

  test(
    'a purge that is rolled back has erased nothing',
    withStore(make, async (store) => {
      await opened(store, 's1');
      await inside(store, (tx) => tx.write(change('s1', 1, { texts: [text('a')], incident: listedRow({ purgeAfter: T }) })));
      const failed = inside(store, async (tx) => {
        await tx.erase('s1', KEPT, T, 9);
        throw new Error('power cut');
      });
      await expect(failed).rejects.toThrow('power cut');
      expect(await inside(store, (tx) => tx.texts(['a']))).toEqual(new Map([['a', 'words of a']]));
    }),
  );
}
