/** Verbs of the papers: 首报, 续报稿, 终报 draft one; 审核, 核稿, 签发, 退改 pass it on; 编号, 报送, 文稿回执 are written down. */

import type { IncidentCommand } from '../../core/incident/commands';
import type { TextRef } from '../../core/incident/events';
import { pathsFor, stepWaited } from '../../core/incident/papers/chain';
import { AS_FILE, unconfirmed } from '../../core/incident/papers/find';
import type { ChainAct, Paper } from '../../core/incident/papers/paper';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { PaperKind } from '../../core/plans/schema/papers';
import { around, momentIn } from '../arguments/moment';
import { allNamedAt } from '../arguments/named';
import { editsIn, kindAt, paperAt, recipientAt, wayIn } from './papersSaid';
import { type Build, type Built, built, glued, row, type Said, under, type VerbRow, worded } from './row';
import { alone, eachPaper } from './samples';

const SHOWN = 'paper';

export const PAPER_VERBS: readonly VerbRow[] = under({ section: '文稿', who: '牵头科室、值班员' }, [
  row('first_report', ['首报', '初报'], '首报', '按记录起草首报，交审核人', drafting('first_report'), { samples: alone }),
  row('progress_report', ['续报稿'], '续报稿', '起草续报，只写上次报送以来的变化', drafting('progress_report'), { samples: alone }),
  row('final_report', ['终报', '核报'], '终报', '起草终报', drafting('final_report'), { samples: alone }),
  row(SHOWN, ['文稿'], '文稿', '查看文稿清单；文稿 2 看全文；文稿 2 文件 取报送的原件；起草其他文书：文稿 启动通知', otherKind, {
    samples: () => ['启动应急响应通知', '情况通报'],
  }),
  row('correct_paper', ['更正补报'], '更正补报〔文稿编号〕', '已报送的有错：先更正事实，再另发更正', correction, { samples: eachPaper() }),
  row('revise_paper', ['改稿', '修改文稿'], '改稿〔编号〕〔要素〕：〔新文字〕', '改文字，成为新的一稿；几项以分号或换行隔开', revision, {
    samples: eachPaper('标题：新标题'),
  }),
  row('review_paper', ['审核'], '审核〔编号〕〔意见〕', '审核通过，交下一步', passing('review'), {
    who: '科室负责人',
    samples: eachPaper(),
  }),
  row('check_paper', ['核稿'], '核稿〔编号〕〔意见〕', '核稿通过，交签发人', passing('text_check'), {
    who: '应急办',
    samples: eachPaper(),
  }),
  row('sign_paper', ['签发'], '签发〔编号〕〔意见〕', '签发，之后编号报送', signing, {
    who: '签发链写明的领导',
    confirms: true,
    samples: eachPaper(),
  }),
  row('send_back_paper', ['退改'], '退改〔编号〕〔理由〕', '退回拟稿人修改', sendingBack, {
    who: '正在审核、核稿、签发的人',
    samples: eachPaper('补充地点'),
  }),
  row('comment_paper', ['批注'], '批注〔编号〕〔意见〕', '写意见，不改变去向', commenting, {
    who: '签发链上的人',
    samples: eachPaper('注意口径'),
  }),
  row('number_paper', ['编号'], '编号〔文稿编号〕〔文号〕', '登记文号；没有的写：无文号', numbering, {
    who: '报送的人',
    samples: eachPaper('无文号'),
  }),
  row('send_paper', ['报送', '报出', '送出'], '报送〔编号〕〔单位〕〔方式〕〔时间〕', '登记主送，第一次报送后内容固定', sending('main'), {
    who: '应急办',
    confirms: true,
    samples: (said) => sendable(said),
  }),
  row('copy_paper', ['抄送'], '抄送〔编号〕〔单位〕〔方式〕〔时间〕', '登记抄送', sending('copy'), {
    who: '应急办',
    confirms: true,
    samples: (said) => sendable(said),
  }),
  row('paper_receipt', ['文稿回执', '报送回执'], '文稿回执〔编号〕〔单位〕〔签收人〕〔时间〕', '登记对方签收', receipt, {
    who: '报送的人、值班室',
    samples: (said) => sendable(said),
  }),
  glued(
    row('void_paper', ['作废'], '作废〔编号〕〔理由〕', '报送前作废一份文稿', voiding, { confirms: true, samples: eachPaper('重复') }),
    /^[0-9０-９]/u,
  ),
]);

/** 文稿 alone lists, with a number shows one, with 文件 behind it gives it as it went out; null for every other word. */
export function papersShown(
  verb: string,
  rest: string,
): { readonly what: 'paper_list' | 'paper_shown'; readonly keys: readonly string[] } | null {
  if (verb !== SHOWN) return null;
  const [, number, file] = /^第?([0-9０-９]{1,3})(?:号|份)?\s*(文件|原件|公文)?$/u.exec(rest.trim()) ?? [];
  if (number !== undefined)
    return { what: 'paper_shown', keys: [String(Number(number.normalize('NFKC'))), ...(file === undefined ? [] : [AS_FILE])] };
  return rest === '' || /^(?:清单|列表)$/u.test(rest) ? { what: 'paper_list', keys: [] } : null;
}

function drafting(kind: PaperKind): Build {
  return (said) => draft(said, kind, said.rest);
}

/** Recipients named behind the kind choose the path that serves them all and nobody else, else the first that serves them. */
function draft({ rules, state }: Said, kind: PaperKind, rest: string, corrects: string | null = null): Built | Refusal {
  const { found, rest: left } = allNamedAt(rules.pack.parties, rest.replace(/^(?:报送?|给)/u, ''));
  if (left !== '')
    return refuse(
      'which_party',
      '只能在后面写明报给哪个单位。',
      `#${state.n} 文稿；改内容请先起草，再：#${state.n} 改稿〔编号〕〔要素〕：〔新文字〕`,
    );
  const wanted = found.map(({ id }) => id);
  const paths = pathsFor(rules, kind).filter(({ to }) => wanted.every((id) => to.includes(id)));
  const exact = paths.find(({ to }) => to.length === wanted.length) ?? paths[0];
  if (wanted.length > 0 && exact === undefined) return refuse('no_such_path', '本预案没有按这条路径报送的规定。', `#${state.n} 文稿`);
  const path = wanted.length === 0 ? null : (exact?.id ?? null);
  return built({ type: 'DraftPaper', kind, path, corrects, about: null, serial: null, content: null, unfit: null });
}

function otherKind(said: Said): Built | Refusal {
  const kind = kindAt(said.rest);
  if (kind === null) return refuse('which_kind', '没有读出是哪种文书。', `#${said.state.n} 文稿 启动通知；清单：#${said.state.n} 文稿`);
  return draft(said, kind.kind, kind.rest);
}

function correction(said: Said): Built | Refusal {
  const meant = paperAt(said, '更正补报', ({ stage }) => stage === 'sent');
  return meant.is === 'refusal' ? meant : draft(said, 'correction', meant.rest, meant.paper.id);
}

function revision(said: Said): Built | Refusal {
  const meant = paperAt(said, '改稿', ({ stage }) => stage === 'returned' || stage === 'in_hand');
  if (meant.is === 'refusal') return meant;
  const { sections } = said.turn.deps.papers.wording.kinds[meant.paper.kind];
  const headings = sections.flatMap(({ elements }) => elements.map(({ heading }) => heading));
  const edits = editsIn(meant.rest, ['标题', '抄送', ...headings]);
  const command = { type: 'RevisePaper' as const, paper: meant.paper.id, content: null, changed: false, unfit: null };
  return edits.length === 0 ? built(command) : { ...built(command), edits };
}

/** A verb on the paper that waits for a step, whose words are a remark or a reason. */
function onStep(
  word: string,
  fits: (said: Said) => (paper: Paper) => boolean,
  command: (paper: string, words: TextRef | null, said: Said) => IncidentCommand,
): Build {
  return (said) => {
    const meant = paperAt(said, word, fits(said));
    return meant.is === 'refusal' ? meant : worded(said, 'paper_remark', meant.rest, (words) => command(meant.paper.id, words, said));
  };
}

/** Papers that wait for one of these steps. */
function waitsFor(...acts: readonly ChainAct[]) {
  return ({ rules, state }: Said) =>
    (paper: Paper): boolean => {
      const act = stepWaited(rules, state, paper);
      return act !== null && acts.includes(act);
    };
}

function passing(act: 'review' | 'text_check'): Build {
  return onStep(act === 'review' ? '审核' : '核稿', waitsFor(act), (paper, text) => ({ type: 'PassPaper', paper, act, text }));
}

function signing(said: Said): Built | Refusal {
  return onStep('签发', waitsFor('sign'), (paper, text, { confirmed }) => ({ type: 'SignPaper', paper, text, unfit: null, confirmed }))(
    said,
  );
}

function sendingBack(said: Said): Built | Refusal {
  return onStep('退改', waitsFor('review', 'text_check', 'sign', 'send'), (paper, reason) => ({ type: 'SendBackPaper', paper, reason }))(
    said,
  );
}

function commenting(said: Said): Built | Refusal {
  return onStep('批注', waitsFor('review', 'text_check', 'sign', 'send'), (paper, text) => ({ type: 'CommentPaper', paper, text }))(said);
}

function voiding(said: Said): Built | Refusal {
  const fits =
    () =>
    ({ stage }: Paper): boolean =>
      stage === 'returned' || stage === 'in_hand';
  return onStep('作废', fits, (paper, reason, { confirmed }) => ({ type: 'VoidPaper', paper, reason, confirmed }))(said);
}

/** As it was told; nothing is added or put right. */
function numbering(said: Said): Built | Refusal {
  const meant = paperAt(said, '编号', ({ stage }) => stage === 'signed');
  if (meant.is === 'refusal') return meant;
  const told = meant.rest.slice(0, LONGEST_NUMBER);
  const number = told === '' ? null : NO_NUMBER.test(told) ? '' : told;
  return built({ type: 'NumberPaper', paper: meant.paper.id, number });
}

const NO_NUMBER = /^(?:无|没有)(?:文号|编号)?$/u;
const LONGEST_NUMBER = 40;

function sending(as: 'main' | 'copy'): Build {
  return (said) => {
    const meant = paperAt(said, as === 'main' ? '报送' : '抄送', ({ stage }) => stage === 'signed' || stage === 'sent');
    if (meant.is === 'refusal') return meant;
    const { to, rest } = recipientAt(said, meant.rest);
    const way = wayIn(rest);
    const sentAt = momentIn(way?.rest ?? rest, said.turn.heardAt)?.at ?? said.turn.heardAt;
    const { confirmed } = said;
    return built({ type: 'SendPaper', paper: meant.paper.id, to, as, way: way?.way ?? null, sentAt, frozen: null, unfit: null, confirmed });
  };
}

function receipt(said: Said): Built | Refusal {
  const meant = paperAt(said, '文稿回执', (paper) => unconfirmed(paper).length > 0);
  if (meant.is === 'refusal') return meant;
  const { to, rest } = recipientAt(said, meant.rest);
  const moment = momentIn(rest, said.turn.heardAt);
  const receivedAt = moment?.at ?? said.turn.heardAt;
  return worded(said, 'receipt', around(moment, rest), (who) => ({
    type: 'RecordPaperReceipt',
    paper: meant.paper.id,
    to,
    who,
    receivedAt,
  }));
}

/** To each party of the plan. */
function sendable({ rules, state }: Said): readonly string[] {
  return Object.values(state.papers).flatMap(({ n }) => rules.pack.parties.map(({ zh }) => `${n} ${zh} 传真 李科 刚才`));
}
