/** What is kept of an accepted call, so that it can be asked about and taken back later: the platform's key and whom it went to. */

export interface Reference {
  /** The group or the userid. */
  readonly to: string;
  /** How many people the same call went to. */
  readonly people: number;
  readonly key: string;
}

/** As one text; none of its parts holds a blank. */
export function referenceOf({ to, people, key }: Reference): string {
  return `${people} ${to} ${key}`;
}

/** Null for a text that this version did not write. */
export function readReference(text: string): Reference | null {
  const [people = '', to = '', key = '', more] = text.split(' ');
  return /^\d+$/.test(people) && to !== '' && key !== '' && more === undefined ? { to, people: Number(people), key } : null;
}
