/** The load generator, in a process of its own: a given number of callbacks over connections that stay open, one at a time on each. */
import type { Socket } from 'node:net';
import { answerParent } from '../child';
import { exchangeOn, open, requestOf } from './wire';

export interface Load {
  /** Address of the callback. */
  readonly url: string;
  /** Number of the first message; every number is a message of its own. */
  readonly first: number;
  readonly count: number;
  readonly connections: number;
}

export interface Answers {
  readonly seconds: number;
  /** How many answers bore each status; 0 stands for a connection that broke. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds from sending a callback to its answer, shortest first. */
  readonly waits: readonly number[];
}

/** Makes all requests first, so that encrypting them is not measured. */
async function run({ url, first, count, connections }: Load): Promise<Answers> {
  const target = new URL(url);
  const seconds = Math.floor(Date.now() / 1000);
  const requests = Array.from({ length: count }, (_, i) => requestOf(target, first + i, seconds));
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(target)));
  const statuses: Record<number, number> = {};
  const waits: number[] = [];
  let next = 0;
  const work = async (socket: Socket): Promise<void> => {
    const exchange = exchangeOn(socket);
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const begun = performance.now();
      const status = await exchange(request);
      waits.push(performance.now() - begun);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    socket.destroy();
  };
  const begun = performance.now();
  await Promise.all(sockets.map(work));
  return { seconds: (performance.now() - begun) / 1000, statuses, waits: waits.sort((a, b) => a - b) };
}

answerParent<Load, Answers>(run);
