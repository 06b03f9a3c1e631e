/** Who may do the work of an incident: the rows of the expected table of authority for reports, tasks, directives, calls and obligations. */
import { describe, expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import { expectedRows, type Row } from '../../support/csv';
import {
  activated,
  answerTo,
  ask,
  assessed,
  clock,
  done,
  type Given,
  given,
  happenedAt,
  levelSet,
  NETWORK,
  NOBODY_TOLD,
  type Past,
  proposal,
  RULES,
  received,
  report,
  reported,
  rosterWith,
  supplement,
  words,
} from '../builders';

const CONSUMER = 'consumer-mass-event';
const NETWORK_ID = 'network-trade-incident';
const BASE = rosterWith({});
const ROSTER = {
  ...BASE,
  grants: [
    ...BASE.grants.filter((g) => !['director', 'deputy1', 'deputy2'].includes(g.person)),
    { person: 'director', role: 'director', scope: null },
    { person: 'deputy1', role: 'commander', scope: CONSUMER },
    { person: 'deputy2', role: 'deputy_commander', scope: CONSUMER },
    { person: 'deputy2', role: 'deputy_director', scope: NETWORK_ID },
  ],
};

const EVERYWHERE: Readonly<Record<string, string>> = {
  duty_officer: 'duty2',
  duty_leader: 'leader1',
  director: 'director',
  emergency_office: 'office1',
  press_section: 'press1',
  archive_keeper: 'archive1',
  county_bureau_head: 'hubin1',
  territorial_bureau: 'hubin2',
  county_bureau_head_of_another_county: 'shanzhou1',
  auditor: 'auditor1',
  sysadmin: 'admin1',
  group_leader: 'coord1',
  group_member: 'coord2',
  guest: 'guest1',
  'the reporter': 'net3',
  'the task owner': 'coord2',
  'the person asked': 'coord2',
  'the person who acknowledged': 'coord2',
  "the leader's recorded stand-in": 'site2',
  'the owner': 'duty2',
  'any leader in a private chat': 'director',
  'anyone with a role': 'press1',
  'person without a role': 'guest1',
};
const OF_PLAN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [CONSUMER]: { section_in_charge: 'cons2', section_head: 'cons1', commander: 'deputy1', deputy_commander: 'deputy2' },
  [NETWORK_ID]: { section_in_charge: 'net2', task_force_leader: 'deputy2', task_force_deputy: 'net1' },
};

const why = words('why');
const TASK = { id: 'task1', template: null, what: why, owner: 'coord2', group: 'coordination', dueAt: null };
const asked = ask('task', 'coord2', { id: 'task1', room: 'hq', group: 'coordination' });

interface Way {
  readonly who?: readonly string[];
  readonly before?: readonly Past[];
  readonly command: (row: Row) => IncidentCommand;
  readonly at?: string;
}

const taskGiven = happenedAt('09:30', { type: 'TasksGiven', ...done('office1'), tasks: [TASK], asked: [asked], told: NOBODY_TOLD });
const call = (row: Row): IncidentCommand => ({
  type: 'LogPhone',
  party: row.act === 'log_contact_to_provincial_division' ? 'provnet' : null,
  spokeWith: why,
  calledAt: clock('09:05'),
  words: why,
});

const WAYS: Readonly<Record<string, Way>> = {
  report: { command: () => report() },
  correct_fact: { command: () => supplement({ how: 'correction' }) },
  give_task: { command: () => ({ type: 'GiveTask', owner: 'coord2', what: why, dueAt: null }) },
  accept_task: { before: [taskGiven], command: () => received() },
  complete_task: { before: [taskGiven], command: () => ({ type: 'CompleteTask', task: 'task1', text: why, evidence: [] }) },
  acknowledge: { command: () => received() },
  withdraw_acknowledgement: {
    before: [happenedAt('09:35', { type: 'Acknowledged', ...done('coord2'), asks: ['call_out-coord2'], via: 'text' })],
    command: () => ({ type: 'WithdrawAcknowledgement' }),
  },
  start_verification: { command: () => ({ type: 'StartVerification' }) },
  record_phone_report: { command: call },
  log_contact_to_provincial_division: { command: call },
  record_directive: {
    command: () => ({
      type: 'ReceiveDirective',
      leader: 'director',
      words: why,
      assignee: 'office1',
      receivedAt: clock('09:00'),
      dueAt: null,
    }),
  },
  mark_deadline_not_applicable: { command: () => ({ type: 'WaiveObligation', key: 'tell_duty_leader', reason: why }) },
  close_overdue_deadline: {
    at: '09:50',
    command: () => ({ type: 'MeetObligation', key: 'tell_duty_leader', lines: [], doneAt: clock('09:45'), text: why, lateReason: why }),
  },
};

/** Running, or only reported where the act belongs there; the section's man has reported it. */
function settingOf(row: Row, { before = [] }: Way): Given {
  const network = row.plan === NETWORK_ID;
  const heard = reported({ by: 'net3', asked: [], plan: row.plan ?? '', suggestion: proposal(network ? null : 3, null) });
  const calls = [ask('call_out', 'coord2', { group: 'coordination' }), ask('call_out', 'site2', { standInFor: 'site1', group: 'on_site' })];
  const early = ['start_verification'].includes(row.act ?? '');
  const rank = Number(row.level) || 3;
  const graded = network ? [assessed(null, '09:05', { trigger: 'directive' })] : [levelSet(rank)];
  const past = early ? [heard] : [heard, ...graded, activated(network ? null : rank, calls), ...before];
  return given(...past).under({ roster: ROSTER, rules: network ? NETWORK : RULES });
}

const wayOf = (row: Row): Way => WAYS[row.act ?? ''] as Way;

/** Where the pack, or a sentence of the procedure, gives more people the power than the narrow reading of the table. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  correct_fact: ['duty_leader', 'emergency_office', 'director', 'county_bureau_head'],
  give_task: ['director'],
  complete_task: ['group_leader'],
  start_verification: ['county_bureau_head', 'director'],
  record_phone_report: ['county_bureau_head', 'director'],
  log_contact_to_provincial_division: ['duty_officer', 'duty_leader', 'county_bureau_head', 'territorial_bureau', 'director', 'the owner'],
  mark_deadline_not_applicable: ['deputy_commander'],
};
/** Persons who hold another of the named roles of the cell as well. */
const ALSO: Readonly<Record<string, string>> = {
  'the owner': 'duty_officer',
  'the task owner': 'group_member',
  'the person asked': 'group_member',
  'the person who acknowledged': 'group_member',
};

function allowed(row: Row, role: string): boolean {
  const who = OF_PLAN[row.plan ?? '']?.[role] ?? EVERYWHERE[role];
  if (who === undefined) throw new Error(`nobody for ${role}`);
  const way = wayOf(row);
  const room = role === 'any leader in a private chat' ? null : ['acknowledge'].includes(row.act ?? '') ? 'hq' : null;
  return answerTo(settingOf(row, way).when(who, way.command(row), { at: way.at ?? '09:40', room })) === 'accepted';
}

/** Levels make no difference to these acts; one graded and the level-free plan are enough. */
const ROWS = expectedRows('authority.csv').filter(
  (row) => Object.hasOwn(WAYS, row.act ?? '') && (row.level === '3' || row.level === 'level_free'),
);
const NAMED = ROWS.filter((row) => row.role !== 'any_other_role');
const OTHERS = ROWS.filter((row) => row.role === 'any_other_role' && row.allowed === 'no');

describe('事务的权限逐行（程序第4节，第1节）', () => {
  test('表里属于本部分的行都在', () => {
    expect(NAMED.length).toBeGreaterThan(55);
    expect(OTHERS.length).toBeGreaterThan(20);
  });

  test.each(NAMED.map((row) => [`${row.act} ${row.plan} ${row.role}：${row.allowed}`, row] as const))('%s', (_title, row) => {
    expect(allowed(row, row.role ?? '')).toBe(row.allowed === 'yes');
    expect(row.code).toBe('no');
  });

  test.each(OTHERS.map((row) => [`${row.act} ${row.plan}`, row] as const))('%s：其余各种身份', (_title, row) => {
    const cell = NAMED.filter((other) => other.act === row.act && other.plan === row.plan);
    const people = new Set(cell.map((other) => OF_PLAN[row.plan ?? '']?.[other.role ?? ''] ?? EVERYWHERE[other.role ?? '']));
    const roles = Object.entries({ ...EVERYWHERE, ...OF_PLAN[row.plan ?? ''] }).filter(
      ([role, person]) => !people.has(person) && ALSO[role] === undefined && !role.startsWith('any') && !role.startsWith('the '),
    );
    for (const [role] of roles) expect([role, allowed(row, role)]).toEqual([role, (WIDER[row.act ?? ''] ?? []).includes(role)]);
  });
});
