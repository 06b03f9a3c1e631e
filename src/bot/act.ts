/** One command on one known incident: executed, refused with what to do instead, or asked to be confirmed by a code. */
import { type Confirm, refuse } from '../core/incident/refusal';
import { MINUTE } from '../core/instant';
import { execute, type Outcome } from '../handlers/execute';
import { lockedIncident } from '../handlers/incident';
import type { InboxOutcome, StreamRow } from '../ports/store';
import { buildCommand, type Wanted } from './command';
import { joinInto, splitOff } from './joining';
import { CODE_MINUTES } from './reply';
import { answer, type Turn } from './turn';

/** Locks the incident and does it, or answers why not. */
export async function act(turn: Turn, streamId: string, wanted: Wanted): Promise<InboxOutcome> {
  const stream = await turn.tx.stream(streamId);
  if (stream === null) return answer(turn, refuse('no_incident', '没有这起事件。', ''));
  const first = await attempt(turn, stream, wanted, false);
  const outcome = first.is === 'confirm' && wanted.agreedTo === questionOf(first) ? await attempt(turn, stream, wanted, true) : first;
  if (outcome.is === 'refusal') return answer(turn, outcome);
  if (outcome.is === 'done') return { state: 'handled', outcome: 'executed', stream: outcome.stream, version: outcome.version };
  return askForCode(turn, stream, wanted, outcome);
}

/** Decides once; writes only what is decided, so a question leaves the stream as it is. */
async function attempt(turn: Turn, stream: StreamRow, wanted: Wanted, confirmed: boolean): Promise<Outcome> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const state = await lockedIncident(tx, stream);
  if (state === null) return refuse('no_incident', '没有这起事件。', '');
  const built = buildCommand(turn, await deps.rulebooks.of(tx, stream.rulebook), state, wanted, confirmed);
  if (built.is === 'refusal') return built;
  const { command, texts } = built;
  const request = { stream, envelope: { command, actor, at, seed }, cause: { kind: 'inbox' as const, id: item.id }, texts, origin };
  if (command.type === 'MergeInto') return joinInto(turn, request, state, command);
  if (command.type === 'SplitIncident') return splitOff(turn, request, state, wanted.rest, command);
  return execute(tx, deps, request);
}

/** What was asked: when effect or people have changed meanwhile, an old code no longer answers it. */
function questionOf({ effect, pages }: Confirm): string {
  return JSON.stringify([effect, pages]);
}

async function askForCode(turn: Turn, stream: StreamRow, wanted: Wanted, question: Confirm): Promise<InboxOutcome> {
  const { tx, deps, item, heardAt, person } = turn;
  if (person === null) return answer(turn, refuse('unknown_person', '通讯录里没有您的账号，不能办理。', '请联系应急办登记'));
  const code = deps.ids.code4();
  const command = { verb: wanted.verb, rest: wanted.rest, streams: [stream.id], question: questionOf(question) };
  const expiresAt = heardAt + CODE_MINUTES * MINUTE;
  await tx.askPrompt({ id: deps.ids.next(), conversation: item.conversation, person, kind: 'code', code, command, expiresAt });
  return answer(turn, { ...question, code, n: stream.n });
}
