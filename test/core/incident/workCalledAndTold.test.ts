/** Who is called and who is told of reports, corrections, tasks, directives and people who cannot come: the rows of the expected table. */
import { expect, test } from '@jest/globals';
import type { Decision } from '../../../src/core/incident/decide/scene';
import { expectedRows } from '../../support/csv';
import {
  activated,
  clock,
  events,
  given,
  levelSet,
  NETWORK,
  NOTHING_TOLD,
  proposal,
  report,
  reported,
  supplement,
  told,
  words,
} from '../builders';

const empty = given();
const inHubin = { fields: { ...NOTHING_TOLD, district: told('湖滨区') } };
const sensitive = { suggestion: proposal(3, 'public_safety_stability') };
const running = given(reported(), levelSet(3), activated());
const early = given(reported());
const correction = (some = {}) => supplement({ how: 'correction', ...some });
const shanzhou = { fields: { ...NOTHING_TOLD, district: told('陕州区') } };

/** The people the table speaks of, in the sample bureau. */
const OFFICER = ['duty1'];
const LEADER = ['leader1'];

interface Expected {
  readonly decision: Decision;
  readonly pinged: readonly string[];
  /** Told privately, those asked not counted: each of them has a private copy anyway. */
  readonly people: readonly string[];
  readonly rooms: readonly string[];
}

const CASES: Readonly<Record<string, Expected>> = {
  'reported|by a person with a role, in the duty room': {
    decision: empty.when('office1', report()),
    pinged: OFFICER,
    people: LEADER,
    rooms: [],
  },
  'reported|by the on-duty officer himself': { decision: empty.when('duty1', report()), pinged: [], people: LEADER, rooms: [] },
  'reported|category public_safety_stability or sensitivity': {
    decision: empty.when('office1', report(sensitive)),
    pinged: ['duty1', 'leader1'],
    people: LEADER,
    rooms: [],
  },
  'reported|public_safety_stability, by the on-duty officer himself': {
    decision: empty.when('duty1', report(sensitive)),
    pinged: ['leader1'],
    people: LEADER,
    rooms: [],
  },
  'reported|by someone without a role': { decision: empty.when('guest1', report()), pinged: OFFICER, people: [], rooms: [] },
  'reported|someone without a role, public_safety_stability': {
    decision: empty.when('guest1', report({ ...sensitive, ...inHubin })),
    pinged: OFFICER,
    people: [],
    rooms: [],
  },
  'reported|in a county room': {
    decision: empty.when('hubin2', report(inHubin), { room: 'county-hubin' }),
    pinged: OFFICER,
    people: LEADER,
    rooms: ['duty'],
  },
  'reported|in a private chat or on the web page': {
    decision: empty.when('office1', report(), { room: null }),
    pinged: OFFICER,
    people: LEADER,
    rooms: ['duty'],
  },
  'reported|from elsewhere than the county, network plan: the duty room tells the task force': {
    decision: empty.under({ rules: NETWORK }).when('duty1', report({ suggestion: proposal(null, null) })),
    pinged: [],
    people: ['leader1', 'net1'],
    rooms: ['network'],
  },
  'district_known|report did not come from that county': {
    decision: empty.when('duty1', report(inHubin)),
    pinged: ['hubin1'],
    people: LEADER,
    rooms: [],
  },
  'district_known|report came from that county': {
    decision: empty.when('hubin2', report(inHubin), { room: 'county-hubin' }),
    pinged: OFFICER,
    people: LEADER,
    rooms: ['duty'],
  },
  'district_known|district unknown': { decision: empty.when('duty1', report()), pinged: [], people: LEADER, rooms: [] },
  'corrected|更正 of a fact before activation': {
    decision: early.when('duty1', correction()),
    pinged: [],
    people: [],
    rooms: ['county-hubin'],
  },
  'corrected|更正 of a fact while responding': {
    decision: running.when('duty1', correction()),
    pinged: [],
    people: [],
    rooms: ['hq', 'county-hubin'],
  },
  'corrected|the district was wrong': {
    decision: early.when('duty1', correction(shanzhou)),
    pinged: ['shanzhou1'],
    people: [],
    rooms: ['county-hubin'],
  },
  'task_given|任务': {
    decision: running.when('director', { type: 'GiveTask', owner: 'site1', what: words('what'), dueAt: null }, { room: 'hq' }),
    pinged: ['site1'],
    people: [],
    rooms: [],
  },
  'directive_received|批示': {
    decision: running.when(
      'duty1',
      { type: 'ReceiveDirective', leader: 'director', words: words('w'), assignee: 'site1', receivedAt: clock('09:00'), dueAt: null },
      { room: null },
    ),
    pinged: ['site1'],
    people: [],
    rooms: ['duty'],
  },
  'unreachable|无法到达 / not_reached': {
    decision: running.when('site1', { type: 'CannotCome', reason: null }, { room: 'hq' }),
    pinged: ['site2'],
    people: [],
    rooms: ['duty'],
  },
};

/** Rows of other parts of the program, and why they are not decided here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'reported|by a machine (12315, opinion monitor)': '机器报来的由接入一侧写明来源',
  'district_known|two counties named': '一条报告只读出一个县区',
  'corrected|sent paper (更正补报)': '公文另办',
};

const MINE = ['reported', 'district_known', 'corrected', 'task_given', 'directive_received', 'unreachable'];
const keys = expectedRows('called_and_told.csv')
  .filter((row) => MINE.includes(row.event ?? ''))
  .map((row) => `${row.event}|${row.case}`);

test('表里接报、更正、任务、批示、无法到达的行一条不漏', () => {
  expect([...Object.keys(CASES), ...Object.keys(ELSEWHERE)].sort()).toEqual([...keys].sort());
});

test.each(Object.entries(CASES))('%s', (_title, { decision, pinged, people, rooms }) => {
  const all = events(decision);
  const found = all.flatMap((e) => [...('asked' in e ? e.asked.map((a) => a.person) : []), ...('paged' in e ? e.paged : [])]);
  expect([...new Set(found)].sort()).toEqual([...pinged].sort());
  expect(all.flatMap((e) => ('told' in e ? e.told.people : []))).toEqual(people);
  expect(all.flatMap((e) => ('told' in e ? e.told.rooms : []))).toEqual(rooms);
});
