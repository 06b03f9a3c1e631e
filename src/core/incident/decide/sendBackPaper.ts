/** 退改: the paper goes back to its drafter, with the reason. */
import type { CommandOf, Envelope } from '../commands';
import { chainOf, stepWaited } from '../papers/chain';
import { paperTitle, standsAt, typedForPaper } from '../papers/find';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { askedFor, mayStep, paperToChange, toldOfPaper } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/** Whoever has the step now. Refuses `no_such_paper`, `paper_frozen`, `paper_void`, `wrong_stage`, `not_authorised`, `reason_required`. */
export function sendBackPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'SendBackPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const act = stepWaited(scene.rules, state, paper);
  if (act === null)
    return refuse(
      'wrong_stage',
      `${paperTitle(paper)}现在是“${standsAt(scene.rules, state, paper)}”，不能再退。`,
      typedForPaper(scene.rules, state, paper),
    );
  const usage = `#${state.n} 退改 ${paper.n}〔理由〕`;
  const may = mayStep(scene, state, chainOf(scene.rules, state, paper), act, envelope.at);
  if (!may.includes(person)) return refuse('not_authorised', `${paperTitle(paper)}现在不在您手里，不能退改。`, usage, may);
  if (command.reason === null) return refuse('reason_required', '退改须写明要改什么。', usage);
  const next = askedFor(scene, state, envelope, paper.id, paper.by);
  return happened({
    ...doneBy(scene, envelope, person),
    type: 'PaperSentBack',
    ...{ id: paper.id, reason: command.reason },
    ...next,
    told: toldOfPaper(envelope, paper, next.asked),
  });
}
