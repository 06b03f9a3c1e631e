/** One command on one known stream: executed, refused with what to do instead, or asked to be confirmed by a code. */
import { type Confirm, refuse } from '../core/incident/refusal';
import { MINUTE } from '../core/instant';
import { tokenMayNotDecide } from '../core/rights/may';
import type { Outcome } from '../handlers/execute';
import type { InboxOutcome } from '../ports/inbox';
import type { StreamKind, StreamRow } from '../ports/streams';
import type { Wanted } from './command';
import { attemptOnEntry } from './onEntry';
import { attemptOnIncident } from './onIncident';
import { attemptOnShift } from './onShift';
import { CODE_MINUTES } from './reply';
import { answer, type Turn } from './turn';

/** Decides once on a locked stream; writes only what is decided, so a question leaves the stream as it is. */
type Attempt = (turn: Turn, stream: StreamRow, wanted: Wanted, confirmed: boolean) => Promise<Outcome<unknown, unknown>>;

/** Kinds of streams that people act on. */
const ATTEMPTS: Readonly<Record<Exclude<StreamKind, 'admin'>, Attempt>> = {
  incident: attemptOnIncident,
  duty: attemptOnShift,
  register: attemptOnEntry,
};

/** Locks the stream and does it, or answers why not. */
export async function act(turn: Turn, streamId: string, wanted: Wanted): Promise<InboxOutcome> {
  const stream = await turn.tx.stream(streamId);
  if (stream === null || stream.kind === 'admin') return answer(turn, refuse('no_incident', '没有这起事件。', ''));
  if (stream.kind !== 'incident' && turn.caller?.is === 'person' && turn.caller.byToken === true) return answer(turn, tokenMayNotDecide());
  const attempt = ATTEMPTS[stream.kind];
  const first = await attempt(turn, stream, wanted, false);
  const outcome = first.is === 'confirm' && wanted.agreedTo === questionOf(first) ? await attempt(turn, stream, wanted, true) : first;
  if (outcome.is === 'refusal') return { ...(await answer(turn, outcome)), stream: stream.id };
  if (outcome.is === 'done') return { state: 'handled', outcome: 'executed', stream: outcome.stream, version: outcome.version };
  return askForCode(turn, stream, wanted, outcome);
}

/** What was asked: when effect or people have changed meanwhile, an old code no longer answers it. */
function questionOf({ effect, pages }: Confirm): string {
  return JSON.stringify([effect, pages]);
}

async function askForCode(turn: Turn, stream: StreamRow, wanted: Wanted, question: Confirm): Promise<InboxOutcome> {
  const { tx, deps, place, heardAt, person } = turn;
  if (person === null) return answer(turn, refuse('unknown_person', '通讯录里没有您的账号，不能办理。', '请联系应急办登记'));
  const code = deps.ids.code4();
  const command = { verb: wanted.verb, rest: wanted.rest, streams: [stream.id], question: questionOf(question) };
  const expiresAt = heardAt + CODE_MINUTES * MINUTE;
  await tx.askPrompt({ id: deps.ids.next(), conversation: place, person, kind: 'code', code, command, expiresAt });
  return { ...(await answer(turn, { ...question, code, n: stream.n, of: stream.kind })), stream: stream.id };
}
