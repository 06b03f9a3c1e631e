/** Messages to single people that say the same go in one call (dossier 3.3, 3.8): the platform takes many people at a time and counts calls. */
import type { Pace } from '../../ports/clock';
import type { SendResult } from '../../ports/platform';

/** How it ended for each person. */
export type Ends = ReadonlyMap<string, SendResult>;
/** Sends one message to several people and says for each how it ended. Never throws. */
export type SendToMany = (body: string, userids: readonly string[], urgent: boolean, stop: AbortSignal) => Promise<Ends>;

/** Those who are told the same at the same time ask within this time of each other. */
const TOGETHER_MS = 30;
/** The call itself is not cut off by one of those who wait for it: for the others it may have reached the platform. */
const CALL_LIMIT_MS = 10_000;

interface Seat {
  readonly userid: string;
  readonly resolve: (end: SendResult) => void;
}
interface Open {
  readonly seats: Seat[];
  urgent: boolean;
  hasLeft: boolean;
}

/** Joins calls with the same bytes, at most `most` people in each; each caller gets the end of its own person. Whoever stops waiting hears that the end is unknown. */
export function createBatches(
  pace: Pace,
  most: number,
  send: SendToMany,
): (body: string, to: { readonly userid: string; readonly urgent: boolean }, stop: AbortSignal) => Promise<SendResult> {
  const open = new Map<string, Open>();

  const leave = async (body: string, batch: Open): Promise<void> => {
    if (batch.hasLeft) return;
    batch.hasLeft = true;
    if (open.get(body) === batch) open.delete(body);
    const limit = new AbortController();
    const ended = new AbortController();
    const abort = () => limit.abort();
    void pace.sleep(CALL_LIMIT_MS, ended.signal).then(abort, abort);
    const userids = batch.seats.map(({ userid }) => userid);
    const ends = await send(body, userids, batch.urgent, limit.signal);
    ended.abort();
    for (const { userid, resolve } of batch.seats) resolve(ends.get(userid) ?? { is: 'unknown', what: 'not_named' });
  };
  const seat = (body: string, userid: string, urgent: boolean, resolve: Seat['resolve']): void => {
    const had = open.get(body);
    const fits = had !== undefined && !had.seats.some((one) => one.userid === userid);
    const batch: Open = fits ? had : { seats: [], urgent: false, hasLeft: false };
    batch.seats.push({ userid, resolve });
    batch.urgent ||= urgent;
    if (batch !== had) {
      open.set(body, batch);
      void pace.sleep(TOGETHER_MS).then(() => leave(body, batch));
    }
    if (batch.seats.length === most) void leave(body, batch);
  };
  return (body, { userid, urgent }, stop) =>
    new Promise((resolve) => {
      const onStop = () => resolve({ is: 'unknown', what: 'stopped' });
      stop.addEventListener('abort', onStop, { once: true });
      seat(body, userid, urgent, (end) => {
        stop.removeEventListener('abort', onStop);
        resolve(end);
      });
    });
}
