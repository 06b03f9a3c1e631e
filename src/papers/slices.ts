/** Long lists in slices: a report that comes in while a list of ten thousand is written does not wait for its end. */
import { setImmediate as others } from 'node:timers/promises';

/** Rows worked before others are let in: some ten milliseconds with all that is made of them. */
const SLICE = 100;

/** In order; between two slices everybody else is let in. */
export async function* slices<T>(items: readonly T[], each = SLICE): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < items.length; from += each) {
    if (from > 0) await others();
    yield items.slice(from, from + each);
  }
}
