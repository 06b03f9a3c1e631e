/** Messages to single people that say the same go in one call (dossier 3.3, 3.8): the platform takes many people at a time and counts calls. */
import type { Pace } from '../../ports/clock';
import type { SendResult } from '../../ports/platform';

/** How it ended for each person. */
export type Ends = ReadonlyMap<string, SendResult>;
/**
 * Sends one message to several people and says for each how it ended. `take` names them and is called once, when the call is about to be
 * made, so that people join while it stands in line. A single result: the call was not made. Never throws.
 */
export type SendToMany = (body: string, those: Those, urgent: boolean, stop: AbortSignal) => Promise<Ends | SendResult>;
/** Who is to be told: `share` says how much of a call they fill by now, from 0 to 1. */
export interface Those {
  take(): readonly string[];
  share(): number;
}

/** Those who are told the same at the same time ask within this time of each other. */
const TOGETHER_MS = 30;
/** A call is not cut off by one of those who wait for it: for the others it may have reached the platform. */
const CALL_LIMIT_MS = 10_000;

interface Seat {
  readonly userid: string;
  readonly resolve: (end: SendResult) => void;
}

/** People who wait for the same bytes, and how many calls stand in line for them. */
interface Pool {
  readonly body: string;
  readonly urgent: boolean;
  seats: readonly Seat[];
  lines: number;
}

/** Joins calls with the same bytes, at most `most` people in each; each caller gets the end of its own person. Whoever stops waiting hears that the end is unknown. */
export function createBatches(
  pace: Pace,
  most: number,
  send: SendToMany,
): (body: string, to: { readonly userid: string; readonly urgent: boolean }, stop: AbortSignal) => Promise<SendResult> {
  const pools = new Map<string, Pool>();

  const poolOf = (body: string, urgent: boolean): Pool => {
    const key = `${urgent} ${body}`;
    const pool = pools.get(key) ?? { body, urgent, seats: [], lines: 0 };
    pools.set(key, pool);
    return pool;
  };
  const leave = (pool: Pool, seats: readonly Seat[]): readonly Seat[] => {
    pool.seats = pool.seats.filter((seat) => !seats.includes(seat));
    if (pool.seats.length === 0 && pool.lines === 0) pools.delete(`${pool.urgent} ${pool.body}`);
    return seats;
  };
  const line = async (pool: Pool): Promise<void> => {
    pool.lines += 1;
    await pace.sleep(TOGETHER_MS);
    let inCall: readonly Seat[] | null = null;
    const take = (): readonly string[] => {
      pool.lines -= 1;
      inCall = leave(pool, firstOf(pool.seats, most));
      return inCall.map(({ userid }) => userid);
    };
    const share = () => Math.min(most, Math.max(1, pool.seats.length - (pool.lines - 1) * most)) / most;
    const ends = await withinLimit(pace, (stop) => send(pool.body, { take, share }, pool.urgent, stop));
    if (inCall === null) pool.lines -= 1;
    const answered = inCall ?? leave(pool, pool.seats.slice(pool.lines * most));
    for (const { userid, resolve } of answered) resolve('is' in ends ? ends : (ends.get(userid) ?? { is: 'unknown', what: 'not_named' }));
    if (pool.seats.length > pool.lines * most) void line(pool);
  };
  return (body, { userid, urgent }, stop) =>
    new Promise((resolve) => {
      const onStop = () => resolve({ is: 'unknown', what: 'stopped' });
      stop.addEventListener('abort', onStop, { once: true });
      const pool = poolOf(body, urgent);
      const seat: Seat = {
        userid,
        resolve: (end) => {
          stop.removeEventListener('abort', onStop);
          resolve(end);
        },
      };
      pool.seats = [...pool.seats, seat];
      if (pool.seats.length > pool.lines * most) void line(pool);
    });
}

/** The first of those who wait, nobody twice. */
function firstOf(seats: readonly Seat[], most: number): readonly Seat[] {
  const people = new Map<string, Seat>();
  for (const seat of seats) if (people.size < most && !people.has(seat.userid)) people.set(seat.userid, seat);
  return [...people.values()];
}

async function withinLimit<T>(pace: Pace, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const ended = new AbortController();
  const abort = () => limit.abort();
  void pace.sleep(CALL_LIMIT_MS, ended.signal).then(abort, abort);
  return work(limit.signal).finally(() => ended.abort());
}
