/** 收到: a person answers what was asked of that very person; nobody answers for others. */
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type AskState, type IncidentState, openAsks } from '../state';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type Acknowledge = Extract<IncidentCommand, { type: 'Acknowledge' }>;

/**
 * Closes the asks meant (decisions.md section 5): those of the clicked or quoted call, else all open ones of this person in this
 * room; in a private chat all of them. Refuses `nothing_asked`; a second 收到 is answered `already_acknowledged`.
 */
export function acknowledge(_scene: Scene, state: IncidentState, { actor }: Envelope, command: Acknowledge): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const mine = openAsks(state).filter((ask) => ask.person === person.id && isMeant(ask, command, actor.room));
  if (mine.length > 0)
    return happened({
      type: 'Acknowledged',
      v: 1,
      asks: mine.map((a) => a.id),
      by: person.id,
      conversation: actor.conversation,
      via: command.via,
    });
  const before = Object.values(state.asks).some((ask) => ask.person === person.id && ask.answer === 'acknowledged');
  return before
    ? refuse('already_acknowledged', `您对事件 #${state.n} 的收到已经记录，无须重复。`, '')
    : refuse('nothing_asked', `事件 #${state.n} 此处没有等您回复的事项。`, '');
}

function isMeant(ask: AskState, command: Acknowledge, room: string | null): boolean {
  if (command.call !== null) return ask.version === command.call;
  return room === null || ask.room === room || ask.room === null;
}
