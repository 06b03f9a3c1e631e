/** A verb tried on one incident. */
import { refuse } from '../core/incident/refusal';
import { onlyInPerson } from '../core/rights/act';
import { tokenMayNotDecide } from '../core/rights/may';
import { execute, type Outcome } from '../handlers/execute';
import { lockedIncident } from '../handlers/incident';
import type { StreamRow } from '../ports/streams';
import { buildCommand, type Wanted } from './command';
import { joinInto, splitOff } from './joining';
import type { Turn } from './turn';

/** Reads the argument with the incident as it stands and decides. */
export async function attemptOnIncident(turn: Turn, stream: StreamRow, wanted: Wanted, confirmed: boolean): Promise<Outcome> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const state = await lockedIncident(tx, stream);
  if (state === null) return refuse('no_incident', '没有这起事件。', '');
  const built = buildCommand(turn, await deps.rulebooks.of(tx, stream.rulebook), state, wanted, confirmed);
  if (built.is === 'refusal') return built;
  const { command, texts } = built;
  if (turn.caller?.is === 'person' && turn.caller.byToken === true && onlyInPerson(command)) return tokenMayNotDecide();
  const request = { stream, envelope: { command, actor, at, seed }, cause: { kind: 'inbox' as const, id: item.id }, texts, origin };
  if (command.type === 'MergeInto') return joinInto(turn, request, state, command);
  if (command.type === 'SplitIncident') return splitOff(turn, request, state, wanted.rest, command);
  return execute(tx, deps, request);
}
