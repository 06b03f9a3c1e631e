/** A machine's call on the main road: stored as an inbox row, handled like any message, answered with what became of it. */
import { createHash } from 'node:crypto';
import { API_TENANT } from '../../bot/machines';
import type { Inbound } from '../../ports/platform';
import type { CallRow } from '../../ports/views';
import { HttpFault } from '../errors';
import { storeBy } from '../storing';
import type { ApiPorts } from './ports';

/** One call, as it is to be stored. */
export interface Told {
  /** Kind and system, e.g. `report:hotline`: keys of one system's reports are its own. */
  readonly source: string;
  readonly key: string;
  /** Rows of one talk are handled in order; a question is answered in the talk it was asked in. */
  readonly talk: string;
  readonly account: string;
  readonly words: string;
  /** What makes two calls the same beside the key. */
  readonly content: string | Uint8Array;
  /** Beside the words; no free text of people. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** The row as far as it is; `repeated` when the key had come before. */
export interface Ended {
  readonly row: CallRow;
  readonly repeated: boolean;
}

/** The caller waits so long for the row to be stored, and then for it to be handled; later it asks again. */
const STORE_MS = 3_000;
const HANDLE_MS = 4_000;
const FIRST_LOOK_MS = 5;
const LONGEST_PAUSE_MS = 100;

/**
 * Stores the call once, however often it comes, and waits a little for its end. Throws HttpFault 409 `key_reused` for another call under
 * the same key, 422 `secrecy_stopped` where marks of state secrets stopped it, 500 `not_handled` where it was set aside, 503 when it
 * could not be stored.
 */
export async function taken(ports: ApiPorts, told: Told): Promise<Ended> {
  const digest = createHash('sha256').update(told.content).digest('hex');
  const [stored] = await storeBy([inboundOf(told, digest)], ports.takeIn, performance.now() + STORE_MS);
  const row = await settled(ports, told.source, told.key);
  if (row.state === 'stopped')
    throw new HttpFault(
      422,
      'secrecy_stopped',
      '内容疑似涉及国家秘密，已停止处理，没有保存。',
      '请改用涉密渠道报告；确非涉密的改写后换一个 Idempotency-Key 重发',
    );
  if (row.digest !== digest) throw new HttpFault(409, 'key_reused', '这个 Idempotency-Key 已经用于另一内容。', '每件事用一个新的键');
  if (row.state === 'dead') throw new HttpFault(500, 'not_handled', '已收到，但处理失败，已记录。', '紧急情况请电话报告值班室');
  return { row, repeated: stored === 'seen' };
}

/** What became of a call that was stored before. Throws HttpFault 404 `no_call`. */
export async function callBefore({ views }: ApiPorts, source: string, key: string): Promise<CallRow> {
  const row = await views.call(source, key);
  if (row === null) throw new HttpFault(404, 'no_call', '没有收到过这个 Idempotency-Key。');
  return row;
}

function inboundOf({ source, key, talk, account, words, about }: Told, digest: string): Inbound {
  return {
    tenant: API_TENANT,
    source,
    dedupeKey: key,
    chat: { id: talk, kind: 'api' },
    account,
    sentAt: null,
    content: { is: 'text', text: words, quote: null, about: { ...about, digest } },
    ticket: null,
  };
}

/** Looks often at first, since most calls take milliseconds. */
async function settled({ views, pace }: ApiPorts, source: string, key: string): Promise<CallRow> {
  const until = pace.mono() + HANDLE_MS;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const row = await views.call(source, key);
    if (row === null) throw new HttpFault(503, 'not_stored', '暂时无法保存，请重试。');
    if (row.state !== 'received' || pace.mono() > until) return row;
    await pace.sleep(pause);
  }
}
