/** Whoever is to be called is served before what is only told, and nobody waits for ever. */
import { expect, test } from '@jest/globals';
import { createTurns } from '../../../src/jobs/send/turns';

const MOST = 5;

test('a call to a person in need is the next to begin, whatever has waited before it', async () => {
  const room = roomOf(MOST);
  for (let i = 0; i < 8; i++) room.ask(`notice${i}`, false);
  room.ask('call', true);
  await room.settled();
  await room.end('notice0');
  expect(room.begun.slice(MOST)).toEqual(['call']);
});

test('beside a call one notice alone goes on, and the others follow as soon as it is over', async () => {
  const room = roomOf(MOST);
  room.ask('call', true);
  for (let i = 0; i < 4; i++) room.ask(`notice${i}`, false);
  await room.settled();
  expect(room.begun).toEqual(['call', 'notice0']);
  await room.end('notice0');
  expect(room.begun).toEqual(['call', 'notice0', 'notice1']);
  await room.end('call');
  expect(room.begun).toEqual(['call', 'notice0', 'notice1', 'notice2', 'notice3']);
});

test('calls without end leave one place to what is only told', async () => {
  const room = roomOf(MOST);
  for (let i = 0; i < 20; i++) room.ask(`call${i}`, true);
  room.ask('notice', false);
  await room.settled();
  expect(room.begun).toEqual(['call0', 'call1', 'call2', 'call3', 'notice']);
  await room.end('notice');
  expect(room.begun).toHaveLength(MOST);
});

test('work that fails gives its place back', async () => {
  const inTurn = createTurns(2);
  for (let i = 0; i < 4; i++) await expect(inTurn(i % 2 === 0, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(inTurn(false, async () => 'served')).resolves.toBe('served');
});

/** What has begun, in order, and who ends it. */
function roomOf(most: number) {
  const inTurn = createTurns(most);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const settled = (): Promise<void> => new Promise((soon) => setImmediate(soon));
  const ask = (name: string, isUrgent: boolean): void => {
    void inTurn(isUrgent, () => {
      begun.push(name);
      return new Promise<void>((end) => ends.set(name, end));
    });
  };
  const end = (name: string): Promise<void> => {
    ends.get(name)?.();
    return settled();
  };
  return { begun, ask, end, settled };
}
