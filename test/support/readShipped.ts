/** Reads what an office gets with the program, off the very files. */
import { resolve } from 'node:path';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import { sha256 } from '../../src/wiring/chance';
import type { Shipped } from './shipped';

const CONFIG = resolve(__dirname, '../../config');

/** Throws what is wrong with them. */
export function readShipped(): Shipped {
  const books = readRulebooks(CONFIG, 'standard', sha256);
  const bureau = readBureau(resolve(CONFIG, 'sample-bureau'));
  if (books.is === 'faults' || bureau.is === 'faults') throw new Error(JSON.stringify([books, bureau]));
  return { rulebooks: books.rulebooks.map(({ rulebook }) => rulebook), roster: bureau.roster };
}
