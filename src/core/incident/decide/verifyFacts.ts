/** 属实, 不实: what the verification has shown; a stranger's report that is true is now treated like any other. */
import { categoryOf } from '../../plans/rulebook';
import { countyCall, countyRooms, keeping, toldBut, withIds } from '../audience';
import type { CommandOf, Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { mayVerify } from './startVerification';
import { followers } from './workParts';

/** Refuses `not_authorised`, `text_required`. A refuted matter is then dismissed by whoever may. */
export function verifyFacts(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'VerifyFacts'>): Decision {
  const { rules, roster } = scene;
  const { actor, at, seed } = envelope;
  const { outcome, text } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} ${outcome === 'confirmed' ? '属实' : '不实'} 核实情况`;
  const may = mayVerify(scene, state, envelope);
  if (!may.includes(person.id)) return refuse('not_authorised', '核实结果由值班员或者属地局报。', usage, may);
  if (text === null) return refuse('text_required', '须写明核实到的情况。', usage);
  const taken = state.unverified && outcome === 'confirmed';
  const leaders = keeping(roster, 'duty_leader', at).filter((leader) => leader !== person.id);
  const sensitive = categoryOf(rules, state.suggestion.category)?.page_leader === true;
  const inCounty = actor.room !== null && countyRooms(roster, state.county).includes(actor.room);
  const calls = taken && !inCounty ? countyCall(roster, state.county, 'prior_handling').filter((c) => c.person !== person.id) : [];
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'FactsVerified',
    outcome,
    text,
    asked: withIds(seed, calls),
    paged: taken && sensitive ? leaders : [],
    told: toldBut(actor, followers(scene, state), taken ? leaders : []),
  });
}
