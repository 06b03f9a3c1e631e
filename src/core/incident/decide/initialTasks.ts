/** The work a plan hands out by itself: to groups, functions and posts when the response starts, and to those who clean up when it ends. */
import type { PlanPack } from '../../plans/packSchema';
import { holders, type PersonId } from '../../roster/roster';
import { keeping } from '../audience';
import { boundTo, peopleOf } from '../authority';
import type { Envelope } from '../commands';
import type { Asked, Given, IncidentEvent } from '../events';
import type { IncidentState } from '../state';
import { doneBy, type Scene } from './scene';

interface Start {
  readonly by: PersonId;
  readonly rank: number | null;
  /** Those called by the very same decision. */
  readonly called: readonly Asked[];
}

type Template = PlanPack['procedure'][number]['tasks'][number];

/**
 * Default tasks of this level and category that were not given before; optional ones are for people to give. A group has work only when it
 * is called. Nobody is asked or told anew: the call-out is the one ask, and it shows the work.
 */
export function tasksAt(scene: Scene, state: IncidentState, envelope: Envelope, start: Start): readonly IncidentEvent[] {
  if (start.called.length === 0) return [];
  const wanted = templatesOf(scene.rules.pack).filter((t) => applies(state, t, start.rank));
  const owned = wanted.flatMap((template): Omit<Given, 'id'>[] => {
    const found = ownerOf(scene, state, envelope, template.to, start.called);
    return found === null ? [] : [{ template: template.id, what: null, dueAt: null, ...found }];
  });
  return given(scene, envelope, start.by, owned);
}

/** Aftermath work that no deadline stands for becomes tasks when the response ends; nobody is @-ed by that. */
export function aftermathTasks(scene: Scene, state: IncidentState, envelope: Envelope, by: PersonId): readonly IncidentEvent[] {
  const wanted = scene.rules.pack.after_action.filter((work) => work.deadlines.length === 0 && !wasGiven(state, work.id));
  const owned = wanted.flatMap((work): Omit<Given, 'id'>[] => {
    const found = ownerOf(scene, state, envelope, work.by, []) ?? byCommander(scene);
    return found === null ? [] : [{ template: work.id, what: null, dueAt: null, ...found }];
  });
  return given(scene, envelope, by, owned);
}

function given(scene: Scene, envelope: Envelope, by: PersonId, owned: readonly Omit<Given, 'id'>[]): readonly IncidentEvent[] {
  if (owned.length === 0) return [];
  const tasks = owned.map((task, i) => ({ ...task, id: `${envelope.seed}-t${i}` }));
  return [{ ...doneBy(scene, envelope, by), type: 'TasksGiven', tasks, asked: [], told: { rooms: [], people: [] } }];
}

function templatesOf({ procedure, groups, functions }: PlanPack): readonly Template[] {
  const ofGroups = [...groups, ...functions].flatMap((group) => group.tasks.map((task) => ({ ...task, to: [group.id] })));
  return [...procedure.flatMap((step) => step.tasks), ...ofGroups];
}

function applies(state: IncidentState, { id, optional, levels, categories }: Template, rank: number | null): boolean {
  const category = state.assessed?.category ?? state.suggestion.category;
  if (optional || wasGiven(state, id)) return false;
  if (levels !== undefined && (rank === null || !levels.includes(rank))) return false;
  return categories === undefined || (category !== null && categories.includes(category));
}

function wasGiven({ tasks }: IncidentState, template: string): boolean {
  return Object.values(tasks).some((task) => task.template === template);
}

type Owner = Pick<Given, 'owner' | 'group'>;

/** The first of the actors that somebody stands behind. */
function ownerOf(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  actors: readonly string[],
  called: readonly Asked[],
): Owner | null {
  for (const actor of actors) {
    const owner = behind(scene, state, envelope, actor, called);
    if (owner !== null) return owner;
  }
  return null;
}

/** A called group by its leader, a function by whoever is bound to it or else the commander, a post by its first holder. */
function behind(scene: Scene, state: IncidentState, { at }: Envelope, actor: string, called: readonly Asked[]): Owner | null {
  const { rules, roster } = scene;
  const leader = holders(roster, 'group_leader', actor)[0];
  if (rules.pack.groups.some((group) => group.id === actor)) {
    const first = called.find((ask) => ask.group === actor)?.person;
    return first === undefined ? null : { owner: leader ?? first, group: actor };
  }
  const [person] = actor === 'duty_officer' || actor === 'duty_leader' ? keeping(roster, actor, at) : peopleOf(scene, actor, state, at);
  if (rules.pack.functions.some((duty) => duty.id === actor)) {
    const owner = leader ?? person ?? byCommander(scene)?.owner;
    return owner === undefined ? null : { owner, group: actor };
  }
  return person === undefined ? null : { owner: person, group: null };
}

function byCommander({ rules, roster }: Scene): Owner | null {
  const [owner] = boundTo(rules, roster, rules.pack.command.commander);
  return owner === undefined ? null : { owner, group: null };
}
