/** 办结: something owed was done: to whom, when, and why so late where it is late. */
import type { Deadline } from '../../deadlines/deadline';
import { kindZh, linesOf } from '../../plans/rulebook';
import { nameOf } from '../../roster/roster';
import { dutyRooms, toldBut, unique } from '../audience';
import { mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { isLate, OWN_ACT, openObligation, owing, partiesZh, recipientsOf, typedForWork } from './obligations';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

type Meet = CommandOf<'MeetObligation'>;

/**
 * The duty room, the emergency office, or whoever owes it; what is late only the one who owes it, with the reason. Refuses what
 * `openObligation` refuses, `own_act` where another act is the doing of it, `not_authorised`, `in_future`, `no_such_line`, `lines_required`,
 * `line_served`, `late_reason_required`.
 */
export function meetObligation(scene: Scene, state: IncidentState, envelope: Envelope, command: Meet): Decision {
  const { rules } = scene;
  const { actor, at } = envelope;
  const { key, lines, doneAt, text, lateReason } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const found = openObligation(scene, state, key);
  if (found.is === 'refusal') return found;
  const { row } = found;
  const zh = kindZh(rules, row.kind);
  const usage = `#${state.n} 办结 ${zh} 时间`;
  const late = isLate(row, doneAt);
  const owe = owing(scene, state, row, at);
  const may = late ? owe : unique([...owe, ...mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], state, at)]);
  const otherwise = ownAct(scene, state, row);
  if (otherwise !== null) return otherwise;
  const early = notYet(doneAt, at, usage);
  if (early !== null) return early;
  if (!may.includes(person.id)) return refuse('not_authorised', notYours(scene, late, owe), usage, may);
  const wrong = wrongLines(scene, state, row, lines, usage);
  if (wrong !== null) return wrong;
  if (late && lateReason === null) return refuse('late_reason_required', `“${zh}”已经逾期，须写明逾期原因。`, `${usage} 逾期原因：……`);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'ObligationMet',
    key,
    lines,
    doneAt,
    text,
    lateReason: late ? lateReason : null,
    told: toldBut(actor, dutyRooms(scene.roster)),
  });
}

function notYours({ roster }: Scene, late: boolean, owe: readonly string[]): string {
  const names = owe.map((one) => nameOf(roster, one)).join('、');
  return late ? `逾期事项由承办人写明原因后办结（${names}）。` : `由值班室、应急办或者承办人办结（${names}）。`;
}

/** What is done by deciding, answering or reporting itself cannot be ticked off. */
function ownAct({ rules }: Scene, state: IncidentState, row: Deadline): Refusal | null {
  const act = OWN_ACT[row.kind];
  const typed = typedForWork(rules, state, row) ?? (act === undefined ? null : `#${state.n} ${act}`);
  return typed === null ? null : refuse('own_act', '这一项由所办的事情本身办结，不单独登记。', typed);
}

function wrongLines(
  { rules }: Scene,
  state: IncidentState,
  { key, kind }: Deadline,
  lines: readonly string[],
  usage: string,
): Refusal | null {
  const known = recipientsOf(rules, kind);
  const hint = known.length === 0 ? usage : `${usage} 收文：${partiesZh(rules, known)}`;
  if (lines.some((line) => !known.includes(line)))
    return refuse('no_such_line', known.length === 0 ? '这一项不用写收文单位。' : '这一项不报这个单位。', hint);
  const needed = linesOf(rules, kind);
  if (needed.length === 0) return null;
  if (lines.length === 0) return refuse('lines_required', '须写明报给了哪个单位，各线都报到才算办结。', hint);
  const served = state.met[key]?.lines ?? [];
  const missing = needed.filter((line) => !served.includes(line));
  return lines.every((line) => served.includes(line))
    ? refuse('line_served', `这个单位已经报过，尚缺：${partiesZh(rules, missing)}。`, hint)
    : null;
}
