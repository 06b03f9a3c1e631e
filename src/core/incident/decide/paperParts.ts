/** What the rules of papers share: which paper is meant, whose step it is, who is asked next, who hears of it. */
import type { Instant } from '../../instant';
import { holders, type PersonId } from '../../roster/roster';
import { toldBut, unique } from '../audience';
import { filling, mayAs } from '../authority';
import type { Envelope } from '../commands';
import type { Asked, Audience, TextRef } from '../events';
import { type Chain, chainOf, rolesAt, stepWaited } from '../papers/chain';
import { isInHand, paperTitle, STEP_ZH, standsAt, typedForPaper } from '../papers/find';
import type { ChainAct, Paper, Unfit } from '../papers/paper';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { knownPerson, type Scene } from './scene';
import { roomFor, workingGroup } from './workParts';

/** The paper that is meant, with the one who acts on it. */
export interface InHand {
  readonly is: 'in_hand';
  readonly paper: Paper;
  readonly person: PersonId;
  /** What is typed next of it. */
  readonly usage: string;
}

/** Refuses `unknown_person` and `no_such_paper`. */
export function paperMeant(scene: Scene, state: IncidentState, { actor }: Envelope, id: string): InHand | Refusal {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const paper = state.papers[id];
  if (paper === undefined) return refuse('no_such_paper', `事件 #${state.n} 没有这份文稿。`, `#${state.n} 文稿`);
  return { is: 'in_hand', paper, person: person.id, usage: typedForPaper(scene.rules, state, paper) };
}

/** The same for what changes a paper; refuses `paper_frozen` and `paper_void` besides. */
export function paperToChange(scene: Scene, state: IncidentState, envelope: Envelope, id: string): InHand | Refusal {
  const meant = paperMeant(scene, state, envelope, id);
  return meant.is === 'refusal' ? meant : (notChangeable(state, meant.paper) ?? meant);
}

/** Null while it may still be changed. */
export function notChangeable({ n }: IncidentState, paper: Paper): Refusal | null {
  if (isInHand(paper)) return null;
  return paper.stage === 'sent'
    ? refuse('paper_frozen', `${paperTitle(paper)}已报送，内容不能再改。`, `有错请另发更正：#${n} 更正补报 ${paper.n}`)
    : refuse('paper_void', `${paperTitle(paper)}已作废。`, `#${n} 文稿`);
}

/**
 * Everybody who takes this step, the first to be asked first. The director may always sign; whatever else nobody fills falls to him, so that
 * no paper lies still.
 */
export function mayStep(scene: Scene, state: IncidentState, chain: Chain, act: ChainAct, at: Instant): readonly PersonId[] {
  const roles = rolesAt(chain, act);
  if (act === 'sign') return mayAs(scene, roles, state, at);
  const people = unique(filling(scene, roles, state, at));
  return people.length > 0 ? people : holders(scene.roster, 'director');
}

/** Whose step it is, and may he take it? Refuses `own_draft`, `not_authorised` and `wrong_stage`; null when he may. */
export function notHisStep(scene: Scene, state: IncidentState, meant: InHand, act: ChainAct, at: Instant): Refusal | null {
  const { paper, person, usage } = meant;
  const may = mayStep(scene, state, chainOf(scene.rules, state, paper), act, at);
  const others = may.filter((one) => !isOwn(paper, one, act));
  if (isOwn(paper, person, act)) return refuse('own_draft', OWN_DRAFT, usage, others);
  if (!may.includes(person)) return refuse('not_authorised', `${paperTitle(paper)}的${STEP_ZH[act]}不在您的权限内。`, usage, others);
  if (stepWaited(scene.rules, state, paper) === act) return null;
  return refuse('wrong_stage', `${paperTitle(paper)}现在是“${standsAt(scene.rules, state, paper)}”，不能${STEP_ZH[act]}。`, usage);
}

const OWN_DRAFT = '自己拟的稿须由他人审核、签发。';

/** Nobody signs what he wrote on; checking it is open to who only mended it at his own step. */
function isOwn({ by, authors }: Paper, person: PersonId, act: ChainAct): boolean {
  return act === 'sign' ? authors.includes(person) : by === person;
}

/** Refuses a text that may not go on; null when it may. */
export function unfitText(unfit: Unfit | null, usage: string): Refusal | null {
  if (unfit === null) return null;
  return unfit === 'secrecy_mark'
    ? refuse('secrecy_mark', '文稿中有国家秘密标志用语，本系统不办理涉密文稿，请走涉密渠道。', usage)
    : refuse('personal_data', '对外文字中有个人信息（姓名、电话或证件号码），不能签发、交付，请先删去。', usage);
}

/** To whom the paper goes now: nobody where there is no step left. */
export interface Next {
  readonly owner: PersonId | null;
  readonly asked: readonly Asked[];
}

/** Whoever takes the next step is asked by name, once; not the one who just acted, and to sign nobody who wrote on it. */
export function nextOf(scene: Scene, state: IncidentState, envelope: Envelope, paper: Paper): Next {
  const act = stepWaited(scene.rules, state, paper);
  if (act === null) return { owner: null, asked: [] };
  const people = mayStep(scene, state, chainOf(scene.rules, state, paper), act, envelope.at);
  const able = act === 'send' ? people : people.filter((person) => !isOwn(paper, person, act));
  return askedFor(scene, state, envelope, paper.id, able[0] ?? null);
}

/** The same of a person by name. */
export function askedFor(scene: Scene, state: IncidentState, { actor, seed }: Envelope, paper: string, person: PersonId | null): Next {
  if (person === null) return { owner: null, asked: [] };
  if (person === actor.person && scene.oral === undefined) return { owner: person, asked: [] };
  const room = roomFor(scene, state, person, actor.room);
  const group = workingGroup(scene, person);
  return { owner: person, asked: [{ id: `${seed}-p`, kind: 'paper', person, room, group, standInFor: null, about: paper }] };
}

/** The drafter hears what became of his paper, unless he did it himself or is asked now. */
export function toldOfPaper({ actor }: Envelope, { by }: Pick<Paper, 'by'>, asked: readonly Asked[] = []): Audience {
  return toldBut(actor, [], asked.some((ask) => ask.person === by) ? [] : [by]);
}

/** A paper as it will be with one more step taken. */
export function withStep(paper: Paper, act: ChainAct, by: PersonId, at: Instant): Paper {
  const on = paper.versions.at(-1)?.version ?? 1;
  return { ...paper, stage: act === 'sign' ? 'signed' : paper.stage, steps: [...paper.steps, { act, by, at, on, oral: null }] };
}

/** Words are there; refuses `text_required` or `reason_required`. */
export function wordsMissing(words: TextRef | null, code: 'text_required' | 'reason_required', zh: string, usage: string): Refusal | null {
  return words === null ? refuse(code, zh, usage) : null;
}
