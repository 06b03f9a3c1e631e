/** 签发: a named person answers for the text. */
import type { CommandOf, Envelope } from '../commands';
import { chainOf } from '../papers/chain';
import { PUBLIC_KINDS, paperTitle } from '../papers/find';
import type { IncidentState } from '../state';
import { nextOf, notHisStep, paperToChange, toldOfPaper, unfitText, withStep } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/**
 * The signer of the chain at the level in force, or the director; never whoever wrote on the text. Asks for a code. Refuses `no_such_paper`,
 * `paper_frozen`, `paper_void`, `wrong_stage`, `not_authorised`, `own_draft`, `secrecy_mark`, `personal_data`.
 */
export function signPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'SignPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person, usage } = meant;
  const wrong = notHisStep(scene, state, meant, 'sign', envelope.at) ?? unfitText(command.unfit, usage);
  if (wrong !== null) return wrong;
  const next = nextOf(scene, state, envelope, withStep(paper, 'sign', person, envelope.at));
  if (!command.confirmed) {
    const version = paper.versions.at(-1)?.version ?? 1;
    const then = PUBLIC_KINDS.includes(paper.kind) ? '之后由承办人交付，系统不对外发布' : '之后编号报送';
    return {
      is: 'confirm',
      effect: `签发${paperTitle(paper)}第${version}稿，${then}`,
      pages: next.asked.map((ask) => ask.person),
      open: [],
    };
  }
  return happened({
    ...doneBy(scene, envelope, person),
    type: 'PaperSigned',
    ...{ id: paper.id, chain: chainOf(scene.rules, state, paper).id, text: command.text },
    ...next,
    told: toldOfPaper(envelope, paper, next.asked),
  });
}
