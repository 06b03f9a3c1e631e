/** COPY over the driver's own connection, as streams, so that no table has to fit into memory. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type Connection, type PoolClient, Query } from 'pg';
import { toFault } from '../fault';

/** What the driver's connection can do for COPY; its types do not say so. */
interface Copying extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

/** Rows of `COPY … TO STDOUT`, lines of COPY's text format, several in one piece. Read to its end before the client is used again. */
export function copyOut(client: PoolClient, statement: string): Readable {
  const out = new CopyOut(statement);
  client.query(out);
  return out.rows;
}

class CopyOut extends Query {
  readonly rows = new Readable({ read: () => void this.from?.stream.resume(), highWaterMark: 256 * 1024 });
  private from: Connection | null = null;

  constructor(statement: string) {
    super(statement);
    this.on('error', (cause) => void this.rows.destroy(toFault('backup.copy', cause)));
    this.on('end', () => void this.rows.push(null));
  }

  /** Called by the driver for each row, in a buffer that it fills anew afterwards. Who reads too slowly stops the socket. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: Connection): void {
    this.from = connection;
    if (!this.rows.push(Buffer.from(chunk))) connection.stream.pause();
  }
}

/** Feeds lines of COPY's text format to `COPY … FROM STDIN`. Throws StoreFault when a row does not fit, and what `lines` throws. */
export async function copyIn(client: PoolClient, statement: string, lines: AsyncIterable<Buffer>): Promise<void> {
  const copy = new CopyIn(statement, lines);
  client.query(copy);
  await copy.done;
}

class CopyIn extends Query {
  readonly done: Promise<void>;
  private broken: unknown = null;
  private isOver = false;

  constructor(
    statement: string,
    private readonly lines: AsyncIterable<Buffer>,
  ) {
    super(statement);
    this.done = new Promise((resolve, reject) => {
      this.on('error', (cause) => {
        this.isOver = true;
        reject(this.broken ?? toFault('restore.copy', cause));
      });
      this.on('end', () => resolve());
    });
    this.done.catch(() => undefined);
  }

  /** Called by the driver when the server is ready for rows. */
  handleCopyInResponse(connection: Copying): void {
    this.feed(connection).catch((cause: unknown) => {
      this.broken = cause;
      connection.sendCopyFail('the source broke off');
    });
  }

  private async feed(connection: Copying): Promise<void> {
    for await (const chunk of this.lines) {
      if (this.isOver) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    connection.endCopyFrom();
  }
}
