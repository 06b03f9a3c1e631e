/** 撤回收到: what a person answered last waits again, with the due time it had. */
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import type { AskState, IncidentState } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { isAbout } from './workParts';

/** The newest 收到 of this person with all it closed; what was done, stood down or asked anew since is not asked again. Refuses `nothing_to_withdraw`. */
export function withdrawAcknowledgement(scene: Scene, state: IncidentState, envelope: Envelope): Decision {
  const person = knownPerson(envelope.actor);
  if (person.is === 'refusal') return person;
  const mine = Object.values(state.asks).filter((ask) => ask.person === person.id && isAcknowledged(state, ask));
  const newest = Math.max(...mine.map((ask) => ask.answeredAt ?? 0));
  if (mine.length === 0) return refuse('nothing_to_withdraw', `您在事件 #${state.n} 没有可以撤回的收到。`, `#${state.n} 状态`);
  const asks = mine.filter((ask) => ask.answeredAt === newest).map((ask) => ask.id);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'AcknowledgementWithdrawn', asks });
}

function isAcknowledged(state: IncidentState, ask: AskState): boolean {
  const { tasks, directives, records } = state;
  const about = ask.about ?? ask.id;
  const done = (tasks[about]?.doneAt ?? directives[about]?.answeredAt ?? null) !== null;
  const entered = records[about]?.entries.some((entry) => entry.at >= ask.askedAt) ?? false;
  return ask.answer === 'acknowledged' && ask.stoodDownAt === null && !done && !entered && !isAskedAnew(state, ask);
}

/** A task sent back, a response or a report taken up again: the later call is the one to answer. */
function isAskedAnew({ asks }: IncidentState, ask: AskState): boolean {
  const ofMany = ask.kind === 'task' || ask.kind === 'directive' || ask.kind === 'record' || ask.kind === 'paper';
  return Object.values(asks).some(
    (a) =>
      a.version > ask.version &&
      a.kind === ask.kind &&
      a.person === ask.person &&
      a.standInFor === ask.standInFor &&
      (!ofMany || isAbout(a, ask.about ?? ask.id)),
  );
}
