/** 改稿: a new version by hand, by the drafter or by whoever checks it; never of what went out. */
import type { PersonId } from '../../roster/roster';
import { filling } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { chainOf, rolesAt, stepWaited } from '../papers/chain';
import { paperTitle } from '../papers/find';
import type { Paper } from '../papers/paper';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { askedFor, mayStep, nextOf, paperToChange, toldOfPaper, unfitText } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/**
 * Those who draft in its chain, and while it is being checked whoever checks it; who signs sends it back instead. Refuses `no_such_paper`,
 * `paper_frozen`, `paper_void`, `not_authorised`, `text_required`, `nothing_changed`, `secrecy_mark`, `personal_data`.
 */
export function revisePaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'RevisePaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const usage = `#${state.n} 改稿 ${paper.n}〔要素〕：〔新文字〕`;
  const drafters = draftersOf(scene, state, paper, envelope);
  const checkers = checkersNow(scene, state, paper, envelope);
  if (![...drafters, ...checkers].includes(person))
    return refuse('not_authorised', `修改${paperTitle(paper)}不在您的权限内。`, `#${state.n} 退改 ${paper.n}〔理由〕`, drafters);
  const wrong = unfitText(command.unfit, usage);
  if (wrong !== null) return wrong;
  if (command.content === null) return refuse('text_required', '请写明改哪一项、改成什么。', usage);
  if (!command.changed) return refuse('nothing_changed', '内容与现稿相同，没有改动。', usage);
  const restarts = paper.stage !== 'in_hand' || !checkers.includes(person);
  const next = restarts
    ? nextOf(scene, state, envelope, { ...paper, stage: 'in_hand', steps: [], authors: [...paper.authors, person] })
    : askedFor(scene, state, envelope, paper.id, person);
  return happened({
    ...doneBy(scene, envelope, person),
    type: 'PaperRevised',
    ...{ id: paper.id, content: command.content, restarts },
    ...next,
    told: toldOfPaper(envelope, paper, next.asked),
  });
}

function draftersOf(scene: Scene, state: IncidentState, paper: Paper, { at }: Envelope): readonly PersonId[] {
  const chain = chainOf(scene.rules, state, paper);
  return [...new Set([paper.by, ...filling(scene, rolesAt(chain, 'draft'), state, at)])];
}

/** Whoever has the paper for checking. */
function checkersNow(scene: Scene, state: IncidentState, paper: Paper, { at }: Envelope): readonly PersonId[] {
  const act = stepWaited(scene.rules, state, paper);
  return act === 'review' || act === 'text_check' ? mayStep(scene, state, chainOf(scene.rules, state, paper), act, at) : [];
}
