/** What one call of the two hosts is made of: where it stands, whose token it wants, and what it does. */
import type { IncomingMessage } from 'node:http';
import type { Reply } from './replies';

/** The three addresses of one organisation. */
export type Host = 'api' | 'oapi' | 'login';

/** One call as received: `json` is undefined when the body is none, `tail` is the part of the path that a `*` stands for. */
export interface WireCall {
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly token: string;
  readonly tail: string;
}

/**
 * One API. `token`: whose is asked for; `scope`: the permission it needs; `free`: counts neither in the month nor in the second.
 * `name` is what faults and the record of calls know it by, where the path alone is not enough.
 */
export interface WireApi {
  readonly token: 'app' | 'user' | null;
  readonly scope?: string;
  readonly free?: true;
  readonly upload?: true;
  readonly name?: string;
  readonly run: (call: WireCall) => Reply | Promise<Reply>;
}

/** APIs by `METHOD path`; one segment may be `*`. */
export type WireTable = Readonly<Record<string, WireApi>>;
