/** The watchdog's way out: one POST to the room's webhook, one GET to whoever watches the watchdog. No redirect, no proxy, no retry. */
import http from 'node:http';
import https from 'node:https';

const LIMIT_MS = 8_000;
const MOST_BYTES = 64 * 1024;

/** Null when it passed, else a short code without address or content. Never throws. */
export type Failure = string | null;

/**
 * Says `text` to everybody in the room behind a group webhook (platform dossiers: text message, `errcode` 0 is accepted). With
 * `pages`, everybody there is @-ed: nobody else will wake them. May show the text twice when run twice.
 */
export async function say(url: string, text: string, pages: boolean): Promise<Failure> {
  const everybody = pages ? { mentioned_list: ['@all'] } : {};
  const body = JSON.stringify({ msgtype: 'text', text: { content: text, ...everybody } });
  const end = await exchange(url, body);
  if ('why' in end) return end.why;
  const code = errcodeIn(end.body);
  return code === 0 ? null : `errcode_${code}`;
}

/** Tells the outside that all is well; any 2xx counts. */
export async function ping(url: string): Promise<Failure> {
  const end = await exchange(url, null);
  return 'why' in end ? end.why : null;
}

type End = { readonly body: string } | { readonly why: string };

function exchange(url: string, body: string | null): Promise<End> {
  return new Promise((resolve) => {
    const at = new URL(url);
    const call = (at.protocol === 'https:' ? https : http).request(at, {
      method: body === null ? 'GET' : 'POST',
      agent: false,
      timeout: LIMIT_MS,
      headers: body === null ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
    });
    const finish = (end: End): void => {
      clearTimeout(limit);
      resolve(end);
      call.destroy();
    };
    const limit = setTimeout(() => finish({ why: 'time_limit' }), LIMIT_MS);
    call.on('error', (fault) => finish({ why: 'code' in fault ? String(fault.code) : 'network' }));
    call.on('response', (answer) => readBody(answer, finish));
    call.end(body ?? undefined);
  });
}

function readBody(answer: http.IncomingMessage, finish: (end: End) => void): void {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) {
    finish({ why: `http_${status}` });
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_BYTES) finish({ why: 'answer_too_large' });
  });
  answer.on('error', () => finish({ why: 'network' }));
  answer.on('end', () => finish({ body: Buffer.concat(chunks).toString('utf8') }));
}

function errcodeIn(body: string): number | 'missing' {
  try {
    const answer: unknown = JSON.parse(body);
    const code = typeof answer === 'object' && answer !== null && 'errcode' in answer ? answer.errcode : null;
    return typeof code === 'number' ? code : 'missing';
  } catch {
    return 'missing';
  }
}
