/** Who may see an incident, decisions.md section 4 (“No other county sees anything”) and procedure.md section 4. */
import { expect, test } from '@jest/globals';
import { mayBeGivenWork, visibleInRoom } from '../../../src/core/incident/visibility';
import { activated, given, levelSet, ROSTER, reported } from '../builders';

const hubin = given(reported(), levelSet(3), activated()).state;
const elsewhere = given(reported({ by: 'hubin2', room: 'county-hubin', county: 'shanzhou', asked: [] })).state;

test.each([
  ['duty', true],
  ['leaders', true],
  ['hq', true],
  ['network', false],
  ['county-hubin', true],
  ['county-shanzhou', false],
  ['branch-kfq', false],
])('湖滨区的消费类事件，%s 群看得到：%s', (room, seen) => {
  const found = ROSTER.rooms.get(room);
  if (found === undefined) throw new Error(`no room ${room}`);
  expect(visibleInRoom(found, hubin)).toBe(seen);
});

test('湖滨区局报的陕州区的事：两个县区群都看得到，别的县区看不到', () => {
  const seen = [...ROSTER.rooms.values()].filter((r) => r.kind === 'county' && visibleInRoom(r, elsewhere)).map((r) => r.id);
  expect(seen).toEqual(['county-hubin', 'county-shanzhou']);
});

test.each([
  ['当班值班员', 'duty1', true],
  ['局长', 'director', true],
  ['应急办', 'office1', true],
  ['被点名的工作组成员', 'log2', true],
  ['市局别的科室的人', 'legalhead1', true],
  ['事发县区的值班员', 'hubin2', true],
  ['别的县区', 'shanzhou1', false],
  ['来访人员', 'guest1', false],
  ['系统管理员不办事件', 'admin1', false],
])('%s可以被交办：%s %s', (_title, person, may) => {
  expect(mayBeGivenWork(ROSTER, person, hubin)).toBe(may);
});
