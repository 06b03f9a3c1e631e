/** What a room is spared, and what it never is. */
import { expect, test } from '@jest/globals';
import { quietUntil, ROOM_CAP } from '../../../src/jobs/send/quiet';

const at = (time: string): number => Date.parse(`2026-08-01T${time}:00+08:00`);
const NOON = at('12:00');
const FULL = Array.from({ length: ROOM_CAP }, (_, i) => NOON - 3_000_000 + i * 45_000);
const notice = (some: object = {}) => ({
  ...{ addressee: 'room:duty', lane: 2, intent: { urgency: 'normal' }, notBefore: NOON, state: 'queued' as const },
  ...some,
});

test('one post more than the cap of an hour waits until the first of them is an hour old', () => {
  expect(quietUntil(notice(), FULL.slice(1), NOON)).toBeNull();
  expect(quietUntil(notice(), FULL, NOON)).toEqual({ until: NOON - 3_000_000 + 3_600_000, why: 'room_cap' });
  expect(quietUntil(notice({ intent: { urgency: 'quiet' }, state: 'held', notBefore: at('08:30') }), FULL, NOON)?.why).toBe('room_cap');
});

test('a page, an answer, a private message and what is never to be held are never held', () => {
  for (const some of [{ lane: 0 }, { lane: 1 }, { addressee: 'person:duty1' }, { intent: { urgency: 'never_hold' } }])
    expect(quietUntil(notice(some), FULL, NOON)).toBeNull();
});

test('a quiet matter waits for the next digest, and goes out with it', () => {
  const quiet = { intent: { urgency: 'quiet' } };
  expect(quietUntil(notice(quiet), [], NOON)).toEqual({ until: at('17:30'), why: 'quiet' });
  expect(quietUntil(notice(quiet), [], at('07:00'))).toEqual({ until: at('08:30'), why: 'quiet' });
  expect(quietUntil(notice({ ...quiet, state: 'held', notBefore: at('17:30') }), [], at('17:30'))).toBeNull();
});

test('what says nothing of its urgency is as usual', () => {
  expect(quietUntil(notice({ intent: {} }), [], NOON)).toBeNull();
  expect(quietUntil(notice({ intent: {} }), FULL, NOON)?.why).toBe('room_cap');
});
