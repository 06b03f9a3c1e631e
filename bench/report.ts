/**
 * How fast duty-group messages are read on one core, and how that compares with general recognisers on their own field (times and numbers
 * in Chinese). Peers are looked for in the folder FENGHUO_BENCH_PEERS (a folder with node_modules holding chrono-node and
 * @microsoft/recognizers-text-suite); without it they are left out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child';
import { type Figure, figure } from './figure';
import type { Ask, Micros, Reading } from './report/reader';
import { inTurns, type Length, ratios } from './turns';

const OWN = { whole: 'whole reading and suggestion', times: 'times only', numbers: 'numbers only' } as const;
const OWN_WAYS = ['whole', 'times', 'numbers'] as const satisfies readonly Reading[];

const PEERS: readonly { readonly way: Reading; readonly field: 'times' | 'numbers'; readonly library: string }[] = [
  { way: 'chrono times', field: 'times', library: 'chrono-node' },
  { way: 'suite times', field: 'times', library: '@microsoft/recognizers-text-suite' },
  { way: 'suite numbers', field: 'numbers', library: '@microsoft/recognizers-text-suite' },
];

const BAR = { is: 'least', value: 20_000 } as const;

/** How many messages a second one core reads, whole; and how many times as fast as each peer on the field both have. Each in a process of its own. */
export async function report(length: Length): Promise<readonly Figure[]> {
  const folder = process.env.FENGHUO_BENCH_PEERS;
  const peers = folder === undefined ? [] : PEERS;
  const micros = await measured([...OWN_WAYS, ...peers.map(({ way }) => way)], length);
  const note = 'sample messages in turn, CPU time of one core';
  const figures = OWN_WAYS.map((way) =>
    figure(
      { bench: 'report', unit: 'messages', what: `a second, ${OWN[way]}`, bar: way === 'whole' ? BAR : null, note },
      micros[way].map((us) => 1e6 / us),
    ),
  );
  const beside = peers.map(({ way, field, library }) => {
    const what = `${field}, against ${library.replace(/^.*\//, '')} ${versionIn(folder ?? '', library)}`;
    return figure({ bench: 'report', unit: 'x', what, bar: null, note }, ratios(micros[way], micros[field]));
  });
  return [...figures, ...beside];
}

/** CPU time of a message in each way, round by round. */
function measured(ways: readonly Reading[], length: Length): Promise<Readonly<Record<Reading, readonly Micros[]>>> {
  return inTurns(ways, length, async () => {
    const readers = new Map(ways.map((way) => [way, startChild<Ask, Micros>('report/reader.ts', { BENCH_WAY: way })]));
    return {
      measure: async (way: Reading, warmsUp: boolean): Promise<Micros> => (await readers.get(way)?.ask({ warmsUp })) ?? Number.NaN,
      close: async () => {
        for (const reader of readers.values()) await reader.stop();
      },
    };
  });
}

function versionIn(folder: string, library: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node_modules', library, 'package.json'), 'utf8')) as { version: string }).version;
}
