/** What may be done in which status: every row of the expected table of the life of an incident, decided by a person who may. */
import { describe, expect, test } from '@jest/globals';
import type { CommandOf, IncidentCommand } from '../../../src/core/incident/commands';
import type { LevelStatus } from '../../../src/core/incident/events';
import { notNow } from '../../../src/core/incident/lifecycle';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { expectedRows, type Row } from '../../support/csv';
import {
  activate,
  activated,
  answerTo,
  ask,
  assessed,
  changeLevel,
  changeResponseLevel,
  clock,
  dismiss,
  done,
  event,
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
  received,
  reopen,
  reported,
  setLevel,
  supplement,
  terminate,
  terminated,
  terminationProposed,
  transfer,
  transferred,
  words,
} from '../builders';

const CONSUMER = 'consumer-mass-event';
const why = words('why');

/** Rules under which nothing of the aftermath stands in the way; that it can is tested apart. */
const unblocked = (rules: Rulebook): Rulebook => ({
  ...rules,
  pack: { ...rules.pack, after_action: rules.pack.after_action.map((work) => ({ ...work, blocks_archive: false })) },
});

/** An incident of the plan in each status; a level is proposed where there is one, so that a confirmation has something to confirm. */
function inState(status: string, plan: string): Given {
  const network = plan !== CONSUMER;
  const heard = reported({ plan: network ? 'network-trade-incident' : CONSUMER, suggestion: proposal(network ? null : 2, null) });
  const graded = network ? [assessed(null, '09:05', { trigger: 'directive' })] : [assessed(2), levelSet(2)];
  const running = [...graded, activated(network ? null : 2)];
  const left = { reason: why, told: NOBODY_TOLD };
  const watched = happenedAt('09:20', { type: 'MonitoringStarted', ...done('cons2'), ...left });
  const ended = [...running, terminationProposed('09:50'), terminated('10:00')];
  const reviewed = [...ended, happenedAt('10:30', { type: 'ReviewStarted', ...done('office1'), told: NOBODY_TOLD })];
  const past: Readonly<Record<string, readonly Past[]>> = {
    intake: [],
    verifying: [happenedAt('09:02', { type: 'VerificationStarted', ...done('duty1'), told: NOBODY_TOLD })],
    assessing: graded,
    monitoring: [watched],
    transferred: [transferred('09:20')],
    dismissed: [happenedAt('09:20', { type: 'IncidentDismissed', ...done('leader1'), ...left })],
    responding: running,
    terminating: [...running, terminationProposed('09:50')],
    terminated: ended,
    reviewing: reviewed,
    archived: [...reviewed, happenedAt('11:00', { type: 'IncidentArchived', ...done('archive1'), told: NOBODY_TOLD })],
  };
  const rules = unblocked(network ? NETWORK : RULES);
  return given(heard, ...(past[status] ?? [])).under({ rules });
}

interface Way {
  readonly who: string;
  readonly command: (network: boolean) => IncidentCommand;
  /** Statuses in which the table names an act that is another command elsewhere. */
  readonly only?: readonly string[];
}
const by = (who: string, command: IncidentCommand, only?: readonly string[]): Way => ({
  who,
  command: () => command,
  ...(only === undefined ? {} : { only }),
});

const confirmLevel: CommandOf<'ConfirmLevel'> = { type: 'ConfirmLevel', rank: 2, who: why, confirmedAt: clock('09:00'), confirmed: true };

/** Acts of the level and course families, decided to the end. */
const WAYS: Readonly<Record<string, Way>> = {
  propose_assessment: { who: 'office1', command: (network) => propose(network ? null : 2, network ? 'directive' : null) },
  set_level: by('director', setLevel(3)),
  change_level: by('director', changeLevel(3)),
  change_response_level: by('director', changeResponseLevel(3)),
  activate: by('director', activate()),
  watch: by('leader1', { type: 'StartMonitoring', reason: why }),
  end_watch_as_incident: {
    who: 'office1',
    command: (network) => propose(network ? null : 2, network ? 'directive' : null),
    only: ['monitoring'],
  },
  end_watch_risk_over: by('leader1', dismiss(), ['monitoring']),
  transfer: by('leader1', transfer()),
  record_transfer_receipt: by('duty1', { type: 'RecordReceipt', who: why, receivedAt: clock('09:00') }),
  returned_by_other_organ: by('duty1', { type: 'ReturnTransfer', reason: why }),
  dismiss: by('leader1', dismiss()),
  propose_termination: by('director', { type: 'ProposeTermination', grounds: [], reason: why }),
  terminate_by_authority: by('director', terminate()),
  refuse_termination: by('director', { type: 'RefuseTermination', reason: why }),
  relapse: by('director', reopen()),
  finish_aftermath: by('office1', { type: 'StartReview' }),
  sign_off_review: by('archive1', { type: 'ArchiveIncident' }),
  merge_into_other: by('leader1', { type: 'MergeInto', n: 2, reason: why, confirmed: true }),
  receive_merged_one: by('leader1', { type: 'AbsorbIncident', n: 2, receivedAt: clock('08:50'), text: why }),
  split_off: by('leader1', { type: 'SplitIncident', off: 2, reason: why }),
  confirm_by_superior: by('office1', confirmLevel),
  superior_takes_command: by('leader1', { type: 'TransferCommand', organ: why, takenAt: clock('09:00') }),
  set_stand_in: { who: 'leader1', command: (network) => nameStandIn(network ? 'net1' : 'deputy1') },
};

/** Acts of the other families: whether the status lets them be asked for at all. */
const STATUS_ONLY: Readonly<Record<string, IncidentCommand['type']>> = {
  start_verification: 'StartVerification',
  correct_fact: 'SupplementIncident',
  record_directive: 'ReceiveDirective',
  give_task: 'GiveTask',
};

const ROWS = expectedRows('lifecycle.csv');
const PLANS = (row: Row): readonly string[] => (row.plan === 'both' ? [CONSUMER, 'network-trade-incident'] : [row.plan ?? '']);
const titled = (rows: readonly Row[]): (readonly [string, Row, string])[] =>
  rows.flatMap((row) => PLANS(row).map((plan) => [`${row.state} ${row.act} ${plan}：${row.result} ${row.new_state}`, row, plan] as const));

/** Decided so late that whatever waits for a share of a term has waited long enough. */
const LATE: Readonly<Record<string, string>> = { set_stand_in: '09:57' };

describe('状态表逐行（程序第3节）', () => {
  const mine = ROWS.filter((row) => {
    const way = WAYS[row.act ?? ''];
    return way !== undefined && (way.only === undefined || way.only.includes(row.state ?? ''));
  });

  test('表里属于级别和主线的行都在', () => {
    expect(mine.length).toBeGreaterThan(230);
  });

  test.each(titled(mine))('%s', (_title, row, plan) => {
    const { who, command } = WAYS[row.act ?? ''] as Way;
    const ungraded = row.act === 'set_level' && row.state === 'assessing' && plan === CONSUMER;
    const g = ungraded ? given(reported(), assessed(3)) : inState(row.state ?? '', plan);
    const at = LATE[row.act ?? ''];
    const where = at === undefined || !['intake', 'assessing'].includes(row.state ?? '') ? {} : { at };
    const asked = command(plan !== CONSUMER);
    const answer = answerTo(g.when(who, asked, where));
    expect(answer === 'accepted' ? 'allowed' : `refused ${answer}`).toMatch(row.result === 'allowed' ? /^allowed$/ : /^refused /);
    expect(answer).not.toBe('not_authorised');
    if (row.result === 'allowed') expect(g.after(who, asked, where).state.status).toBe(statusAfter(row));
  });

  /** The joined report is marked as such instead of keeping a status in which nothing may be done. */
  function statusAfter(row: Row): string {
    return row.act === 'merge_into_other' ? 'merged' : (row.new_state ?? '');
  }

  test.each(titled(ROWS.filter((row) => Object.hasOwn(STATUS_ONLY, row.act ?? ''))))('%s', (_title, row, plan) => {
    const act = STATUS_ONLY[row.act ?? ''] as Parameters<typeof notNow>[2];
    const { state, scene } = inState(row.state ?? '', plan);
    expect(notNow(scene.rules, state, act) === null).toBe(row.result === 'allowed');
  });

  test.each(ROWS.filter((row) => row.act === 'acknowledge').map((row) => [row.state ?? '', row.result ?? ''] as const))(
    '%s 收到：%s',
    (status, result) => {
      const g = inState(status, CONSUMER);
      expect(answerTo(g.when('hubin1', received(), { room: null })) === 'accepted').toBe(result === 'allowed');
    },
  );
});

describe('级别状态表逐行（第1节）', () => {
  const ROWS_OF_STATUS = expectedRows('level_status.csv').filter((row) => row.plan === CONSUMER);

  /** At the rank of the row with the status it begins with; responding where the response has to end or change. */
  function at(rank: number, status: string): Given {
    const opened = [reported({ suggestion: proposal(rank) }), assessed(rank)];
    if (status === 'ungraded') return given(...opened);
    return given(...opened, levelSet(rank, '09:10', { status: status as LevelStatus }));
  }

  test.each(ROWS_OF_STATUS.map((row) => [`${row.level} ${row.status_before} ${row.act}：${row.status_after}`, row] as const))(
    '%s',
    (_title, row) => {
      const [from = 0, to = from] = (row.level ?? '').split(' to ').map(Number);
      const g = at(from, row.status_before ?? '');
      const status = (after: Given): readonly unknown[] => {
        const step = after.state.levels.at(-1);
        return [step?.rank, step?.status];
      };
      const confirm = (rank: number): CommandOf<'ConfirmLevel'> => ({ ...confirmLevel, rank });
      switch (row.act) {
        case 'set_level':
          return expect(status(g.after('director', setLevel(from)))).toEqual([from, row.status_after]);
        case 'change_level':
          return expect(status(g.after('director', changeLevel(to)))).toEqual([to, row.status_after?.split(';')[0]]);
        case 'confirm_by_superior, same level':
        case 'confirm_by_superior': {
          if (row.status_after === 'confirmed_by_superior')
            return expect(status(g.after('office1', confirm(from)))).toEqual([from, 'confirmed_by_superior']);
          return expect(answerTo(g.when('office1', confirm(from)))).toBe('nothing_to_confirm');
        }
        case 'confirm_by_superior, another level': {
          const after = given(...g.history.map(({ at: when, event: e }) => ({ at: when, event: e })), activated(from, []));
          expect(event(after.when('office1', confirm(3)), 'LevelChanged')).toMatchObject({ from, to: 3, status: 'confirmed_by_superior' });
          return expect(status(after.after('office1', confirm(3)))).toEqual([3, 'confirmed_by_superior']);
        }
        case 'activate':
          return expect(status(g.after('director', activate()))).toEqual([from, 'proposed']);
        case 'terminate':
          return expect(status(g.after('director', activate()).after('director', terminate()))).toEqual([from, 'proposed']);
        default:
          throw new Error(`no way for ${row.act}`);
      }
    },
  );

  test('不分级的预案没有级别也没有级别状态', () => {
    const g = given(reported({ plan: 'network-trade-incident' }), assessed(null, '09:05', { trigger: 'directive' })).under({
      rules: NETWORK,
    });
    for (const command of [setLevel(2), changeLevel(2), changeResponseLevel(2), confirmLevel])
      expect(answerTo(g.when('director', command))).toBe('no_levels');
    expect(g.after('director', activate()).state).toMatchObject({ levels: [], responseLevels: [] });
  });
});

test('并案以后本事件不再单独办理，一切请到并入的事件', () => {
  const merged = inState('assessing', CONSUMER).after('leader1', { type: 'MergeInto', n: 2, reason: null, confirmed: true });
  expect(merged.state).toMatchObject({ status: 'merged', mergedInto: 2 });
  for (const command of [activate(), dismiss(), changeLevel(3), supplement(), reopen()])
    expect(answerTo(merged.when('director', command))).toBe('incident_ended');
});

test('还有人要先期处置的县区，转办、不列入时一并告知', () => {
  const g = given(reported({ asked: [ask('prior_handling', 'hubin1')] }));
  expect(event(g.when('leader1', dismiss()), 'IncidentDismissed').told.rooms).toEqual(['county-hubin']);
  expect(event(g.when('leader1', transfer(), { room: null }), 'IncidentTransferred').told.rooms).toEqual(['duty', 'county-hubin']);
});
