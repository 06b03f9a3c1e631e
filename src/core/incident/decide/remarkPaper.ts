/** 批注, 作废: something is said of a paper without passing it on, or it is given up before it went out. */
import { unique } from '../audience';
import { filling } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { chainOf, rolesAt } from '../papers/chain';
import { paperTitle } from '../papers/find';
import type { Paper } from '../papers/paper';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { mayStep, paperToChange, toldOfPaper } from './paperParts';
import { type Decision, doneBy, happened, type Scene } from './scene';

/** Everybody with a step in its chain. Refuses `no_such_paper`, `paper_frozen`, `paper_void`, `not_authorised`, `text_required`. */
export function commentPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'CommentPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const usage = `#${state.n} 批注 ${paper.n}〔意见〕`;
  const may = inChain(scene, state, envelope, paper);
  if (!may.includes(person)) return refuse('not_authorised', `${paperTitle(paper)}不经您办理。`, usage, may);
  if (command.text === null) return refuse('text_required', '请写明意见。', usage);
  const told = toldOfPaper(envelope, paper);
  return happened({ ...doneBy(scene, envelope, person), type: 'PaperCommented', id: paper.id, text: command.text, told });
}

/** Its drafter and those who draft or sign in its chain. Asks for a code. Refuses as above, `reason_required` in the place of `text_required`. */
export function voidPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: CommandOf<'VoidPaper'>): Decision {
  const meant = paperToChange(scene, state, envelope, command.paper);
  if (meant.is === 'refusal') return meant;
  const { paper, person } = meant;
  const usage = `#${state.n} 作废 ${paper.n}〔理由〕`;
  const chain = chainOf(scene.rules, state, paper);
  const drafters = filling(scene, rolesAt(chain, 'draft'), state, envelope.at);
  const may = unique([paper.by, ...drafters, ...mayStep(scene, state, chain, 'sign', envelope.at)]);
  if (!may.includes(person)) return refuse('not_authorised', `作废${paperTitle(paper)}不在您的权限内。`, usage, may);
  if (command.reason === null) return refuse('reason_required', '作废须写明理由。', usage);
  if (!command.confirmed) return { is: 'confirm', effect: `作废${paperTitle(paper)}，不再报送`, pages: [], open: [] };
  const told = toldOfPaper(envelope, paper);
  return happened({ ...doneBy(scene, envelope, person), type: 'PaperVoided', id: paper.id, reason: command.reason, told });
}

function inChain(scene: Scene, state: IncidentState, { at }: Envelope, paper: Paper): readonly string[] {
  const chain = chainOf(scene.rules, state, paper);
  const people = chain.steps.flatMap(({ act, by }) =>
    act === 'draft' ? filling(scene, by, state, at) : mayStep(scene, state, chain, act, at),
  );
  return unique([paper.by, ...people]);
}
