/** 核对无误: a person has compared what was read from the report with the report. */
import { keepsDuty } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { maySupplement } from './supplementIncident';

/** Whoever may put it right. New facts end it: they have to be looked at as well. Refuses `not_authorised`, `already_checked`. */
export function checkReading(scene: Scene, state: IncidentState, envelope: Envelope, _command: CommandOf<'CheckReading'>): Decision {
  const person = knownPerson(envelope.actor);
  if (person.is === 'refusal') return person;
  const may = maySupplement(scene, state, envelope);
  if (!may.includes(person.id) && !keepsDuty(scene.roster, person.id))
    return refuse('not_authorised', '识别结果由报告人、值班人员、牵头科室、工作组负责人或者属地局核对。', '', may);
  if ((state.readingChecked ?? null) !== null) return refuse('already_checked', '识别结果已经核对。', `#${state.n} 更正〔内容〕`);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'ReadingChecked' });
}
