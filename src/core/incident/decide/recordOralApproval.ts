/** 口头批准: the duty leader writes down who approved what by word of mouth; the act happens at once in that person's name. */
import { nameOf } from '../../roster/roster';
import { mayDo } from '../authority';
import type { Approvable, CommandOf, Envelope } from '../commands';
import { notNow } from '../lifecycle';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { activateResponse } from './activateResponse';
import { changeLevel } from './changeLevel';
import { changeResponseLevel } from './changeResponseLevel';
import { dismissIncident } from './dismissIncident';
import { notYet } from './moment';
import { reopenIncident } from './reopenIncident';
import type { Rule, Rules } from './rules';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { setLevel } from './setLevel';
import { signPaper } from './signPaper';
import { terminateResponse } from './terminateResponse';
import { transferIncident } from './transferIncident';

const RULES: Rules<Approvable> = {
  SetLevel: setLevel,
  ChangeLevel: changeLevel,
  ChangeResponseLevel: changeResponseLevel,
  ActivateResponse: activateResponse,
  TerminateResponse: terminateResponse,
  ReopenIncident: reopenIncident,
  DismissIncident: dismissIncident,
  TransferIncident: transferIncident,
  SignPaper: signPaper,
};

/**
 * No code: the words on record take its place, and stand as the reason where none is given. Refuses `not_authorised` for the recorder,
 * `own_approval`, `words_required`, `in_future`, `approver_not_authorised`, and whatever the act itself is refused for.
 */
export function recordOralApproval(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  command: CommandOf<'RecordOralApproval'>,
): Decision {
  const { actor, at, seed } = envelope;
  const { who, words, approvedAt, heardBy } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 口头批准 事项 批准人 时间 原话`;
  const may = mayDo(scene, 'oral_approval', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '口头批准由当班带班领导登记。', usage, may);
  if (who === person.id) return refuse('own_approval', '这是您本人的决定，请直接办理。', `#${state.n} 状态`);
  if (words === null) return refuse('words_required', '口头批准须记下批准人的原话。', usage);
  const early = notYet(approvedAt, at, usage);
  if (early !== null) return early;
  const id = `${seed}-oral`;
  const act = withReason(command.act, words);
  const inner = { command: act, actor: { ...actor, person: who }, at, seed };
  const rule = RULES[act.type] as Rule<Approvable>;
  const decided = notNow(scene.rules, state, act.type) ?? rule({ ...scene, oral: id }, state, inner, act);
  if (decided.is === 'refusal') return namesApprover(scene, who, decided);
  if (decided.is === 'confirm') return decided;
  const recorded = { ...doneBy(scene, envelope, person.id), type: 'OralApprovalRecorded' as const, id, act: act.type, who };
  return happened({ ...recorded, approvedAt, words, heardBy }, ...decided.events);
}

/** Decided as if the code had been given; the words are the ground where the act wants one. */
function withReason(act: Approvable, words: NonNullable<CommandOf<'RecordOralApproval'>['words']>): Approvable {
  if (act.type === 'ActivateResponse') return { ...act, confirmed: true };
  if (act.type === 'SignPaper') return { ...act, confirmed: true, text: act.text ?? words };
  if (act.type === 'ReopenIncident') return { ...act, reason: act.reason ?? words };
  return { ...act, reason: act.reason ?? words, confirmed: true };
}

/** It is the approver who lacks the power, not the one who writes it down. */
function namesApprover({ roster }: Scene, who: string, refused: Refusal): Refusal {
  if (refused.code !== 'not_authorised') return refused;
  return refuse('approver_not_authorised', `${nameOf(roster, who)}无权决定此事，不能据其口头批准办理。`, refused.hint, refused.whom);
}
