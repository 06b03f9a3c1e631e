/** 口头批准 事项 批准人 时间 原话: an act that was approved by word of mouth, as its own verb would be typed, and then who, when and which words. */
import type { Approvable } from '../../core/incident/commands';
import { stepWaited } from '../../core/incident/papers/chain';
import { type Refusal, refuse } from '../../core/incident/refusal';
import { levelAt } from '../arguments/level';
import { around, momentIn } from '../arguments/moment';
import { namedAt } from '../arguments/named';
import { personAt } from '../arguments/person';
import { trimmed } from '../arguments/spaces';
import { paperAt } from './papersSaid';
import { type Built, type Said, worded } from './row';

type Plain = (said: Said, rest: string) => { readonly is: 'act'; readonly act: Approvable; readonly rest: string } | Refusal;

const ACTS: readonly { readonly zh: string; readonly read: Plain }[] = [
  { zh: '定级', read: levelled('SetLevel') },
  { zh: '调级', read: levelled('ChangeLevel') },
  { zh: '响应级别', read: levelled('ChangeResponseLevel') },
  { zh: '启动响应', read: plain({ type: 'ActivateResponse', confirmed: true }) },
  { zh: '启动', read: plain({ type: 'ActivateResponse', confirmed: true }) },
  { zh: '终止响应', read: plain({ type: 'TerminateResponse', reason: null, confirmed: true }) },
  { zh: '终止', read: plain({ type: 'TerminateResponse', reason: null, confirmed: true }) },
  { zh: '事态反复', read: plain({ type: 'ReopenIncident', reason: null }) },
  { zh: '复发', read: plain({ type: 'ReopenIncident', reason: null }) },
  { zh: '不列入', read: plain({ type: 'DismissIncident', reason: null, confirmed: true }) },
  { zh: '转办', read: transferred },
  { zh: '签发', read: signed },
];

/** Refuses `which_act`, and what reading the act, the level, the unit or the person refuses. Without a moment it was just now. */
export function oralApproval(said: Said): Built | Refusal {
  const { rest, state, turn } = said;
  const usage = `#${state.n} 口头批准〔事项〕〔批准人〕〔时间〕〔原话〕`;
  const found = ACTS.find(({ zh }) => rest.startsWith(zh));
  if (found === undefined)
    return refuse('which_act', `没有读出批准的是什么，可写：${SHOWN.join('、')}。`, `#${state.n} 口头批准 启动 张局长 22:40 同意启动`);
  const act = found.read(said, trimmed(rest.slice(found.zh.length)));
  if (act.is === 'refusal') return act;
  const who = personAt(turn.roster, act.rest, usage);
  if (who.is === 'refusal') return who;
  const moment = momentIn(who.rest, turn.heardAt);
  return worded(said, 'approval', around(moment, who.rest), (ref) => ({
    type: 'RecordOralApproval',
    act: act.act,
    who: who.person,
    approvedAt: moment?.at ?? turn.heardAt,
    words: ref,
    heardBy: turn.person === null ? [] : [turn.person],
  }));
}

const SHOWN = ['定级', '调级', '响应级别', '启动', '终止', '事态反复', '不列入', '转办', '签发'];

function plain(act: Approvable): Plain {
  return (_, rest) => ({ is: 'act', act, rest });
}

function levelled(type: 'SetLevel' | 'ChangeLevel' | 'ChangeResponseLevel'): Plain {
  return ({ rules, state }, rest) => {
    const level = levelAt(rules, rest, `#${state.n} 口头批准 调级〔级别〕〔批准人〕〔时间〕〔原话〕`);
    return level.is === 'refusal' ? level : { is: 'act', act: { type, rank: level.rank, reason: null, confirmed: true }, rest: level.rest };
  };
}

/** A paper by its number, else the only one that waits to be signed. */
function signed(said: Said, rest: string): ReturnType<Plain> {
  const meant = paperAt({ ...said, rest }, '口头批准 签发', (paper) => stepWaited(said.rules, said.state, paper) === 'sign');
  if (meant.is === 'refusal') return meant;
  return { is: 'act', act: { type: 'SignPaper', paper: meant.paper.id, text: null, unfit: null, confirmed: true }, rest: meant.rest };
}

function transferred({ rules, state }: Said, rest: string): ReturnType<Plain> {
  const organ = namedAt(rules.pack.parties, rest);
  if (organ === null) return refuse('which_party', '没有读出转给哪个单位。', `#${state.n} 口头批准 转办〔单位〕〔批准人〕〔时间〕〔原话〕`);
  return { is: 'act', act: { type: 'TransferIncident', organ: organ.found.id, reason: null, confirmed: true }, rest: organ.rest };
}
