/** The flood, in a process of its own: callbacks at a given rate, come what may, each on a connection that is free or a new one. */
import type { Socket } from 'node:net';
import { MOST_CONNECTIONS } from '../../src/wiring/listening';
import { answerParent } from '../child';
import { exchangeOn, open, requestOf } from '../intake/wire';

export interface Flood {
  readonly url: string;
  readonly first: number;
  /** Callbacks a second, and for how long. */
  readonly rate: number;
  readonly seconds: number;
}

export interface Endured {
  /** Answers by status and how long each took, in milliseconds; 0 stands for a connection that broke or was not given. */
  readonly answers: readonly (readonly [status: number, ms: number])[];
  /** Due and not sent, since too many were under way. */
  readonly heldBack: number;
  /** Of the whole, from the first callback to the last answer. */
  readonly seconds: number;
}

async function run({ url, first, rate, seconds }: Flood): Promise<Endured> {
  const target = new URL(url);
  const count = Math.round(rate * seconds);
  const now = Math.floor(Date.now() / 1000);
  const requests = Array.from({ length: count }, (_, i) => requestOf(target, first + i, now));
  const wires = createWires(target);
  const answers: [number, number][] = [];
  const waiting: Promise<void>[] = [];
  let heldBack = 0;
  const begun = performance.now();
  for (let next = 0; next < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - begun) / 1000) * rate));
    for (; next < due; next++) waiting.push(ask(requests[next] as Buffer));
    await new Promise((go) => setTimeout(go, 1));
  }
  await Promise.all(waiting);
  wires.close();
  return { answers, heldBack, seconds: (performance.now() - begun) / 1000 };

  async function ask(request: Buffer): Promise<void> {
    const due = performance.now();
    const status = await wires.send(request);
    if (status === null) heldBack += 1;
    else answers.push([status, performance.now() - due]);
  }
}

interface Wires {
  /** The status, 0 where the connection broke or was not given; null when it was not sent. */
  send(request: Buffer): Promise<number | null>;
  close(): void;
}

interface Wire {
  readonly socket: Socket;
  readonly exchange: (request: Buffer) => Promise<number>;
}

function createWires(target: URL): Wires {
  const free: Wire[] = [];
  const all = new Set<Socket>();
  let opened = 0;
  const take = async (): Promise<Wire | null> => {
    const idle = free.pop();
    if (idle !== undefined) return idle;
    opened += 1;
    const socket = await open(target).catch(() => null);
    if (socket === null) return null;
    all.add(socket);
    return { socket, exchange: exchangeOn(socket) };
  };
  return {
    send: async (request) => {
      // Held back, as a platform would that has no more connections.
      if (free.length === 0 && opened >= MOST_CONNECTIONS) return null;
      const wire = await take();
      const status = (await wire?.exchange(request)) ?? 0;
      if (wire === null || wire.socket.destroyed) opened -= 1;
      else free.push(wire);
      return status;
    },
    close: () => {
      for (const socket of all) socket.destroy();
    },
  };
}

answerParent<Flood, Endured>(run);
