/** 数字: figures entered or put right by a person; every value there was stays in the history, the level is suggested anew. */
import { regraded } from '../../grading/suggest';
import type { MeasuredFact } from '../../report/fields';
import { keeping, toldBut, unique } from '../audience';
import { countyPeople, mayAs } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import { type IncidentState, newestFacts } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { followers, groupPeople } from './workParts';

/** The duty room, the section in charge, group members, the county of the incident. Refuses `not_authorised`, `nothing_recorded`, `no_such_measure`, `wrong_figure`. */
export function recordFigures(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'RecordFigures'>): Decision {
  const { roster } = scene;
  const { actor, at } = envelope;
  const { facts, verified, source } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 数字 指标 数值 来源`;
  const staff = mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office', 'section_in_charge'], state, at);
  const may = unique([...staff, ...groupPeople(scene), ...countyPeople(roster, state.county)]);
  if (!may.includes(person.id)) return refuse('not_authorised', '数字由值班室、牵头科室、工作组或者属地局登记。', usage, may);
  const wrong = wrongFigures(scene, facts, usage);
  if (wrong !== null) return wrong;
  const suggestion = regraded(scene.rules, state.suggestion, newestFacts(state.facts, facts));
  const graver = suggestion.rank !== state.suggestion.rank && state.activated === null;
  const told = toldBut(actor, followers(scene, state), graver ? keeping(roster, 'duty_leader', at) : []);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'FiguresRecorded', facts, verified, source, suggestion, told });
}

function wrongFigures({ rules }: Scene, facts: readonly MeasuredFact[], usage: string): Refusal | null {
  if (facts.length === 0) return refuse('nothing_recorded', '没有写明要登记的数字。', usage);
  const known = rules.pack.measures;
  if (facts.some((fact) => known.every((measure) => measure.id !== fact.measure)))
    return refuse('no_such_measure', '本预案没有这个指标。', `可用指标：${known.map((measure) => measure.zh).join('、')}`);
  const wrong = facts.some(
    ({ interval: { min, max } }) => (min ?? 0) < 0 || (min === null && max === null) || (max ?? min ?? 0) < (min ?? 0),
  );
  return wrong ? refuse('wrong_figure', '数值须是不小于零的数或者范围。', usage) : null;
}
