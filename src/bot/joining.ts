/** 并案 and 分案: one decision that changes two incidents, in one transaction or not at all. */
import type { CommandOf } from '../core/incident/commands';
import { decide } from '../core/incident/decide';
import { refuse } from '../core/incident/refusal';
import type { IncidentState } from '../core/incident/state';
import { execute, type Outcome, type Request } from '../handlers/execute';
import { openIncident } from './opening';
import type { Turn } from './turn';

/** The other incident takes this one in first: where it refuses, nothing has been written. */
export async function joinInto(turn: Turn, request: Request, state: IncidentState, command: CommandOf<'MergeInto'>): Promise<Outcome> {
  const { tx, deps } = turn;
  const first = await considered(turn, request, state);
  if (first.is === 'refusal') return first;
  const id = await tx.streamByN('incident', command.n, request.stream.mode);
  const other = id === null ? null : await tx.stream(id);
  if (other === null) return refuse('no_incident', `没有事件 #${command.n}。`, '输入 列表 查看在办事件');
  if (first.is === 'confirm') return first;
  const { n, receivedAt, text } = state;
  const absorb = { type: 'AbsorbIncident' as const, n, receivedAt, text };
  const taken = await execute(tx, deps, {
    ...request,
    stream: other,
    envelope: { ...request.envelope, command: absorb, seed: `${request.envelope.seed}-joined` },
    texts: [],
    origin: null,
  });
  return taken.is === 'done' ? execute(tx, deps, request) : taken;
}

/** The part split off is reported as an incident of its own, then linked here. */
export async function splitOff(
  turn: Turn,
  request: Request,
  state: IncidentState,
  words: string,
  command: CommandOf<'SplitIncident'>,
): Promise<Outcome> {
  const first = await considered(turn, request, state);
  if (first.is !== 'events') return first;
  const { n } = await openIncident(turn, words, { splitFrom: request.stream.n });
  return execute(turn.tx, turn.deps, { ...request, envelope: { ...request.envelope, command: { ...command, off: n } } });
}

/** Decides without writing anything. */
async function considered({ tx, deps, roster }: Turn, { stream, envelope }: Request, state: IncidentState) {
  return decide({ rules: await deps.rulebooks.of(tx, stream.rulebook), roster }, state, envelope);
}
