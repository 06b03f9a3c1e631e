/** Seals what goes on the shared shelf with a key made from the app's own secret: a copy of the database gives nobody a token. */
import type { TokenShelf } from '../../ports/platform';
import { sealFor } from './seal';

const PURPOSE = 'fenghuo platform shelf 1';

/**
 * The shelf behind a seal, bound to the row's key so that rows cannot be exchanged. What cannot be opened (another secret by now, or
 * damaged) counts as not there, and a new value takes its place.
 */
export function sealed(shelf: TokenShelf, secret: string): TokenShelf {
  const seal = sealFor(PURPOSE, secret);
  return {
    async read(key) {
      const lying = await shelf.read(key);
      const value = lying === null ? null : seal.open(lying.value, key);
      return lying === null || value === null ? null : { value, until: lying.until };
    },
    write: (key, { value, until }) => shelf.write(key, { value: seal.close(value, key), until }),
    async drop(key, value) {
      const lying = await shelf.read(key);
      if (lying !== null && seal.open(lying.value, key) === value) await shelf.drop(key, lying.value);
    },
  };
}
