/** Who may decide what: every row of the expected table of authority for acts of levels and of the main course, with one person for each role. */
import { describe, expect, test } from '@jest/globals';
import type { Approvable, CommandOf, IncidentCommand } from '../../../src/core/incident/commands';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import type { Grant } from '../../../src/core/roster/roster';
import { expectedRows, type Row } from '../../support/csv';
import {
  activate,
  activated,
  answerTo,
  assessed,
  changeLevel,
  changeResponseLevel,
  clock,
  dismiss,
  done,
  type Given,
  given,
  happenedAt,
  levelSet,
  NETWORK,
  NOBODY_TOLD,
  nameStandIn,
  type Past,
  proposal,
  propose,
  RULES,
  reopen,
  reported,
  rosterWith,
  setLevel,
  standInNamed,
  terminate,
  terminated,
  transfer,
  transferred,
  unconfirmed,
  words,
} from '../builders';

const CONSUMER = 'consumer-mass-event';
const NETWORK_ID = 'network-trade-incident';

/** Roles that nobody of the sample bureau holds alone. */
const ALONE: readonly Grant[] = [
  { person: 'boss', role: 'director', scope: null },
  { person: 'cmd', role: 'commander', scope: CONSUMER },
  { person: 'dc', role: 'deputy_commander', scope: CONSUMER },
  { person: 'dd', role: 'deputy_director', scope: CONSUMER },
  { person: 'lead', role: 'deputy_director', scope: NETWORK_ID },
];
const BASE = rosterWith({});
const ROSTER = {
  ...BASE,
  grants: [...BASE.grants.filter((g) => !['director', 'deputy1', 'deputy2'].includes(g.person)), ...ALONE],
};

const EVERYWHERE: Readonly<Record<string, string>> = {
  duty_officer: 'duty1',
  duty_leader: 'leader1',
  director: 'boss',
  emergency_office: 'office1',
  press_section: 'press1',
  archive_keeper: 'archive1',
  county_bureau_head: 'hubin1',
  county_bureau_head_of_another_county: 'shanzhou1',
  county_member: 'hubin2',
  auditor: 'auditor1',
  sysadmin: 'admin1',
  group_leader: 'coord1',
  group_member: 'coord2',
  guest: 'guest1',
};
const OF_PLAN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [CONSUMER]: { section_head: 'cons1', section_in_charge: 'cons2', deputy_director: 'dd', commander: 'cmd', deputy_commander: 'dc' },
  [NETWORK_ID]: { section_in_charge: 'net2', task_force_leader: 'lead', task_force_deputy: 'net1', section_head: 'net1' },
};

/** The deputy director in charge of a network matter is its 组长; where he has a row beside the 组长 another one is meant. */
function personOf(row: Row): string {
  const role = row.role ?? '';
  if (role === 'the approver named') return commanderOf(row);
  if (row.plan === NETWORK_ID && role === 'deputy_director') return ['dismiss', 'transfer'].includes(row.act ?? '') ? 'lead' : 'dd';
  const person = OF_PLAN[row.plan ?? '']?.[role] ?? EVERYWHERE[role];
  if (person === undefined) throw new Error(`nobody for ${role} of ${row.plan}`);
  return person;
}

function commanderOf(row: Row): string {
  return row.plan === NETWORK_ID ? 'lead' : 'cmd';
}

/** How each act of the table is asked for, and what has to have happened before it can be. */
interface Way {
  readonly before: (row: Row) => readonly Past[];
  readonly command: (row: Row) => IncidentCommand;
}

const ranksOf = (row: Row): readonly number[] => (row.level ?? '').split('>').map(Number);
const rankOf = (row: Row): number | null => ranksOf(row).find((rank) => rank > 0) ?? null;
const isNetwork = (row: Row): boolean => row.plan === NETWORK_ID;
const heard = (row: Row): Past => reported({ plan: row.plan ?? '', suggestion: proposal(isNetwork(row) ? null : 3, null) });
const rulesOf = (row: Row): Rulebook => (row.plan === NETWORK_ID ? NETWORK : RULES);

const assessing = (row: Row): readonly Past[] => {
  const rank = rankOf(row);
  return [
    heard(row),
    assessed(rank, '09:05', { trigger: isNetwork(row) ? 'directive' : null }),
    ...(rank === null ? [] : [levelSet(rank)]),
  ];
};
const early = (row: Row): readonly Past[] => [heard(row)];
const running = (row: Row): readonly Past[] => [...assessing(row), activated(rankOf(row), [])];
const over = (row: Row): readonly Past[] => [...running(row), terminated('10:00')];
const why = words('why');
const later = { receivedAt: clock('09:00'), who: words('who') };

const WAYS: Readonly<Record<string, Way>> = {
  propose_assessment: {
    before: early,
    command: (row) => propose(isNetwork(row) ? null : 3, isNetwork(row) ? 'directive' : null),
  },
  set_level: { before: early, command: (row) => setLevel(rankOf(row) ?? 3) },
  change_level: { before: running, command: (row) => changeLevel(row.level === 'same level' ? 3 : (ranksOf(row)[1] ?? 3)) },
  change_response_level: { before: running, command: (row) => changeResponseLevel(ranksOf(row)[1] ?? 3) },
  activate: { before: assessing, command: () => activate() },
  terminate: { before: running, command: () => terminate() },
  relapse: { before: over, command: () => reopen() },
  dismiss: { before: assessing, command: () => dismiss() },
  transfer: { before: assessing, command: () => transfer() },
  record_transfer_receipt: {
    before: (row) => [...assessing(row), transferred('09:20')],
    command: () => ({ type: 'RecordReceipt', ...later }),
  },
  take_back_returned: {
    before: (row) => [...assessing(row), transferred('09:20')],
    command: () => ({ type: 'ReturnTransfer', reason: why }),
  },
  merge: { before: assessing, command: () => ({ type: 'MergeInto', n: 2, reason: null, confirmed: true }) },
  split: { before: assessing, command: () => ({ type: 'SplitIncident', off: 2, reason: why }) },
  watch: { before: assessing, command: () => ({ type: 'StartMonitoring', reason: why }) },
  record_superior_confirmation: {
    before: assessing,
    command: (row) => ({ type: 'ConfirmLevel', rank: rankOf(row) ?? 1, who: why, confirmedAt: clock('09:00'), confirmed: true }),
  },
  record_superior_command: { before: assessing, command: () => ({ type: 'TransferCommand', organ: why, takenAt: clock('09:00') }) },
  name_stand_in: { before: assessing, command: (row) => nameStandIn(row.plan === NETWORK_ID ? 'net1' : 'dc') },
  end_stand_in: {
    before: (row) => [...assessing(row), standInNamed('dc', '09:12', { standsFor: commanderOf(row) })],
    command: () => ({ type: 'EndStandIn', person: 'dc' }),
  },
  record_oral_approval: { before: assessing, command: (row) => oral(row, dismiss() as Approvable) },
  confirm_oral_approval_in_writing: {
    before: (row) => [...assessing(row), recorded(commanderOf(row))],
    command: () => ({ type: 'ConfirmOralApproval', id: 'oral1', text: null }),
  },
  issue_consumer_alert: { before: assessing, command: () => ({ type: 'IssueWarning', rank: null, text: why }) },
  lift_warning: {
    before: (row) => [
      ...assessing(row),
      happenedAt('09:15', { type: 'WarningIssued', ...done('boss'), rank: null, text: why, told: NOBODY_TOLD }),
    ],
    command: () => ({ type: 'LiftWarning', text: why }),
  },
  archive: {
    before: (row) => [...over(row), happenedAt('10:30', { type: 'ReviewStarted', ...done('office1'), told: NOBODY_TOLD })],
    command: () => ({ type: 'ArchiveIncident' }),
  },
};

function oral(row: Row, act: Approvable): CommandOf<'RecordOralApproval'> {
  const who =
    ['dismiss'].includes(row.act ?? '') || act.type === 'DismissIncident' ? (row.plan === NETWORK_ID ? 'lead' : 'dd') : commanderOf(row);
  return { type: 'RecordOralApproval', act, who, approvedAt: clock('09:15'), words: words('said'), heardBy: [] };
}

function recorded(who: string): Past {
  const approval = { id: 'oral1', act: 'ActivateResponse', who, approvedAt: clock('09:15'), words: words('said'), heardBy: [] };
  return happenedAt('09:16', { type: 'OralApprovalRecorded', ...done('leader1'), ...approval });
}

/** The incident before the act, at a moment when a stand-in may be offered, with nothing left that would block the archive. */
function settingOf(row: Row, way: Way, more: readonly Past[] = []): Given {
  const rules = rulesOf(row);
  const unblocked = {
    ...rules,
    pack: { ...rules.pack, after_action: rules.pack.after_action.map((a) => ({ ...a, blocks_archive: false })) },
  };
  return given(...way.before(row), ...more).under({ rules: row.act === 'archive' ? unblocked : rules, roster: ROSTER });
}

const AT = '10:59';

/** `yes`, `no` or `asked`: what the person is answered who asks for the act without a code. */
function allowed(row: Row, who: string, g: Given): boolean {
  const way = WAYS[row.act ?? ''] as Way;
  return answerTo(g.when(who, way.command(row), { at: AT })) === 'accepted';
}

const CELL = ['act', 'plan', 'level'] as const;
const cellOf = (row: Row): string => CELL.map((column) => row[column]).join(' ');

/** Nobody can even ask for a grading without a level. */
const ROWS = expectedRows('authority.csv').filter(
  (row) => Object.hasOwn(WAYS, row.act ?? '') && !(row.act === 'set_level' && row.level === 'ungraded'),
);
const cells = new Map<string, Row[]>();
for (const row of ROWS) cells.set(cellOf(row), [...(cells.get(cellOf(row)) ?? []), row]);
/** Decisions, section 1, names the duty leader and the deputy director for level 4; the commander comes in only as the director he is. */
const isDirectorToo = (row: Row): boolean => row.act === 'set_level' && row.level === '4' && row.role === 'commander';
const NAMED = ROWS.filter((row) => row.role !== 'any_other_role' && !isDirectorToo(row)).map(
  (row) => [`${row.act} ${row.plan} ${row.level} ${row.role}`, row] as const,
);
const OTHERS = ROWS.filter((row) => row.role === 'any_other_role').map((row) => [cellOf(row), row] as const);

describe('权限表逐行（第1节）', () => {
  test('表里属于级别和主线的行都在', () => {
    expect(NAMED.length + OTHERS.length).toBeGreaterThan(650);
  });

  test.each(NAMED)('%s', (_title, row) => {
    const way = WAYS[row.act ?? ''] as Way;
    const who = personOf(row);
    const g = settingOf(row, way);
    const isYes = row.allowed === 'yes' || (row.allowed ?? '').startsWith('backfill_within_');
    expect([row.allowed, allowed(row, who, g)]).toEqual([row.allowed, isYes]);
    if (row.allowed === 'stand_in_only') {
      const standsFor = commanderOf(row);
      expect(allowed(row, who, settingOf(row, way, [standInNamed(who, AT, { standsFor, until: clock('12:00') })]))).toBe(true);
      expect(allowed(row, who, settingOf(row, way, [standInNamed(who, '10:00', { standsFor, until: clock('10:30') })]))).toBe(false);
    }
    if (row.allowed === 'record_oral_approval_only')
      expect(answerTo(g.when(who, oral(row, way.command(row) as Approvable), { at: AT }))).toBe('accepted');
  });

  test.each(OTHERS)('%s：其余各种身份', (_title, row) => {
    const way = WAYS[row.act ?? ''] as Way;
    const cell = cells.get(cellOf(row)) ?? [];
    const named = new Set(cell.filter((other) => other !== row).map(personOf));
    const g = settingOf(row, way);
    for (const [role, person] of Object.entries({ ...EVERYWHERE, ...OF_PLAN[row.plan ?? ''] })) {
      if (named.has(person) || (role === 'director' && OFFICE_WORK.includes(row.act ?? ''))) continue;
      expect([role, allowed(row, person, g)]).toEqual([role, false]);
    }
  });

  test('表里写“要码”的先问一句，写“不要码”的直接办', () => {
    const wrong = NAMED.filter(([, row]) => row.allowed === 'yes' && row.act !== 'issue_consumer_alert').flatMap(([title, row]) => {
      const command = (WAYS[row.act ?? ''] as Way).command(row);
      const answer = answerTo(settingOf(row, WAYS[row.act ?? ''] as Way).when(personOf(row), unconfirmed(command), { at: AT }));
      return answer === (row.code === 'yes' ? 'asked' : 'accepted') ? [] : [`${title}: ${answer}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** Cells without a row of the director: the table reads him out, decisions.md lets him always act; the archive alone is kept apart. */
const OFFICE_WORK = ['propose_assessment', 'record_transfer_receipt', 'take_back_returned', 'watch'];

test.each(OFFICE_WORK)('局长始终可以：%s', (act) => {
  const row = { act, plan: CONSUMER, level: '3' };
  expect(allowed(row, 'boss', settingOf(row, WAYS[act] as Way))).toBe(true);
});
