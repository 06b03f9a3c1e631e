/** What a bench finds out, and the one line it is told in. */

export interface Figure {
  /** The bench, e.g. `intake`. */
  readonly bench: string;
  readonly what: string;
  readonly unit: 'x' | 'ms' | 'MB' | 'calls' | 'messages' | 'commands/s';
  /** Median of all rounds, and their range. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** What design.md section 6 asks for; null where it asks for nothing. */
  readonly bar: { readonly is: 'least' | 'most'; readonly value: number } | null;
  /** What the figure was made from, for people. */
  readonly note: string;
}

/** A figure from its rounds. */
export function figure(about: Omit<Figure, 'value' | 'low' | 'high'>, rounds: readonly number[]): Figure {
  return { ...about, value: median(rounds), low: Math.min(...rounds), high: Math.max(...rounds) };
}

/** Does the median hold the bar? True without one. */
export function holds({ bar, value }: Figure): boolean {
  if (bar === null) return true;
  return bar.is === 'least' ? value >= bar.value : value <= bar.value;
}

/** The middle of the values; of an even number the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

export function lineOf(one: Figure): string {
  const shown = `${number(one.value)} ${one.unit} (${number(one.low)} to ${number(one.high)})`;
  const bar = one.bar === null ? 'no bar' : `at ${one.bar.is} ${one.bar.value}: ${holds(one) ? 'holds' : 'MISSED'}`;
  return [one.bench.padEnd(8), one.what.padEnd(48), shown.padEnd(32), bar.padEnd(24), one.note].join(' ');
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
