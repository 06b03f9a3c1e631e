/** Stored events read in the shape of today. */
import { expect, test } from '@jest/globals';
import type { IncidentEvent } from '../../src/core/incident/events';
import { upcast } from '../../src/core/incident/upcast';
import { type LiftTable, type StoredBody, upcaster } from '../../src/core/upcast';
import { levelSet, reported, words } from './past';

type Told = { type: 'Told'; v: 3; words: string; times: number } | { type: 'Ended'; v: 1 };
const table: LiftTable<Told> = {
  Told: [({ said, ...rest }) => ({ ...rest, words: said }), (body) => ({ ...body, times: String(body.words).length })],
};
const read = upcaster<Told>((type) => ['Told', 'Ended'].includes(type), table);

test('an event of the first days passes through every shape it has had since', () => {
  const first: StoredBody = { type: 'Told', v: 1, said: 'abc' };
  const second: StoredBody = { type: 'Told', v: 2, words: 'ab' };
  expect(read(first)).toEqual({ type: 'Told', v: 3, words: 'abc', times: 3 });
  expect(read(second)).toEqual({ type: 'Told', v: 3, words: 'ab', times: 2 });
});

test('an event in the shape of today is read as it stands', () => {
  const told = { type: 'Told', v: 3, words: 'a', times: 9 };
  expect(read(told)).toBe(told);
});

test.each([
  ['an event nobody here knows', { type: 'Sung', v: 1 }],
  ['an event called like a part of every object', { type: 'constructor', v: 1 }],
  ['the next version of a known event', { type: 'Told', v: 4 }],
  ['the next version of an event that never changed', { type: 'Ended', v: 2 }],
  ['a version before the first', { type: 'Told', v: 0 }],
  ['half a version', { type: 'Told', v: 1.5 }],
])('%s is not guessed at', (_what, body) => {
  expect(read(body)).toBeNull();
});

test.each([
  ['LevelSet', 'confirmed', 'confirmed_by_us'],
  ['LevelSet', 'proposed', 'proposed'],
  ['LevelChanged', 'confirmed', 'confirmed_by_us'],
  ['LevelChanged', 'proposed', 'proposed'],
])('%s that was %s at first reads %s today, and nothing else of it changes', (type, status, now) => {
  const old = { type, v: 1, rank: 3, status, by: 'director', conversation: 'c', reason: words('why') };
  expect(upcast(old)).toEqual({ ...old, v: 2, status: now });
});

test('what is stored is left as it was', () => {
  const old = Object.freeze({ type: 'LevelSet', v: 1, status: 'confirmed' });
  upcast(old);
  expect(old).toEqual({ type: 'LevelSet', v: 1, status: 'confirmed' });
});

test.each([reported().event, levelSet(3).event])('$type of today is read as it stands', (event: IncidentEvent) => {
  expect(upcast(event)).toBe(event);
  expect(upcast({ ...event, v: event.v + 1 })).toBeNull();
});
