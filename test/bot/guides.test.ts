/** The pages people pin to the wall say what the verb table says: every row is a row of the table, every example is understood. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from '../../src/bot/verbs/parse';
import { VERBS } from '../../src/bot/verbs/table';

const page = (name: string): string => readFileSync(join(__dirname, `../../docs/${name}.zh-CN.md`), 'utf8');

/** Cells of the rows whose first cell is typed. */
function rowsOf(name: string): readonly (readonly string[])[] {
  const rows = page(name)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replace(/`/g, '')),
  );
}

const OF_TABLE = VERBS.map((row) => ({ ...row, code: row.confirms ? '要' : '不要' }));

test('the page of members shows usage and effect as the table has them', () => {
  const table = OF_TABLE.map(({ usage, what }) => [usage, what]);
  const rows = rowsOf('member');
  expect(rows.length).toBeGreaterThan(12);
  for (const row of rows) expect(table).toContainEqual(row);
  for (const { usage } of VERBS.filter(({ section }) => section === '应答')) expect(rows.map(([first]) => first)).toContain(usage);
});

test('the page of leaders shows usage, effect, code and who may as the table has them, and every decision that asks for a code', () => {
  const table = OF_TABLE.map(({ usage, what, code, who }) => [usage, what, code, who]);
  const rows = rowsOf('leader');
  expect(rows.length).toBeGreaterThan(12);
  for (const row of rows) expect(table).toContainEqual(row);
  const decisions = VERBS.filter(({ section, confirms, verb }) => confirms && ['级别', '走向'].includes(section) && verb !== 'merge');
  for (const { usage } of decisions) expect(rows.map(([first]) => first)).toContain(usage);
});

/** Typed by nobody: a number alone, a moment, what is pressed behind a verb, where a technician looks. */
const NO_COMMAND = /^(?:#编号|#12|22:40|昨晚十点|逾期原因：…?|\/readyz|今早8点半.*)$/u;

describe.each(['duty-officer', 'member', 'leader', 'records'])('every example on the page of the %s', (name) => {
  const examples = [...page(name).matchAll(/`([^`]+)`/g)].map(([, typed = '']) => typed).filter((typed) => !NO_COMMAND.test(typed));
  test('is understood as a verb', () => {
    expect(examples.length).toBeGreaterThan(20);
    const lost = examples.filter((typed) => parse(typed.replace('#编号', '#12').replace(/〔[^〕]*〕/g, ' ')).verb === null);
    expect(lost).toEqual([]);
  });
});
