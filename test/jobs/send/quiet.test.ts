/** What a room is spared, and what it never is. */
import { expect, test } from '@jest/globals';
import { quietUntil, sparedRoom } from '../../../src/jobs/send/quiet';

const at = (time: string): number => Date.parse(`2026-08-01T${time}:00+08:00`);
const NOON = at('12:00');
const CAP = 20;
/** As many as notices may take of the cap. */
const FULL = Array.from({ length: 15 }, (_, i) => NOON - 3_000_000 + i * 180_000);
const notice = (some: object = {}) => ({
  ...{ addressee: 'room:duty', lane: 2, intent: { urgency: 'normal' }, notBefore: NOON, state: 'queued' as const },
  ...some,
});

test('a notice beyond three quarters of the cap waits until the first of them is an hour old', () => {
  expect(quietUntil(notice(), FULL.slice(1), NOON, CAP)).toBeNull();
  expect(quietUntil(notice(), FULL, NOON, CAP)).toEqual({ until: NOON - 3_000_000 + 3_600_000, why: 'room_cap' });
  expect(quietUntil(notice(), [NOON - 3_400_000, ...FULL], NOON, CAP)?.until).toBe(NOON - 3_000_000 + 3_600_000);
  expect(quietUntil(notice({ intent: { urgency: 'quiet' }, state: 'held', notBefore: at('08:30') }), FULL, NOON, CAP)?.why).toBe(
    'room_cap',
  );
});

test('an office that sets no cap has sixty messages an hour, of which notices take forty-five', () => {
  const posts = Array.from({ length: 45 }, (_, i) => NOON - 50_000 + i);
  expect(quietUntil(notice(), posts, NOON)?.why).toBe('room_cap');
  expect(quietUntil(notice(), posts.slice(1), NOON)).toBeNull();
});

test('a page, an answer, a private message and what is never to be held are never held', () => {
  for (const some of [{ lane: 0 }, { lane: 1 }, { addressee: 'person:duty1' }, { intent: { urgency: 'never_hold' } }])
    expect(sparedRoom(notice(some))).toBeNull();
  expect(sparedRoom(notice())).toBe('duty');
  expect(sparedRoom(notice({ lane: 3, intent: { urgency: 'quiet' } }))).toBe('duty');
});

test('a quiet matter waits for the next digest, and goes out with it', () => {
  const quiet = { intent: { urgency: 'quiet' } };
  expect(quietUntil(notice(quiet), [], NOON)).toEqual({ until: at('17:30'), why: 'quiet' });
  expect(quietUntil(notice(quiet), [], at('07:00'))).toEqual({ until: at('08:30'), why: 'quiet' });
  expect(quietUntil(notice({ ...quiet, state: 'held', notBefore: at('17:30') }), [], at('17:30'))).toBeNull();
});

test('what says nothing of its urgency is as usual', () => {
  expect(sparedRoom(notice({ intent: {} }))).toBe('duty');
  expect(quietUntil(notice({ intent: {} }), [], NOON)).toBeNull();
  expect(quietUntil(notice({ intent: {} }), FULL, NOON, CAP)?.why).toBe('room_cap');
});
