/** The shipped deadline profiles say what the procedure (section 5) and the decisions (section 2) say, row by row. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readProfile } from '../../../src/config/planFiles';
import type { DeadlineProfile, ProfileStep } from '../../../src/core/plans/profileSchema';
import { CONFIG } from '../builders';

function profile(id: string): DeadlineProfile {
  const { value, faults } = readProfile(join(CONFIG, 'deadline-profiles', `${id}.yaml`));
  if (value === null || faults.length > 0) throw new Error(JSON.stringify(faults));
  return value;
}

function stepOf(from: DeadlineProfile, id: string): ProfileStep {
  const found = from.steps.find((s) => s.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

const DAYS = 1440;
type Row = readonly [id: string, starts: string, one: number | null, two: number | null, three: number | null, four: number | null];
const TABLE: readonly Row[] = [
  ['duty_ack', 'received', 5, 5, 5, 10],
  ['tell_duty_leader', 'received', 5, 5, 10, 10],
  ['phone_superior', 'received', 15, 15, 30, 60],
  ['written_first', 'received', 35, 35, 60, 360],
  ['assess', 'received', 30, 30, 60, 120],
  ['activate', 'level_set', 30, 30, 60, 120],
  ['group_ack', 'activated', 10, 10, 20, 30],
  ['task_ack', 'task_given', 10, 10, 20, 30],
  ['progress_extra', 'activated', 120, 120, null, null],
  ['opinion_first', 'received', 300, 300, 2880, 2880],
  ['opinion_target', 'received', 120, 120, 1440, 1440],
  ['press_conference', 'received', 1440, 1440, null, null],
  ['oral_backfill', 'oral_approval', 120, 120, 240, 480],
  ['directive_feedback', 'directive_received', 240, 240, 1440, 1440],
  ['final_report', 'terminated', 7 * DAYS, 7 * DAYS, 7 * DAYS, 7 * DAYS],
  ['review', 'terminated', 30 * DAYS, 30 * DAYS, 30 * DAYS, 30 * DAYS],
  ['casualty_update', 'occurred', 30 * DAYS, 30 * DAYS, 30 * DAYS, 30 * DAYS],
  ['data_purge', 'terminated', 30 * DAYS, 30 * DAYS, 30 * DAYS, 30 * DAYS],
];

describe('标准档案', () => {
  const standard = profile('standard');

  test.each(TABLE)('%s 自 %s 起算，四级分钟数照表，未定级同三级', (id, starts, ...minutes) => {
    const step = stepOf(standard, id);
    expect(step.starts).toBe(starts);
    expect(['1', '2', '3', '4', 'ungraded'].map((column) => step.minutes[column])).toEqual([...minutes, minutes[2]]);
  });

  test('除定时续报和工作记录的时限外没有多出来的环节；续报钟点照表', () => {
    const incidents = standard.steps.filter((s) => s.starts !== 'recorded');
    expect(incidents.map((s) => s.id).sort()).toEqual([...TABLE.map(([id]) => id), 'progress_fixed'].sort());
    expect(stepOf(standard, 'progress_fixed').at_times).toMatchObject({ '3': ['08:00', '17:00'], '4': ['17:00'] });
    expect(stepOf(standard, 'progress_extra').repeats_for_minutes).toBe(720);
  });

  test('不分级的预案，启动时限自提出研判意见起算', () => {
    expect(stepOf(standard, 'activate').starts_level_free).toBe('assessed');
  });

  test('一件事的时限在 50、80、100 提醒：承办人，80 并告带班领导，100 再并告应急办', () => {
    expect(standard.clock_ladder).toEqual([
      { at: 50, do: ['private_again'] },
      { at: 80, do: ['private_again', 'tell_duty_leader'] },
      { at: 100, do: ['private_again', 'tell_duty_leader', 'tell_office'] },
    ]);
  });
});

test.each([
  ['half_hour', [30, 30, 30, 60], [60, 60, 60, 120]],
  ['fast_city', [15, 15, 30, 60], [30, 30, 60, 360]],
  ['two_hour_tier', [15, 15, 30, 60], [120, 120, 120, 120]],
  ['four_hour_ceiling', [15, 15, 30, 60], [240, 240, 60, 360]],
])('%s 只有电话和书面首报与标准档案不同', (id, phone, written) => {
  const other = profile(id);
  const minutes = (step: string) => ['1', '2', '3', '4'].map((column) => stepOf(other, step).minutes[column]);
  expect([minutes('phone_superior'), minutes('written_first')]).toEqual([phone, written]);
  const rest = (from: DeadlineProfile) => from.steps.filter((s) => !['phone_superior', 'written_first'].includes(s.id));
  expect(rest(other)).toEqual(rest(profile('standard')));
});

test('2006 年的四小时上限只作记录', () => {
  expect(profile('four_hour_ceiling').status).toBe('history');
});
