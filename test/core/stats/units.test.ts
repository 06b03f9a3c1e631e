/** Whose deadlines they are, unit by unit. */
import { expect, test } from '@jest/globals';
import { type OwedCount, sectionNames, unitsOf } from '../../../src/core/stats/units';
import { ROSTER } from '../builders';

const owed = (owner: string, county: string | null = null, some: Partial<OwedCount> = {}): OwedCount => ({
  ...{ owner, county, met: 1, missed: 0, overdue: 0 },
  ...some,
});

test.each([
  ['组长本人的时限算在他的组', owed('site1'), { is: 'group', id: 'on_site' }],
  ['组员的也算在组', owed('coord2'), { is: 'group', id: 'coordination' }],
  ['县区局负责人的算在县区', owed('hubin1', 'lushi'), { is: 'county', id: 'hubin' }],
  ['写明由县区局办的，算在事件所在县区', owed('territorial_bureau', 'lushi'), { is: 'county', id: 'lushi' }],
  ['科室人员的算在科室', owed('cons2'), { is: 'section', id: 'consumer' }],
  ['值班员按岗位算', owed('duty1'), { is: 'role', id: 'duty_officer' }],
  ['没有点名的按岗位算', owed('press_section'), { is: 'role', id: 'press_section' }],
  ['已不在册的人不具名', owed('gone'), { is: 'role', id: 'left' }],
])('%s', (_title, count, unit) => expect(unitsOf(ROSTER, [count])).toEqual([{ ...unit, met: 1, missed: 0, overdue: 0 }]));

test('同一单位合并成一行，欠得多的在前，没有时限的不列', () => {
  const counts = [owed('press1'), owed('site1', null, { missed: 2 }), owed('site2', null, { overdue: 1 }), owed('net2', null, { met: 0 })];
  expect(unitsOf(ROSTER, counts).map(({ id, met, missed, overdue }) => [id, met, missed, overdue])).toEqual([
    ['on_site', 2, 2, 1],
    ['press_section', 1, 0, 0],
  ]);
});

test('科室的名称从科长的职务里来', () => {
  expect(sectionNames(ROSTER)).toEqual({ network: '网监科', consumer: '消保科', legal_affairs: '法规科' });
});
