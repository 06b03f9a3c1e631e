/** A verb tried on the shift that stands. */
import { refuse } from '../core/incident/refusal';
import { type DutyOutcome, executeShift, obligationsNow, shiftOfRow } from '../handlers/duty';
import type { StreamRow } from '../ports/streams';
import type { Wanted } from './command';
import type { Turn } from './turn';
import { dutyVerb } from './verbs/table';

/** Reads the argument with the shift as it stands and decides. */
export async function attemptOnShift(turn: Turn, stream: StreamRow, wanted: Wanted, confirmed: boolean): Promise<DutyOutcome> {
  const { tx, deps, roster, item, at, actor, origin, seed } = turn;
  const state = await shiftOfRow(tx, stream);
  const verb = dutyVerb(wanted.verb);
  if (state === null || verb === undefined) return refuse('unknown_verb', '没有这个指令。', '输入 帮助 查看可用指令');
  const rules = await deps.rulebooks.of(tx, stream.rulebook);
  const obligations = () => obligationsNow(tx, deps, roster, at);
  const built = await verb.onShift({ turn, rules, state, rest: wanted.rest, confirmed, obligations });
  if (built.is === 'refusal') return built;
  const { command, texts } = built;
  return executeShift(tx, deps, { stream, envelope: { command, actor, at, seed }, cause: { kind: 'inbox', id: item.id }, texts, origin });
}
