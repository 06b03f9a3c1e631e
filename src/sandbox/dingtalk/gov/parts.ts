/** What every part of the simulated government tenant has around it. */
import type { MessageBoard } from '../../board';
import type { CallLog } from '../../calls';
import type { DropLog } from '../../drops';
import type { FaultBoard } from '../../faults';
import type { World } from '../../world';
import type { DingMedia } from '../media';
import type { Readers } from '../readers';
import type { Reply } from '../replies';
import type { GovBook } from './book';
import type { GovKeys } from './keys';

/** Shared by all parts; `now` is the sandbox clock, `base` where the wire listens. */
export interface GovParts {
  readonly world: World;
  readonly book: GovBook;
  readonly keys: GovKeys;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly drops: DropLog;
  readonly media: DingMedia;
  readonly readers: Readers;
  readonly callbackMs: number;
  readonly now: () => number;
  readonly base: () => string;
}

/** One call as received: parameters of query and form together, a repeated name keeping all its values. */
export interface GovCall {
  readonly params: URLSearchParams;
  readonly body: Buffer;
  readonly contentType: string;
}

/** One API: `open` needs no token; `upload` takes a multipart body, whose parameters stand in the query. */
export interface GovApi {
  readonly open?: true;
  readonly upload?: true;
  readonly run: (call: GovCall) => Reply;
}

/** APIs by path without the first slash. */
export type GovTable = Readonly<Record<string, GovApi>>;
