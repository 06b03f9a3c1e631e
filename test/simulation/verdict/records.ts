/** Nothing acknowledged is lost, nothing is handled twice, and the record is whole. */
import { hashedText } from '../../../src/handlers/execute';
import { sha256 } from '../../../src/wiring/chance';
import { type Check, eventsOf } from './ended';

/** What the platform was told taken is in the inbox once and has an end; no code counts twice. */
const heard: Check = ({ world, platform }, violated) => {
  const rows = [...world.rows.inbox.values()];
  for (const key of platform.taken) {
    const count = rows.filter((row) => row.dedupeKey === key).length;
    if (count !== 1) violated(`message ${key} was taken, and is ${count} times in the inbox`);
  }
  for (const row of rows) if (row.state === 'received' || row.state === 'dead') violated(`message ${row.id} is still ${row.state}`);
  const confirmed = rows
    .filter((row) => row.outcome === 'executed')
    .flatMap((row) => /^确认 (\d{4})$/.exec(row.words?.text ?? '')?.[1] ?? []);
  confirmed.forEach((code, i) => {
    const prompt = [...world.rows.prompts.values()].find((p) => p.code === code);
    if (prompt?.state !== 'used' || confirmed.indexOf(code) !== i) violated(`code ${code} counted, and its prompt is ${prompt?.state}`);
  });
};

/** Versions without gaps, hashes true and chained, the events of one cause in one piece of one stream and settled with it. */
export const recorded: Check = ({ world }, violated) => {
  const places = new Map<string, string>();
  for (const stream of world.rows.streams.values()) {
    const events = eventsOf(world, stream.id);
    let prevHash = '';
    events.forEach((event, i) => {
      const hash = sha256.of(hashedText({ ...event, stream: stream.id }));
      if (event.version !== i + 1 || event.prevHash !== prevHash || event.hash !== hash)
        violated(`${stream.id}: event ${i + 1} breaks the chain`);
      prevHash = event.hash;
      const before = events[i - 1]?.cause;
      const cause = `${event.cause.kind}:${event.cause.id}`;
      const goesOn = before !== undefined && cause === `${before.kind}:${before.id}`;
      if (places.has(cause) && !goesOn) violated(`${cause} caused events twice: in ${places.get(cause)} and ${stream.id}/${event.version}`);
      places.set(cause, `${stream.id}/${event.version}`);
    });
    if (stream.version !== events.length || stream.headHash !== prevHash) violated(`${stream.id} is not at its last event`);
  }
  for (const row of world.rows.inbox.values()) {
    const place = places.get(`inbox:${row.id}`) ?? null;
    // A refusal names the stream it was about, and no version: it caused nothing there.
    // The desk is set up by the first word that needs it, whatever becomes of that word.
    if (place === 'shift-1/1' && row.version === null) continue;
    if (place !== (row.version === null ? null : `${row.stream}/${row.version}`))
      violated(`message ${row.id} caused ${place}, its row says ${row.stream}/${row.version}`);
  }
};

export const RECORDED: readonly Check[] = [heard, recorded];
