/** Where the shipped packs and profiles do not say what the expected tables say; each line is a question to the keepers of the data, none a rule of the code. */
import { expect, test } from '@jest/globals';
import { expectedRows, type Row } from '../../support/csv';
import { asTheTablesSay, caseOf, rulesOf } from './course';

/** `local, as level 3: proj`, `profile; nat`, `proj (duty: law)`, `law and local` name one mark first. */
const markOf = (row: Row): string => (row.mark ?? '').replace('profile; ', '').split(/[ ,(]/)[0] ?? '';

test('一个环节只有一个依据标记，表上按级别分的这几格照档案显示', () => {
  const timed = expectedRows('deadlines.csv').filter(
    (r) => /^\d+$/.test(r.minutes ?? '') && r.profile !== 'four_hour_ceiling' && r.plan !== 'both',
  );
  const other = timed.flatMap((row) => {
    if (row.key === 'accident_investigation_report') return [];
    const { given: g, key } = caseOf(row.key ?? '', {
      rules: asTheTablesSay(rulesOf(row.plan ?? '', row.profile)),
      level: row.level ?? '',
      variant: row.variant ?? '',
    });
    const { basis } = g.deadline(key);
    return basis === markOf(row) ? [] : [`${row.key} ${row.level} ${row.profile}${row.variant}：表 ${markOf(row)}，档案 ${basis}`];
  });
  expect(other).toEqual([
    'tell_duty_leader 1 standard：表 proj，档案 local',
    'tell_duty_leader 2 standard：表 proj，档案 local',
    'phone_superior 4 standard：表 proj，档案 local',
    'phone_superior 4 fast_city：表 proj，档案 local',
    'phone_superior 4 two_hour_tier：表 proj，档案 local',
  ]);
});
