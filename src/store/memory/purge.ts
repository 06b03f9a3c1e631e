/** The twin's erasing of personal data. */
import type { Instant } from '../../core/instant';
import type { Erased } from '../../ports/streams';
import type { On } from './transaction';

/** Incidents whose moment has come and of which texts are still there, earliest first. */
export function purgesDue(on: On, kept: readonly string[], now: Instant, limit: number): readonly string[] {
  const due = on.all('streams').flatMap(({ id }) => {
    const after = on.get('incidents', id)?.purgeAfter ?? null;
    return after !== null && after <= now ? [{ id, after }] : [];
  });
  if (due.length === 0) return [];
  const there = new Set(textsOf(on, kept).map((text) => text.stream));
  return due
    .filter(({ id }) => there.has(id))
    .sort((a, b) => a.after - b.after)
    .slice(0, limit)
    .map(({ id }) => id);
}

/** Texts, then messages, then bytes of one stream, at most `limit` in all. */
export function erase(on: On, stream: string, kept: readonly string[], limit: number): Erased {
  const texts = textsOf(on, kept).flatMap((text) => (text.stream === stream ? [text.id] : []));
  const heard = on.all('inbox').filter((item) => item.stream === stream);
  const messages = heard.filter((item) => item.words !== null);
  const payloads = payloadsOf(on, stream, new Set(heard.map((item) => item.id)));
  const [first, second] = [texts.slice(0, limit), messages.slice(0, Math.max(0, limit - texts.length))];
  const third = payloads.slice(0, Math.max(0, limit - texts.length - messages.length));
  for (const id of [...first, ...third]) on.put('vault', id, undefined);
  for (const item of second) on.put('inbox', item.id, { ...item, words: null });
  return { texts: first.length, messages: second.length, payloads: third.length };
}

function textsOf(on: On, kept: readonly string[]) {
  return on.all('vault').filter((text) => text.stream !== null && !kept.includes(text.kind));
}

/** Bytes of every attempt of calls that have ended: notices of the stream, and answers to what was said about it. */
function payloadsOf(on: On, stream: string, heard: ReadonlySet<string>): readonly string[] {
  const about = on.all('deliveries').filter((row) => row.stream === stream || (row.inbox !== null && heard.has(row.inbox)));
  const calls = new Set(about.flatMap((row) => row.dispatch ?? []));
  const ended = on.all('dispatches').filter((call) => calls.has(call.id) && call.state !== 'sending');
  const made = ended.flatMap(({ id, attempt }) => Array.from({ length: attempt }, (_, i) => `${id}/${i + 1}`));
  return made.filter((id) => on.get('vault', id) !== undefined);
}
