/** Guesses which known name a mistyped one was meant to be. */

/** The known name with the fewest changed letters; null when none is near (more than a third would change). */
export function nearest(typed: string, known: readonly string[]): string | null {
  const ranked = known.map((name) => ({ name, far: distance(typed, name) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : null;
}

/** Levenshtein: letters inserted, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const change = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
