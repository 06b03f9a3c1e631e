/** A level that changes while papers are on their way: whoever may take their next step now is asked, the request to whoever may not is withdrawn. */
import type { PersonId } from '../../roster/roster';
import { toldBut, unique } from '../audience';
import type { Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { chainOf, rolesAt, stepWaited } from '../papers/chain';
import { papersInOrder } from '../papers/find';
import type { Paper } from '../papers/paper';
import type { IncidentState } from '../state';
import { nextOf } from './paperParts';
import type { doneBy, Scene } from './scene';

/** Of the papers whose chain hangs on the level and whose waiting step the new level gives to others. `rank`: of the new level. */
export function papersReassigned(
  scene: Scene,
  state: IncidentState,
  envelope: Envelope,
  by: ReturnType<typeof doneBy>,
  rank: number,
): readonly IncidentEvent[] {
  const after = atLevel(state, rank);
  return papersInOrder(state).flatMap((paper): IncidentEvent[] => {
    if (paper.chain !== null || paper.stage !== 'in_hand' || !isOthers(scene, state, after, paper)) return [];
    const next = nextOf(scene, after, asked(envelope, paper), paper);
    if (next.owner === null || next.owner === ownerOf(paper)) return [];
    const withdrawn = askedBefore(state, paper);
    const told = toldBut(envelope.actor, [], unique([...withdrawn, paper.by].filter((one) => one !== next.owner)));
    return [{ ...by, type: 'PaperReassigned', id: paper.id, ...next, withdrawn, told }];
  });
}

/** Does the step it waits for, or who takes it, differ between the two levels? */
function isOthers({ rules }: Scene, before: IncidentState, after: IncidentState, paper: Paper): boolean {
  const at = (state: IncidentState): string => {
    const act = stepWaited(rules, state, paper);
    return JSON.stringify([act, act === null ? [] : rolesAt(chainOf(rules, state, paper), act)]);
  };
  return at(before) !== at(after);
}

function ownerOf({ turns }: Paper): PersonId | null {
  const turn = turns.at(-1);
  return turn === undefined || turn.doneAt !== null ? null : turn.owner;
}

/** Whoever was asked and has not answered, else whoever had it. */
function askedBefore({ asks }: IncidentState, paper: Paper): readonly PersonId[] {
  const open = Object.values(asks).filter((ask) => ask.stoodDownAt === null && ask.answer === null && (ask.about ?? ask.id) === paper.id);
  return unique([...open.map(({ person }) => person), ...[ownerOf(paper)].flatMap((owner) => owner ?? [])]);
}

/** Ids of their own for each paper; also whoever changed the level himself is asked, since to sign is another act. */
function asked(envelope: Envelope, { n }: Paper): Envelope {
  return { ...envelope, seed: `${envelope.seed}-r${n}`, actor: { ...envelope.actor, person: null } };
}

function atLevel(state: IncidentState, rank: number): IncidentState {
  const last = state.levels.at(-1);
  const step = { version: 0, at: 0, by: '', reason: null, status: 'confirmed_by_us' as const, ...last, rank };
  return { ...state, levels: [...state.levels, step] };
}
