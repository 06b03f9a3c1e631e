/** What was typed about a work record: a new one, or a step of one that is meant by its number or because there is no other. */
import { recordsOf } from '../../core/incident/records/find';
import { KINDS, MOVES, type Move, type MoveId } from '../../core/incident/records/kinds';
import type { WorkRecord } from '../../core/incident/records/record';
import { type Refusal, refuse } from '../../core/incident/refusal';
import { RECORD_KINDS, type RecordKind } from '../../core/plans/schema/records';
import { trimmed } from '../arguments/spaces';
import type { Said } from './row';

/** Other words for a step beside its own. */
const ALIASES: Readonly<Partial<Record<MoveId, readonly string[]>>> = {
  issue: ['下发', '印发'],
  adopt: ['同意'],
  reject: ['不同意', '退回'],
  answer: ['回复', '反馈', '已答复'],
  receipt: ['签收', '收到', '已签收'],
  handle: ['已办', '办结'],
  verify: ['已核实', '已核', '属实'],
  give: ['发放', '已发放', '发'],
  return: ['退还', '已归还'],
  update: ['补充', '变化'],
  close: ['结束', '完成'],
  check: ['审核通过', '核稿'],
  approve: ['审定', '同意'],
  send_back: ['退回'],
  revise: ['改为', '改成'],
  hand_over: ['已移交', '交付'],
  report: ['报送', '进展'],
  end: ['停止', '终止'],
};

/** A new record, or a step of a known one with what stands behind it. */
export type Meant =
  | { readonly is: 'open'; readonly rest: string }
  | { readonly is: 'step'; readonly record: WorkRecord; readonly move: Move; readonly rest: string };

/** Refuses `no_such_record`, `which_number`, `which_move`. */
export function meantBy(said: Said, kind: RecordKind): Meant | Refusal {
  const numbered = /^第?([0-9０-９]{1,3})(?:号|项)?(?=$|[\s,，:：、\p{Script=Han}])/u.exec(said.rest);
  const rest = numbered === null ? said.rest : trimmed(said.rest.slice(numbered[0].length));
  const step = stepAt(kind, rest);
  if (numbered === null) return step === null ? { is: 'open', rest: said.rest } : onlyOne(said, kind, step);
  const n = Number(numbered[1]?.normalize('NFKC'));
  const record = recordsOf(said.state, kind).find((one) => one.n === n);
  const separated = /^第|^[0-9０-９]+(?:号|项|$|[\s,，:：、])/u.test(said.rest);
  if (record === undefined || (step === null && !separated))
    return step === null
      ? { is: 'open', rest: said.rest }
      : refuse('no_such_record', `没有${RECORD_KINDS[kind]}第${n}号。`, usage(said, kind));
  return onRecord(said, record, step, rest);
}

function onRecord(said: Said, record: WorkRecord, step: Step | null, rest: string): Meant | Refusal {
  if (step !== null) return { is: 'step', record, ...step };
  const { usual, moves } = KINDS[record.kind];
  const move = moves.find(({ id }) => id === usual);
  if (move !== undefined && rest !== '') return { is: 'step', record, move, rest };
  const words = moves.map(({ id }) => MOVES[id]).join('、');
  const hint = words === '' ? usage(said, record.kind) : `可写：#${said.state.n} ${RECORD_KINDS[record.kind]} ${record.n} ${words}`;
  return refuse('which_move', '没有读出要办哪一步。', hint);
}

interface Step {
  readonly move: Move;
  readonly rest: string;
}

/** A step of this kind by its word at the front, the longest first; what follows is set apart or a number. */
function stepAt(kind: RecordKind, rest: string): Step | null {
  const ways = KINDS[kind].moves.flatMap((move) => [MOVES[move.id], ...(ALIASES[move.id] ?? [])].map((word) => ({ move, word })));
  for (const { move, word } of ways.sort((a, b) => b.word.length - a.word.length))
    if (rest.startsWith(word) && /^(?:$|[\s,，。:：;；、0-9０-９“"])/u.test(rest.slice(word.length)))
      return { move, rest: trimmed(rest.slice(word.length)) };
  return null;
}

/** Without a number the only record that can take the step; of schemes the newest. */
function onlyOne(said: Said, kind: RecordKind, { move, rest }: Step): Meant | Refusal {
  const likely = recordsOf(said.state, kind).filter((record) => move.from.includes(record.stage));
  const only = kind === 'scheme' ? likely.at(-1) : likely[0];
  if (only === undefined) return refuse('no_such_record', `没有可以${MOVES[move.id]}的${RECORD_KINDS[kind]}。`, usage(said, kind));
  if (likely.length > 1 && kind !== 'scheme')
    return refuse(
      'which_number',
      `有 ${likely.length} 项，请写明编号。`,
      `#${said.state.n} ${RECORD_KINDS[kind]} ${only.n} ${MOVES[move.id]}`,
    );
  return { is: 'step', record: only, move, rest };
}

function usage({ state }: Said, kind: RecordKind): string {
  return `#${state.n} ${RECORD_KINDS[kind]}（单独输入可查看）`;
}
