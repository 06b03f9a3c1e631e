/** A whole Fenghuo on the wire whose log is kept line by line, and a look at everything that an odd request might have changed. */
import { connect } from 'node:net';
import pino from 'pino';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';

export { API_TOKEN };

export interface Line {
  readonly level: number;
  readonly msg: string;
  readonly status?: number;
  readonly code?: string;
}

export interface Heard {
  /** 0: the connection was closed without a word. */
  readonly status: number;
  readonly body: string;
}

export interface Guarded extends Bureau {
  /** Lines of the log so far, oldest first. */
  readonly lines: readonly Line[];
  /** Counts and checksums of all rows that mean something. */
  rows(): Promise<string>;
  /** Sends exact bytes and hears until the other side hangs up, or nothing more comes. */
  send(bytes: Buffer): Promise<Heard>;
}

const WARN = 40;

/** The refusals and faults among lines. */
export function security(lines: readonly Line[]): readonly Line[] {
  return lines.filter(({ level }) => level >= WARN);
}

export async function openGuarded(env: Readonly<Record<string, string>> = {}): Promise<Guarded> {
  const lines: Line[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  const bureau = await openBureau({ ROLE: 'web', ...env }, 'real', log);
  const { port } = new URL(bureau.app.url);
  return {
    ...bureau,
    lines,
    rows: async () => JSON.stringify((await bureau.pool.query(ROWS)).rows[0]),
    send: (bytes) => exchange(Number(port), bytes),
  };
}

/** An answer that is not whole by then is none, in milliseconds. */
const PATIENCE_MS = 8_000;

function exchange(port: number, bytes: Buffer): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => socket.write(bytes));
    const chunks: Buffer[] = [];
    const end = (): void => {
      clearTimeout(late);
      socket.destroy();
      const heard = Buffer.concat(chunks).toString('utf8');
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0), body: heard.slice(heard.indexOf('\r\n\r\n') + 4) });
    };
    const late = setTimeout(end, PATIENCE_MS);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks).toString('latin1'))) end();
    });
    socket.on('end', end).on('error', end);
  });
}

function isWhole(heard: string): boolean {
  const head = heard.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(heard)?.[1];
  return head >= 0 && length !== undefined && heard.length >= head + 4 + Number(length);
}

const ROWS = `
  SELECT (SELECT count(*) FROM inbox) AS inbox, (SELECT count(*) FROM conversations) AS conversations, (SELECT count(*) FROM vault) AS vault,
    (SELECT count(*) FROM streams) AS streams, (SELECT md5(string_agg(hash, '' ORDER BY stream_id, version)) FROM events) AS events,
    (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM prompts) AS prompts, (SELECT count(*) FROM sessions) AS sessions,
    (SELECT count(*) FROM shifts) AS shifts`;
