/** 特殊时期 and 零报告: every county and the office itself report every day, also when nothing happened. */

import type { Deadline } from '../../deadlines/deadline';
import { countyCall, countyRooms, dutyRooms, keeping, unique } from '../../incident/audience';
import { countyPeople, mayAs } from '../../incident/authority';
import { type Refusal, refuse } from '../../incident/refusal';
import { afterMinute, type Instant, localMinute } from '../../instant';
import type { PersonId, Roster } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import { countyOf, deadlines } from '../deadlines';
import type { CountyDesk } from '../events';
import { type DutyState, specialNow } from '../state';
import { type DutyDecision, done, happened, inCharge, NO_MATTER, type Said, type Scene, toldBeside } from './scene';

/** By the leader on duty or the emergency office. Refuses `not_authorised`, `special_running`, `text_required`, `due_passed`; asks first. */
export function startSpecialPeriod(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'StartSpecialPeriod'>>): DutyDecision {
  const { command, by, at } = said;
  const { title, until } = command;
  const usage = '特殊时期 开始 名称 截止日期';
  const may = inCharge(scene, at);
  if (!may.includes(by)) return refuse('not_authorised', '特殊时期由带班领导或应急办宣布。', usage, may);
  if (specialNow(state, at) !== null) return refuse('special_running', '特殊时期已经开始。', '特殊时期 结束 理由');
  if (title === null) return refuse('text_required', '请写明是什么时期。', usage);
  if (until !== null && until <= at) return refuse('due_passed', '所写的截止时间已经过去。', usage);
  const desks = desksOf(scene.roster);
  const pages = unique(desks.flatMap(({ person }) => person ?? []));
  if (!command.confirmed) return { is: 'confirm', effect: `进入特殊时期，${desks.length}个县区和本局每日零报告`, pages, open: [] };
  const told = toldBeside(scene, said, pages);
  const rooms = unique([...told.rooms, ...desks.flatMap(({ room }) => room ?? [])]);
  return happened({
    ...done(said),
    type: 'SpecialPeriodStarted',
    special: { title, since: at, until, endedAt: null, desks },
    told: { ...told, rooms: rooms.filter((room) => room !== said.room) },
  });
}

/** Every county of the bureau, with its first person and its room. */
function desksOf(roster: Roster): readonly CountyDesk[] {
  return roster.counties.map(({ id }) => {
    const [call] = countyCall(roster, id, 'prior_handling');
    return { county: id, person: call?.person ?? countyPeople(roster, id)[0] ?? null, room: countyRooms(roster, id)[0] ?? null };
  });
}

/** Refuses `not_authorised`, `no_special_period`, `reason_required`; asks first and names the reports still open. */
export function endSpecialPeriod(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'EndSpecialPeriod'>>): DutyDecision {
  const { command, by, at } = said;
  const { reason } = command;
  const usage = '特殊时期 结束 理由';
  const may = inCharge(scene, at);
  if (!may.includes(by)) return refuse('not_authorised', '特殊时期由带班领导或应急办结束。', usage, may);
  const special = specialNow(state, at);
  if (special === null) return refuse('no_special_period', '现在不是特殊时期。', '特殊时期 开始 名称');
  if (reason === null) return refuse('reason_required', '结束特殊时期须写明理由。', usage);
  const late = zeroRows(scene, state).filter((row) => row.status === 'open' && row.dueAt <= at);
  if (!command.confirmed) return { is: 'confirm', effect: '结束特殊时期，此后不再零报告', pages: [], open: late.map((row) => row.key) };
  const told = toldBeside(
    scene,
    said,
    special.desks.flatMap(({ person }) => person ?? []),
  );
  return happened({ ...done(said), type: 'SpecialPeriodEnded', reason, told });
}

/** Reports of one desk, or of all. */
function zeroRows({ rules }: Scene, state: DutyState, county?: string | null): readonly Deadline[] {
  const rows = deadlines(rules, state);
  if (county === undefined) return rows.filter(({ kind }) => kind === 'zero_report' || kind === 'zero_report_upward');
  if (county === null) return rows.filter(({ kind }) => kind === 'zero_report_upward');
  return rows.filter(({ key }) => key.startsWith(`zero_report:${county}:`));
}

/**
 * The earliest report that is open is the one meant. Refuses `not_authorised`, `no_special_period`, `already_reported`, `too_early`,
 * `late_reason_required`; the office's own asks first and names the counties that are silent.
 */
export function reportZero(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'ReportZero'>>): DutyDecision {
  const { command, by, at } = said;
  const { county, text, lateReason } = command;
  const may = reporting(scene, state, county, at);
  if (!may.includes(by))
    return refuse('not_authorised', county === null ? '本局零报告由值班室办理。' : '零报告由该县区局或值班室办理。', '零报告', may);
  const row = zeroRows(scene, state, county).find(({ status }) => status === 'open');
  const wrong = notReportable(row, at);
  if (row === undefined || wrong !== null) return wrong ?? notNeeded(state, at);
  if (afterMinute(at, row.dueAt) && lateReason === null)
    return refuse('late_reason_required', `零报告应于 ${hour(row.dueAt)} 前报送，已逾期，请写明原因。`, '零报告 逾期原因 内容');
  const silent = county === null ? silentAt(scene, state, row.dueAt) : [];
  if (county === null && !command.confirmed)
    return {
      is: 'confirm',
      effect: silent.length === 0 ? '各县区均已报告，登记本局零报告' : `尚有 ${silent.length} 个县区未报，仍登记本局零报告`,
      pages: [],
      open: silent,
    };
  const told = {
    rooms: dutyRooms(scene.roster).filter((room) => room !== said.room),
    people: county === null ? keeping(scene.roster, 'duty_leader', at) : [],
  };
  return happened({ ...done(said), type: 'ZeroReported', county, key: row.key, text, lateReason, silent, told });
}

/** The county's people for themselves; the duty room for everybody, e.g. by telephone. */
function reporting(scene: Scene, { seats }: DutyState, county: string | null, at: Instant): readonly PersonId[] {
  const room = [...seats.map((seat) => seat.person), ...mayAs(scene, ['duty_leader', 'emergency_office'], NO_MATTER, at)];
  return unique([...countyPeople(scene.roster, county), ...room]);
}

/** A report long before its moment would say nothing about the day. */
function notReportable(row: Deadline | undefined, at: Instant): Refusal | null {
  if (row === undefined || at >= row.baseAt) return null;
  return refuse('too_early', `下一次零报告于 ${hour(row.baseAt)} 至 ${hour(row.dueAt)} 报送。`, '有情况请直接上报');
}

function notNeeded(state: DutyState, at: Instant): Refusal {
  return specialNow(state, at) === null
    ? refuse('no_special_period', '现在不是特殊时期，不需零报告。', '有情况请直接上报')
    : refuse('already_reported', '没有等待报送的零报告。', '有情况请直接上报');
}

/** Counties whose report of that day or before is still missing. */
function silentAt({ rules }: Scene, state: DutyState, dueAt: Instant): readonly string[] {
  const open = deadlines(rules, state).filter((row) => row.kind === 'zero_report' && row.status === 'open' && row.dueAt <= dueAt);
  return unique(open.flatMap((row) => countyOf(row) ?? []));
}

/** 16:30 */
function hour(at: Instant): string {
  return localMinute(at).slice(11);
}
