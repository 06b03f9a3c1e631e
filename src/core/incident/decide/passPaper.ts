/** 审核, 核稿: a check is passed and the paper goes to the next hand. */
import type { CommandOf, Envelope } from '../commands';
import type { IncidentState } from '../state';
import { nextOf, notHisStep, paperToChange, toldOfPaper, withStep } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/** Whoever the chain names for this check, when it is its turn. Refuses `no_such_paper`, `paper_frozen`, `paper_void`, `wrong_stage`, `not_authorised`, `own_draft`. */
export function passPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'PassPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const wrong = notHisStep(scene, state, meant, command.act, envelope.at);
  if (wrong !== null) return wrong;
  const next = nextOf(scene, state, envelope, withStep(paper, command.act, person, envelope.at));
  return happened({
    ...doneBy(scene, envelope, person),
    type: 'PaperPassed',
    ...{ id: paper.id, act: command.act, text: command.text },
    ...next,
    told: toldOfPaper(envelope, paper, next.asked),
  });
}
