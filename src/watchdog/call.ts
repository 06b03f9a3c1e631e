/** The watchdog's way out: one POST to the room's webhook, one GET to whoever watches the watchdog. */
import { type End, exchange } from '../outside/exchange';

const LIMIT_MS = 8_000;

/** Null when it passed, else a short code without address or content. */
export type Failure = string | null;

/**
 * Says `text` to everybody in the room behind a group webhook (platform dossiers: text message, `errcode` 0 is accepted). With
 * `pages`, everybody there is @-ed: nobody else will wake them. May show the text twice when run twice. Never throws.
 */
export async function say(url: string, text: string, pages: boolean): Promise<Failure> {
  const everybody = pages ? { mentioned_list: ['@all'] } : {};
  const body = JSON.stringify({ msgtype: 'text', text: { content: text, ...everybody } });
  const end = await exchange({ url: new URL(url), body, limitMs: LIMIT_MS });
  const failure = failureOf(end);
  if (failure !== null || end.is !== 'answer') return failure;
  const code = errcodeIn(end.body);
  return code === 0 ? null : `errcode_${code}`;
}

/** Tells the outside that all is well; any 2xx counts. Never throws. */
export async function ping(url: string): Promise<Failure> {
  return failureOf(await exchange({ url: new URL(url), body: null, limitMs: LIMIT_MS }));
}

function failureOf(end: End): Failure {
  if (end.is !== 'answer') return end.why;
  return end.status >= 200 && end.status <= 299 ? null : `http_${end.status}`;
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
