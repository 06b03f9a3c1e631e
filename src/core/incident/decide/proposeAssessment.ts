/** 研判: category and level are proposed to whoever decides; in a level-free plan the term of the activation starts here. */
import { categoryOf } from '../../plans/rulebook';
import { commandRooms, decisionRooms, dutyRooms, incidentRooms, toldBut } from '../audience';
import { askedAtLevel, mayDo } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { signs, wantedLevel } from './levelParts';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { wrongTrigger } from './trigger';

type Propose = CommandOf<'ProposeAssessment'>;

/**
 * What is left out is taken from the bot's suggestion. Refuses `not_authorised`, `no_such_category`, `no_levels`, `level_required`,
 * `no_such_level`, `reason_required`, `trigger_required`, `no_such_trigger`. May be repeated: the new proposal replaces the old one.
 */
export function proposeAssessment(scene: Scene, state: IncidentState, envelope: Envelope, command: Propose): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = mayDo(scene, 'propose_level', state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '研判由值班员、应急办和牵头科室提出。', `#${state.n} 研判`, may);
  const graded = rules.pack.level_scheme === 'graded';
  const proposed = {
    category: command.category ?? categoryOf(rules, state.suggestion.category)?.id ?? null,
    rank: command.rank ?? (graded ? state.suggestion.rank : null),
    trigger: command.trigger,
    text: command.text,
  };
  const fault = faultIn(scene, state, proposed);
  if (fault !== null) return fault;
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'AssessmentProposed',
    ...proposed,
    mayDecide: askedAtLevel(scene, graded ? 'set' : 'activate', proposed.rank, state, at),
    ...(graded ? {} : { askedIn: decisionRooms(rules, roster, null, state.county) }),
    told: toldBut(actor, [...dutyRooms(roster), ...commandRooms(rules, roster), ...incidentRooms(roster, state)]),
  });
}

function faultIn({ rules }: Scene, { n }: IncidentState, { category, rank, trigger, text }: Omit<Propose, 'type'>): Refusal | null {
  const found = categoryOf(rules, category);
  if (category !== null && found === null)
    return refuse('no_such_category', '本预案没有这个类别。', `可用类别：${rules.pack.categories.map((c) => c.zh).join('、')}`);
  if (found?.needs_reason === true && text === null)
    return refuse('reason_required', `归入“${found.zh}”须写明理由。`, `#${n} 研判 ${found.zh} 理由`);
  if (rules.pack.level_scheme === 'graded' && rank === null)
    return refuse('level_required', '研判须提出级别建议。', `可用级别：${signs(rules)}`);
  const wanted = rank === null ? null : wantedLevel(rules, rank);
  if (wanted?.is === 'refusal') return wanted;
  return wrongTrigger(rules, trigger, `#${n} 研判 情形`);
}
