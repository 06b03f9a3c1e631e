/** Reads the expected tables: RFC 4180, one header line; a row is its columns by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Row = Readonly<Record<string, string>>;

const EXPECTED = join(__dirname, '../fixtures/expected');
/** One field and what ends it: quoted with doubled quotes inside, or plain. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/gy;

/** All rows of one expected table; a row with too many or too few fields is a fault of the table. */
export function expectedRows(file: string): readonly Row[] {
  const [header = [], ...lines] = records(readFileSync(join(EXPECTED, file), 'utf8'));
  return lines.map((line, i) => {
    if (line.length !== header.length) throw new Error(`${file}, row ${i + 2}: ${line.length} fields, expected ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, line[column] ?? '']));
  });
}

function records(text: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let line: string[] = [];
  for (const [whole, quoted, plain, end] of text.matchAll(FIELD)) {
    if (whole === '' && line.length === 0) break;
    line.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    found.push(line);
    line = [];
  }
  return found;
}
