/** Names as people write them in a sheet: padded with spaces, several in one cell, with a post or a number behind them. */
import type { Person, PersonId } from '../roster';

/** A name that was read; null where nobody is called so, with the nearest one who is. */
export interface NameRead {
  readonly written: string;
  readonly person: PersonId | null;
  readonly nearest: string | null;
}

const BETWEEN = /[、,，;；/／\n\r和]+/u;
/** 周值一（值班员） 13900000000 */
const BESIDE = /[（(][^）)]*[）)]|\d[\d\s-]{4,}/gu;

/** Everybody in one cell, in order. Pure. */
export function namesIn(text: string, people: readonly Person[]): readonly NameRead[] {
  const byName = new Map(people.map(({ name, id }) => [tight(name), id]));
  const most = Math.max(1, ...[...byName.keys()].map((name) => name.length));
  return text
    .replaceAll(BESIDE, ' ')
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => read(part, byName, most, people));
}

/** One name with spaces inside it, else several with spaces between them. */
function read(part: string, byName: ReadonlyMap<string, PersonId>, most: number, people: readonly Person[]): readonly NameRead[] {
  const whole = byName.get(tight(part));
  if (whole !== undefined) return [{ written: part, person: whole, nearest: null }];
  const pieces = part.split(/\s+/u);
  const found: NameRead[] = [];
  for (let i = 0; i < pieces.length; ) {
    const [taken, person] = longest(pieces.slice(i, i + most), byName);
    const written = pieces.slice(i, i + taken).join('');
    found.push({ written, person, nearest: person === null ? nearestName(written, people) : null });
    i += taken;
  }
  return found;
}

/** The most pieces from the first on that are one name together; one where none are. No name has more pieces than letters. */
function longest(pieces: readonly string[], byName: ReadonlyMap<string, PersonId>): readonly [number, PersonId | null] {
  for (let taken = pieces.length; taken >= 1; taken -= 1) {
    const person = byName.get(tight(pieces.slice(0, taken).join('')));
    if (person !== undefined) return [taken, person];
  }
  return [1, null];
}

function tight(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/gu, '');
}

/** The name that shares most characters with what was written, of about its length; null when none shares half. */
function nearestName(written: string, people: readonly Person[]): string | null {
  const letters = [...tight(written)];
  const rated = people.map(({ name }) => {
    const common = [...name].filter((letter) => letters.includes(letter)).length;
    return { name, share: (2 * common) / (letters.length + [...name].length) };
  });
  const best = rated.reduce((a, b) => (b.share > a.share ? b : a), { name: '', share: 0 });
  return best.share >= 0.5 ? best.name : null;
}
