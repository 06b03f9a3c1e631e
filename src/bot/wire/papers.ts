/** Papers as files: uploaded once for each place that keeps them, known by their hash, uploaded again when the platform has forgotten them. */
import { createHash } from 'node:crypto';
import type { Paper, SendResult, SharedToken } from '../../ports/platform';
import type { AdapterDeps } from './deps';
import { road } from './ends';
import type { Form } from './http';
import type { Shelf } from './shelf';

/** What an upload came to. */
export type MediaEnd = { readonly is: 'media'; readonly id: string } | { readonly is: 'failed'; readonly result: SendResult };

/** One place that takes files: who shares the ids it gives, how it is given one, and how a given one is sent. */
export interface MediaWay {
  /** Ids are good only within it. */
  readonly scope: string;
  upload(name: string, bytes: Buffer): Promise<MediaEnd>;
  post(mediaId: string): Promise<SendResult>;
}

/** Sends papers through whatever takes files. */
export interface Papers {
  /** Uploads if need be, then posts; once more from the beginning when the id is no good. Never throws. */
  send(paper: Paper, way: MediaWay, stop: AbortSignal): Promise<SendResult>;
}

/** What a platform demands of files: how long it keeps one, in milliseconds, sizes in bytes, and the code by which it says that it has forgotten one. */
export interface PaperRules {
  readonly lifeMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly forgotten: string;
}

const UPLOADING_WAIT_MS = 3_000;
/** An upload may take so long; it goes on when the sender has given up waiting, and the next try finds it done. */
export const UPLOAD_LIMIT_MS = 60_000;

/** Ids are remembered here and on the shelf: usually one upload for each paper, name and place in the life of an id, whichever instance sends it. */
export function createPapers(deps: AdapterDeps, shelf: Shelf, rules: PaperRules): Papers {
  const known = new Map<string, SharedToken>();
  const flights = new Map<string, Promise<MediaEnd>>();

  const upload = async (paper: Paper, way: MediaWay, key: string): Promise<MediaEnd> => {
    const bytes = await deps.papers?.bytes(paper.sha256).catch(() => undefined);
    if (bytes === undefined) return failed(road('paper_not_read'));
    if (bytes === null) return failed({ is: 'refused', code: 'no_paper', fault: 'content' });
    if (bytes.length < rules.minBytes || bytes.length > rules.maxBytes)
      return failed({ is: 'refused', code: 'paper_size', fault: 'content' });
    const end = await way.upload(paper.name, Buffer.from(bytes));
    if (end.is === 'media') {
      const media = { value: end.id, until: deps.clock.now() + rules.lifeMs };
      known.set(key, media);
      await shelf.write(key, media);
    }
    return end;
  };
  const sharedOr = async (paper: Paper, way: MediaWay, key: string): Promise<MediaEnd> => {
    const shared = await shelf.read(key);
    if (shared === null || deps.clock.now() >= shared.until) return upload(paper, way, key);
    known.set(key, shared);
    return { is: 'media', id: shared.value };
  };
  const idOf = (paper: Paper, way: MediaWay, key: string): Promise<MediaEnd> => {
    const had = known.get(key);
    if (had !== undefined && deps.clock.now() < had.until) return Promise.resolve({ is: 'media', id: had.value });
    const flight = flights.get(key) ?? sharedOr(paper, way, key).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
  return {
    async send(paper, way, stop) {
      const key = keyOf(paper, way);
      let result: SendResult = road('not_uploaded');
      for (let tries = 0; tries < 2; tries += 1) {
        const media = await unlessStopped(idOf(paper, way, key), stop);
        if (media.is === 'failed') return media.result;
        result = await way.post(media.id);
        if (result.is !== 'refused' || result.code !== rules.forgotten) return result;
        if (known.get(key)?.value === media.id) known.delete(key);
        await shelf.drop(key, media.id);
      }
      return result;
    },
  };
}

/** A digest, because the scope of a webhook is its secret key. */
function keyOf({ sha256, name }: Paper, { scope }: MediaWay): string {
  return `media:${createHash('sha256')
    .update(JSON.stringify([scope, sha256, name]))
    .digest('hex')}`;
}

/** A file name that no header, path or client can be confused by; people's own words in it stay readable. */
export function safeName(name: string): string {
  const bare = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '').replace(/["\\/:*?<>|@&]/g, '_');
  const end = /\.[A-Za-z0-9]{1,5}$/.exec(bare)?.[0] ?? '';
  const stem = [...bare.slice(0, bare.length - end.length).trim()].slice(0, 60).join('');
  return `${stem === '' ? '文件' : stem}${end}`;
}

/** One part named `media`, its file name as raw UTF-8, because the encoded form is refused as empty. */
export function formOf(name: string, bytes: Buffer, boundary: string): Form {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${name}"; filelength=${bytes.length}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

function failed(result: SendResult): MediaEnd {
  return { is: 'failed', result };
}

function unlessStopped(work: Promise<MediaEnd>, stop: AbortSignal): Promise<MediaEnd> {
  const late = failed(road('uploading', UPLOADING_WAIT_MS));
  return new Promise((resolve) => {
    const onStop = () => resolve(late);
    if (stop.aborted) return onStop();
    stop.addEventListener('abort', onStop);
    void work.then((end) => {
      stop.removeEventListener('abort', onStop);
      resolve(end);
    });
  });
}
