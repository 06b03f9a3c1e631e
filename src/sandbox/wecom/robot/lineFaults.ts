/** Ways in which a long connection breaks (dossier 2.9, 8.2 no. 8), each on order. */
import type { Connection } from './connection';

/** One order; everything but `dropEveryMs` concerns the connections that are open now. `dropEveryMs` is real time, 0 ends it. */
export interface LineOrder {
  readonly halfOpen?: boolean | undefined;
  readonly drop?: boolean | undefined;
  readonly dropEveryMs?: number | undefined;
  readonly unsubscribe?: boolean | undefined;
  readonly deafInGroups?: boolean | undefined;
  readonly dirtyFrames?: number | undefined;
}

/** Breaks and mends the line. */
export class LineFaults {
  private dropping: NodeJS.Timeout | undefined;

  constructor(private readonly connections: ReadonlySet<Connection>) {}

  /** Carries out an order; answers how many connections it met. */
  order(order: LineOrder): number {
    const open = [...this.connections];
    for (const connection of open) applyTo(connection, order);
    if (order.dropEveryMs !== undefined) this.dropEvery(order.dropEveryMs);
    return open.length;
  }

  /** Ends the regular drops; what is broken stays broken. */
  clear(): void {
    clearInterval(this.dropping);
  }

  private dropEvery(everyMs: number): void {
    this.clear();
    if (everyMs <= 0) return;
    this.dropping = setInterval(() => {
      for (const connection of this.connections) if (connection.subscribed) connection.socket.terminate();
    }, everyMs).unref();
  }
}

function applyTo(connection: Connection, order: LineOrder): void {
  if (order.halfOpen !== undefined) connection.halfOpen = order.halfOpen;
  if (order.deafInGroups !== undefined) connection.deafInGroups = order.deafInGroups;
  if (order.unsubscribe) connection.subscribed = false;
  if (order.dirtyFrames !== undefined) connection.dirtyFrames = order.dirtyFrames;
  if (order.drop) connection.socket.terminate();
}
