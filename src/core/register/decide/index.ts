/** `decide(scene, state, envelope) -> events, a refusal or a question`: every rule of the registers behind one table. */
import { heardOf } from '../../deadlines/deadlines';
import { portsOf } from '../../deadlines/ports';
import { reportedTo } from '../../duty/reportedTo';
import { dutyRooms } from '../../incident/audience';
import { knownPerson } from '../../incident/decide/scene';
import type { Ring } from '../../incident/events';
import { refuse } from '../../incident/refusal';
import type { Instant } from '../../instant';
import type { RegisterKind } from '../../plans/profileSchema';
import type { RegisterEnvelope } from '../commands';
import { deadlines } from '../deadlines';
import type { RegisterState } from '../state';
import { kindOf, rungsOf } from '../times';
import { changeItem, checkItem, closeItem, enterItem } from './items';
import { happened, office, type RegisterDecision, type Scene } from './scene';

/**
 * Decides one command. `state` is null only for EnterItem. Refuses `unknown_person`, `no_item`, `item_entered`, `item_closed`, `no_such_kind`.
 * An accepted command has exactly one event, except rings nobody owes.
 */
export function decide(scene: Scene, state: RegisterState | null, envelope: RegisterEnvelope): RegisterDecision {
  const { command, actor, at } = envelope;
  if (command.type === 'RingDeadlines') return state === null ? happened() : ringDeadlines(scene, state, command.keys, at);
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const said = { by: person.id, conversation: actor.conversation, at };
  if (command.type === 'EnterItem')
    return state === null
      ? enterItem(scene, { ...said, command })
      : refuse('item_entered', `台账第${state.n}项已经登记。`, `台账 ${state.n} 变更 内容 理由`);
  if (state === null) return refuse('no_item', '没有这一项台账。', '台账');
  if (state.status === 'closed') return refuse('item_closed', `台账第${state.n}项已经销号。`, '请重新登记');
  const kind = kindOf(scene.rules, state.kind);
  if (kind === null) return refuse('no_such_kind', '时限档案里没有这一种台账。', '请应急办补全时限档案');
  switch (command.type) {
    case 'CheckItem':
      return checkItem(scene, state, kind, { ...said, command });
    case 'ChangeItem':
      return changeItem(scene, state, kind, { ...said, command });
    case 'CloseItem':
      return closeItem(scene, state, kind, { ...said, command });
    default:
      return command satisfies never;
  }
}

/** Looks again under the lock. Answers no events when nothing rings. May run twice. */
function ringDeadlines(scene: Scene, state: RegisterState, keys: readonly string[], at: Instant): RegisterDecision {
  const kind = kindOf(scene.rules, state.kind);
  const rings = kind === null ? [] : ringsOf(scene, state, kind, keys, at);
  if (rings.length === 0) return happened();
  return happened({ type: 'DeadlinesRang', v: 1, rings, ...reportedTo(scene, at, [state.owner]), ...portsOf(scene.ports, rings) });
}

/** The owner; an entry of somebody who left falls to the emergency office. */
function ringsOf(scene: Scene, state: RegisterState, kind: RegisterKind, keys: readonly string[], at: Instant): readonly Ring[] {
  const people = scene.roster.people.has(state.owner) ? [state.owner] : office(scene);
  return deadlines(scene.rules, state).flatMap((row): Ring[] => {
    const heard = keys.includes(row.key) ? heardOf(row, at, () => rungsOf(scene.rules, kind)) : null;
    if (heard === null) return [];
    const { stage, percent, actions } = heard;
    return [{ key: row.key, kind: row.kind, stage, percent, ask: null, people, rooms: dutyRooms(scene.roster), actions }];
  });
}
