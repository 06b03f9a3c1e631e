/** Cues that stand in a text, as records of numbers in one row: objects would lie spread over the heap. */

export interface Matches {
  /** Number of the cue, start, end, characters of its first part, by turns; more are added where the row is full. */
  row: Int32Array;
  /** How many there are. */
  used: number;
}

const WIDTH = 4;

/** Made once, and used by one search after the other. */
export function noMatches(): Matches {
  return { row: new Int32Array(WIDTH * 64), used: 0 };
}

export function addMatch(matches: Matches, cue: number, start: number, end: number, head: number): void {
  const at = WIDTH * matches.used;
  if (at === matches.row.length) {
    const longer = new Int32Array(2 * at);
    longer.set(matches.row);
    matches.row = longer;
  }
  const { row } = matches;
  row[at] = cue;
  row[at + 1] = start;
  row[at + 2] = end;
  row[at + 3] = head;
  matches.used += 1;
}

export function cueOf({ row }: Matches, at: number): number {
  return row[WIDTH * at] ?? 0;
}

export function startOf({ row }: Matches, at: number): number {
  return row[WIDTH * at + 1] ?? 0;
}

export function endOf({ row }: Matches, at: number): number {
  return row[WIDTH * at + 2] ?? 0;
}

export function headOf({ row }: Matches, at: number): number {
  return row[WIDTH * at + 3] ?? 0;
}

/** Where those begin that end with the last before `to` and start where it starts; puts the longest first, equal ones stay in order. */
export function beganTogether(matches: Matches, to: number): number {
  let from = to - 1;
  while (from > 0 && startOf(matches, from - 1) === startOf(matches, to - 1)) from -= 1;
  for (let i = from + 1; i < to; i += 1)
    for (let at = i; at > from && endOf(matches, at - 1) < endOf(matches, at); at -= 1) exchange(matches.row, WIDTH * at);
  return from;
}

/** The record that begins there and the one before it. */
function exchange(row: Int32Array, at: number): void {
  for (let i = at; i < at + WIDTH; i += 1) {
    const told = row[i] ?? 0;
    row[i] = row[i - WIDTH] ?? 0;
    row[i - WIDTH] = told;
  }
}
