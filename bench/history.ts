/** What a command costs in an incident of ten events and in one of ten thousand: locked, decided, written and committed. */
import { createStore } from '../src/store/postgres';
import { activate, progress, received, report, setLevel } from '../test/core/builders';
import { openOffice } from '../test/handlers/office';
import { longIncident } from './bundle/longIncident';
import { type Figure, figure, median } from './figure';
import { onDatabase } from './ownDatabase';
import { inTurns, type Length, ratios } from './turns';

const LONG_EVENTS = 10_000;
const QUICK_EVENTS = 1_000;
/** Rounds of the quick form are too short for figures. */
const QUICK_MESSAGES = 2_000;
/** Commands of one round; the short ones go to as many incidents, so that these stay short. */
const COMMANDS = 20;
const START = Date.parse('2027-11-22T09:00:00+08:00');
const LONG_STREAM = 'bench-long';
/** The long one was written as rows, under the first number. */
const NUMBERED = `INSERT INTO stream_numbers (kind, mode, last) VALUES ('incident', 'real', 1)`;
/** Of a command in a long incident, as a share of one in a short one. */
const MOST = 1.25;

export async function history(length: Length): Promise<readonly Figure[]> {
  const events = length.messages > QUICK_MESSAGES ? LONG_EVENTS : QUICK_EVENTS;
  return onDatabase(async ({ pool }) => {
    await longIncident(pool, events);
    await pool.query(NUMBERED);
    const office = openOffice(createStore(pool, { log: { warn: () => undefined } }));
    office.now = START;
    const short = Array.from({ length: COMMANDS }, (_, i) => `short-${i}`);
    for (const [i, stream] of short.entries()) await tenEvents(stream, i + 2);
    let count = 0;
    const measure = async (way: 'short' | 'long'): Promise<number> => {
      const begun = performance.now();
      for (const stream of short) {
        count += 1;
        office.now += 1_000;
        const outcome = await office.act(way === 'short' ? stream : LONG_STREAM, 'site1', progress(`progress-${count}`));
        if (outcome.is !== 'done') throw new Error(`refused: ${JSON.stringify(outcome)}`);
      }
      return (performance.now() - begun) / COMMANDS;
    };

    async function tenEvents(stream: string, n: number): Promise<void> {
      await office.act(stream, 'duty1', report({ n, receivedAt: START }));
      await office.act(stream, 'director', setLevel(3));
      await office.act(stream, 'director', activate());
      for (const person of ['site1', 'coord1', 'inv1', 'legal1']) await office.act(stream, person, received());
      for (let i = 0; i < 3; i++) await office.act(stream, 'site1', progress(`early-${n}-${i}`));
    }

    const given = await inTurns(['short', 'long'], length, async () => ({ measure, close: async () => undefined }));
    const shown = `${median(given.long).toFixed(2)} ms against ${median(given.short).toFixed(2)} ms`;
    const what = `a command at ${events} events, against one at 10`;
    const bar = { is: 'most', value: MOST } as const;
    return [figure({ bench: 'history', unit: 'x', what, bar, note: shown }, ratios(given.long, given.short))];
  });
}
