/** A duty room on virtual time: commands go through the very rules of the program, the events are kept and folded. */
import type { Actor, IncidentCommand } from '../incident/commands';
import { decide } from '../incident/decide';
import type { Scene } from '../incident/decide/scene';
import type { IncidentEvent, Recorded } from '../incident/events';
import { evolve } from '../incident/evolve';
import type { Refusal } from '../incident/refusal';
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { PersonId, RoomId } from '../roster/roster';

/** An event with the state it led to. */
export interface Step {
  readonly recorded: Recorded<IncidentEvent>;
  readonly state: IncidentState;
}

export interface Play {
  readonly scene: Scene;
  /** Null until the report. */
  readonly state: IncidentState | null;
  readonly steps: readonly Step[];
}

/** Who acts and where; without a room it is said in private. */
export interface Who {
  readonly person: PersonId | null;
  readonly room: RoomId | null;
}

/** The play with one more act; a refusal is handed on as it is said to people. */
export function act(play: Play, at: Instant, who: Who, command: IncidentCommand): { readonly is: 'play'; readonly play: Play } | Refusal {
  const seed = `s${play.steps.length}`;
  const decision = decide(play.scene, play.state, { command, actor: actorOf(who), at, seed });
  if (decision.is === 'refusal') return decision;
  if (decision.is === 'confirm') throw new Error(`${command.type} asked for a code although it was given`);
  return { is: 'play', play: decision.events.reduce((now, event) => recorded(now, at, event), play) };
}

/** Conversations of a simulation bear the id of their room or person. */
function actorOf({ person, room }: Who): Actor {
  return { person, room, conversation: room ?? person ?? '' };
}

function recorded(play: Play, at: Instant, event: IncidentEvent): Play {
  const step = { version: play.steps.length + 1, at, event };
  const state = evolve(play.state, step);
  return { ...play, state, steps: [...play.steps, { recorded: step, state }] };
}

/** The state of a play in which something was reported. */
export function stateOf({ state }: Play): IncidentState {
  if (state === null) throw new Error('nothing has been reported yet');
  return state;
}
