/** 答复, 回执, 审核, 批准, 下达 …: the next step of a work record. */
import { deadlines } from '../../deadlines/deadlines';
import type { Instant } from '../../instant';
import { RECORD_KINDS } from '../../plans/schema/records';
import type { PersonId } from '../../roster/roster';
import { toldBut, unique } from '../audience';
import type { CommandOf, Envelope } from '../commands';
import type { Asked, Audience, Given, IncidentEvent } from '../events';
import { moveOf, movesFrom, recordKey, titleOf } from '../records/find';
import { KINDS, MOVES, type Move, STAGES, type Stage } from '../records/kinds';
import type { WorkRecord } from '../records/record';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { isLate } from './obligations';
import { askOf, mayPower, nextPerson, roomsOfRecord } from './recordParts';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned, roomFor, workingGroup } from './workParts';

type Enter = CommandOf<'EnterRecord'>;

/**
 * Those whose step it is, by the table of the kinds and the plan's row. Refuses `no_such_record`, `which_move`, `not_authorised`,
 * `own_draft`, `wrong_stage`, `text_required`, `in_future`, `late_reason_required`, `amount_required`, `unit_differs`, `too_much`, and for
 * a scheme's tasks `due_passed`, `no_such_person`, `not_concerned`.
 */
export function enterRecord(scene: Scene, state: IncidentState, envelope: Envelope, command: Enter): Decision {
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const record = state.records[command.record];
  if (record === undefined) return refuse('no_such_record', `事件 #${state.n} 没有这项工作记录。`, `#${state.n} 待办`);
  const move = moveOf(record.kind, command.move);
  if (move === undefined) return refuse('which_move', `${titleOf(record)}没有“${MOVES[command.move]}”这一步。`, stepsOf(state, record));
  const may = unique(move.powers.flatMap((power) => mayPower(scene, state, record, power, at)));
  const usage = `#${state.n} ${RECORD_KINDS[record.kind]} ${record.n} ${MOVES[move.id]}`;
  if (!may.includes(person.id)) return refuse('not_authorised', `${titleOf(record)}的“${MOVES[move.id]}”不在您的权限内。`, usage, may);
  const stage = stageAfter(record, move, command);
  const closes = KINDS[record.kind].open.includes(record.stage) && !KINDS[record.kind].open.includes(stage);
  const late = (closes || move.id === 'report') && isOverdue(scene, state, record, command.doneAt ?? at);
  const wrong = wrongNow(scene, state, envelope, { record, move, command, usage, person: person.id, late });
  if (wrong !== null) return wrong;
  const next = nextPerson(scene, state, record, move.asks, { at, actor: person.id });
  const asked = next === null ? [] : [{ ...askOf(scene, state, next, null, actor.room), id: `${seed}-r`, about: record.id }];
  const { words, parts, amount, doneAt, about } = command;
  return happened(
    {
      ...doneBy(scene, envelope, person.id),
      type: 'RecordEntered',
      ...{ id: record.id, move: move.id, stage, closes, words, parts, amount, doneAt, about, asked },
      owner: next ?? (move.asks === null ? record.owner : person.id),
      lateReason: late ? command.lateReason : null,
      told: toldOf(state, envelope, record, asked),
    },
    ...(move.id === 'issue' ? tasksOf(scene, state, envelope, record, person.id) : []),
  );
}

/** The rooms it was opened or asked in, and whoever opened it; who is asked now reads it in the call. */
function toldOf(state: IncidentState, { actor }: Envelope, record: WorkRecord, asked: readonly Asked[]): Audience {
  const rooms = roomsOfRecord(state, record).filter((room) => !asked.some((ask) => ask.room === room));
  return toldBut(actor, rooms, asked.some((ask) => ask.person === record.by) ? [] : [record.by]);
}

interface Step {
  readonly record: WorkRecord;
  readonly move: Move;
  readonly command: Enter;
  readonly usage: string;
  readonly person: PersonId;
  /** It comes after the moment until which it was owed. */
  readonly late: boolean;
}

/** Steps that may be taken now, as they are typed. */
function stepsOf({ n }: IncidentState, { kind, n: number, stage }: WorkRecord): string {
  const steps = movesFrom(kind, stage).map((move) => MOVES[move.id]);
  return steps.length === 0 ? `#${n} ${RECORD_KINDS[kind]}` : `可写：#${n} ${RECORD_KINDS[kind]} ${number} ${steps.join('、')}`;
}

function wrongNow(scene: Scene, state: IncidentState, { at }: Envelope, step: Step): Refusal | null {
  const { record, move, command, usage } = step;
  if (!move.from.includes(record.stage))
    return refuse('wrong_stage', `${titleOf(record)}现在是“${STAGES[record.stage]}”，不能${MOVES[move.id]}。`, stepsOf(state, record));
  if (move.byAnother && step.person === record.by) return refuse('own_draft', '自己拟的稿须由他人审核、批准。', usage);
  if (move.words !== null && command.words === null && Object.keys(command.parts).length === 0)
    return refuse('text_required', move.words, `${usage}〔内容〕`);
  const early = command.doneAt === null ? null : notYet(command.doneAt, at, usage);
  if (early !== null) return early;
  const wrong = record.kind === 'goods' ? wrongAmount(step) : move.id === 'issue' ? notIssuable(scene, state, at, record, usage) : null;
  if (wrong !== null) return wrong;
  return step.late && command.lateReason === null
    ? refuse('late_reason_required', `${titleOf(record)}已经逾期，须写明逾期原因。`, `${usage}〔内容〕逾期原因：……`)
    : null;
}

/** As much as was given may come back; what is given is counted in the unit it was asked for. */
function wrongAmount({ record, move, command: { amount }, usage }: Step): Refusal | null {
  const unit = record.amount?.unit ?? '';
  if (amount === null || amount.value <= 0) return refuse('amount_required', '没有读出数量和单位。', `${usage} 10${unit}`);
  if (amount.unit !== unit) return refuse('unit_differs', `申领时的单位是“${unit}”。`, `${usage} ${amount.value}${unit}`);
  const left = record.given - record.returned;
  return move.id === 'return' && amount.value > left
    ? refuse('too_much', `归还的数量多于已发未还的${left}${unit}。`, `${usage} ${left}${unit}`)
    : null;
}

function notIssuable(scene: Scene, state: IncidentState, at: number, { division }: WorkRecord, usage: string): Refusal | null {
  if (division.some((line) => line.dueAt <= at))
    return refuse('due_passed', '分工中所写的时限已经过去，请重新登记方案。', `#${state.n} 方案〔内容〕`);
  return division.map((line) => concerned(scene, state, line.owner, usage)).find((fault) => fault !== null) ?? null;
}

/** Given when all that was asked for is out; returned when all of that is back. */
function stageAfter(record: WorkRecord, move: Move, { amount }: Enter): Stage {
  const value = amount?.value ?? 0;
  if (move.id === 'give' && record.given + value < (record.amount?.value ?? 0)) return record.stage;
  if (move.id === 'return' && (record.stage !== 'given' || record.returned + value < record.given)) return record.stage;
  return move.to ?? record.stage;
}

/** Has the moment passed until which the next step of it was owed? */
function isOverdue({ rules }: Scene, state: IncidentState, record: WorkRecord, doneAt: Instant): boolean {
  const key = recordKey(rules, record, record.period.n);
  const row = deadlines(rules, state).find((one) => one.key === key && one.status === 'open');
  return row !== undefined && isLate(row, doneAt);
}

/** Every line of the division becomes a task of its own. */
function tasksOf(scene: Scene, state: IncidentState, envelope: Envelope, { division }: WorkRecord, by: PersonId): readonly IncidentEvent[] {
  const { actor, seed } = envelope;
  const tasks = division.map(({ owner, what, dueAt }, i): Given => {
    return { id: `${seed}-t${i}`, template: null, what, owner, group: workingGroup(scene, owner), dueAt };
  });
  const asked = tasks.map(({ id, owner, group }) => {
    return { id, kind: 'task' as const, person: owner, room: roomFor(scene, state, owner, actor.room), group, standInFor: null };
  });
  return [{ ...doneBy(scene, envelope, by), type: 'TasksGiven', tasks, asked, told: { rooms: [], people: [] } }];
}
