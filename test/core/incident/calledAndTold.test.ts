/** Who is called and who is told of activation, change of level, end and relapse: the rows of the expected tables, with the sample bureau's people. */
import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../src/core/incident/decide/scene';
import type { IncidentEvent } from '../../../src/core/incident/events';
import type { Room } from '../../../src/core/roster/roster';
import { expectedRows, type Row } from '../../support/csv';
import {
  activate,
  activated,
  ask,
  assessed,
  changeLevel,
  changeResponseLevel,
  events,
  type Given,
  GROUP_CALLS,
  GROUPS,
  given,
  levelSet,
  NETWORK,
  type Past,
  proposal,
  propose,
  ROSTER,
  RULES,
  reopen,
  reported,
  terminate,
  terminated,
  terminationProposed,
  words,
} from '../builders';

const NETWORK_ID = 'network-trade-incident';
const TASK_FORCE = ['deputy2', 'net1', 'net2', 'net3'];
const COUNTY_CALL = ask('call_out', 'hubin1', { room: 'county-hubin' });
const INCIDENT_ROOM: Room = { id: 'incident', name: '事件群', kind: 'incident', county: null, plans: [], exposure: 'full', members: [] };
const roster = { ...ROSTER, rooms: new Map([...ROSTER.rooms, [INCIDENT_ROOM.id, INCIDENT_ROOM]]) };

/** Known at a level, reported in the incident's own room; the county has its task. */
function known(row: Row, rank: number | null): Given {
  const network = row.plan === NETWORK_ID;
  const heard = reported({ room: 'incident', plan: network ? NETWORK_ID : 'consumer-mass-event', suggestion: proposal(rank, null) });
  const graded = network ? [assessed(null, '09:05', { trigger: 'directive' })] : [levelSet(rank ?? 3)];
  return given(heard, ...graded).under({ roster, rules: network ? NETWORK : RULES });
}

function responding(row: Row, rank: number | null): Given {
  const calls = rank === 4 ? [COUNTY_CALL] : rank === null ? TASK_FORCE.map((person) => ask('call_out', person)) : GROUP_CALLS;
  return plus(known(row, rank), activated(rank, calls));
}

function plus(g: Given, ...more: readonly Past[]): Given {
  return given(...g.history.map(({ at, event }) => ({ at, event })), ...more).under(g.scene);
}

/** Said by the director in private, so that every room told stands in the event. */
const privately = { room: null };

function decided(row: Row): { readonly g: Given; readonly decision: Decision } {
  const ranks = (row.case ?? '').split(' to ').map(Number);
  const level = Number(row.level) || (row.level?.startsWith('1-') ? 3 : null);
  const [from = 3, to = 3] = ranks;
  switch (row.event) {
    case 'activated':
      return on(known(row, level), activate());
    case 'level_raised':
    case 'level_lowered':
      return on(responding(row, from), changeLevel(to));
    case 'response_level_changed':
      return on(responding(row, 4), changeResponseLevel(3));
    case 'terminated':
      return on(responding(row, level), terminate());
    case 'relapsed':
      return on(plus(responding(row, level), terminationProposed('09:50'), terminated('10:00')), reopen());
    default:
      throw new Error(`no way for ${row.event}`);
  }
}

function on(g: Given, command: Parameters<Given['when']>[1]): { readonly g: Given; readonly decision: Decision } {
  return { g, decision: g.when('director', command, privately) };
}

/** Everybody an accepted act really pings: newly asked or stood down. */
function pinged({ g, decision }: ReturnType<typeof decided>): readonly string[] {
  const people = events(decision).flatMap((e) => {
    const stood = 'stoodDown' in e ? e.stoodDown.flatMap((id) => g.state.asks[id]?.person ?? []) : [];
    return [...('asked' in e ? e.asked.map((a) => a.person) : []), ...stood];
  });
  return [...new Set(people)].sort();
}

type Announcing = Extract<IncidentEvent, { readonly summaries: unknown }>;

function announcing({ decision }: ReturnType<typeof decided>): Announcing {
  const [found, ...others] = events(decision).filter((e): e is Announcing => 'summaries' in e);
  if (found === undefined || others.length > 0) throw new Error('expected one announcement');
  return found;
}

/** The table's words for those who are called, as people of the sample bureau. */
function calledBy(words: string, row: Row): readonly string[] {
  if (words.startsWith('nobody')) return [];
  if (words.startsWith('as level change')) return GROUPS;
  if (words.includes('stood down')) return [...GROUPS, 'hubin1'];
  if (words.includes('county')) return ['hubin1'];
  return row.plan === NETWORK_ID ? TASK_FORCE : GROUPS;
}

const ROOM_OF: Readonly<Record<string, string>> = {
  duty: 'duty',
  hq: 'hq',
  network: 'network',
  'involved county': 'county-hubin',
  incident: 'incident',
};

function roomsOf(shown: string): readonly string[] {
  return shown.split(';').map((name) => ROOM_OF[name.replace(/\(.*/, '').trim()] ?? `?${name}`);
}

const leadersOf = (row: Row): readonly string[] =>
  row.plan === NETWORK_ID ? ['deputy2', 'net1', 'leader1'] : ['director', 'deputy1', 'leader1'];

const MINE = ['activated', 'level_raised', 'level_lowered', 'response_level_changed', 'terminated', 'relapsed'];
const ROWS = expectedRows('called_and_told.csv').filter((row) => MINE.includes(row.event ?? ''));

describe('谁被点名、谁被告知（第4节）', () => {
  test('表里启动、调级、终止、反复的行都在', () => {
    expect(ROWS.length).toBeGreaterThan(20);
  });

  test.each(ROWS.map((row) => [`${row.event} ${row.case} ${row.plan} ${row.level}`, row] as const))('%s', (_title, row) => {
    const act = decided(row);
    expect(pinged(act)).toEqual([...calledBy(row.called_by_mention ?? '', row)].sort());
    expect([...announcing(act).told.rooms].sort()).toEqual([...roomsOf(row.shown_rooms ?? '')].sort());
    expect([...announcing(act).summaries].sort()).toEqual([...leadersOf(row)].sort());
  });

  const LEADERS = expectedRows('leaders.csv').filter((row) => ['activated', 'level changed', 'terminated'].includes(row.event ?? ''));

  test.each(LEADERS.map((row) => [`${row.event} ${row.plan} ${row.level}`, row] as const))('领导摘要：%s', (_title, row) => {
    const event = row.event === 'level changed' ? 'level_raised' : (row.event ?? '');
    const rank = Number(row.level);
    const act = decided({ ...row, event, case: `${rank === 3 ? 4 : 3} to ${rank}` });
    expect([...announcing(act).summaries].sort()).toEqual([...leadersOf(row)].sort());
  });

  test('研判提请谁决定：四级带班领导和分管局领导，三级总指挥和副总指挥，一二级总指挥，不分级的组长', () => {
    const ask = (plan: string, rank: number | null): readonly string[] => {
      const row = { plan };
      const g = given(reported({ plan, suggestion: proposal(rank, null) })).under(known(row, rank ?? 3).scene);
      const [only] = events(g.when('office1', propose(rank, rank === null ? 'directive' : null)));
      return only?.type === 'AssessmentProposed' ? [...only.mayDecide].sort() : [];
    };
    expect([4, 3, 2, 1].map((rank) => ask('consumer-mass-event', rank))).toEqual([
      ['deputy1', 'leader1'],
      ['deputy1', 'director'],
      ['director'],
      ['director'],
    ]);
    expect(ask(NETWORK_ID, null)).toEqual(['deputy2']);
  });

  test('拟终止提请有权启动的人签批，告知指挥部群', () => {
    const g = responding({ plan: 'consumer-mass-event' }, 3);
    const [only] = events(g.when('site1', { type: 'ProposeTermination', grounds: ['handled'], reason: words('done') }, privately));
    expect(only).toMatchObject({ type: 'TerminationProposed', mayDecide: ['director'], grounds: ['handled'] });
    expect(only !== undefined && 'told' in only ? only.told.rooms : []).toContain('hq');
  });
});
