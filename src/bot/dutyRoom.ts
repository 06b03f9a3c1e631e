/** The duty room by typed words: acts on the shift that stands, who is on duty, the log. The first verb of all opens the first shift. */
import { decide } from '../core/duty/decide';
import { dutyReaders } from '../core/duty/readers';
import { type DutyState, waiting } from '../core/duty/state';
import { type Refusal, refuse } from '../core/incident/refusal';
import { openAsks } from '../core/incident/state';
import { isUnopened, lockShift, openedShift, openFirstShift } from '../handlers/duty';
import { dutyLogIn } from '../handlers/dutyPapers';
import { onDutyIn } from '../handlers/onDutyNow';
import type { InboxOutcome } from '../ports/inbox';
import { act } from './act';
import { openHere } from './choose';
import { answer, type Turn } from './turn';

/** On the shift that stands, whose number nobody types. Where none was opened yet, whoever keeps duty opens it by his first verb. */
export async function actOnShift(turn: Turn, verb: string, rest: string): Promise<InboxOutcome> {
  const wanted = { verb, rest, call: null, via: 'text' as const, agreedTo: null };
  const stream = await lockShift(turn.tx);
  if (stream !== null && !isUnopened(stream)) return act(turn, stream.id, wanted);
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const said = { actor, at, seed: `${seed}-open` };
  const opened = await openFirstShift(tx, deps, { said, cause: { kind: 'inbox', id: item.id }, texts: [], origin });
  if (opened.is === 'confirm') throw new Error('the opening of a shift asks nothing');
  if (opened.is === 'refusal') return answer(turn, verb === 'open_shift' ? opened : await noShift(turn, opened));
  if (IN_THE_OPENING.includes(verb)) return { state: 'handled', outcome: 'executed', stream: opened.stream, version: opened.version };
  return act(turn, opened.stream, wanted);
}

/** Whoever opens the shift is there. */
const IN_THE_OPENING: readonly string[] = ['open_shift', 'sign_in'];

/** What somebody reads who may not open it: the shift is missing, not his power. */
async function noShift({ deps, roster, actor, at, seed }: Turn, opening: Refusal): Promise<Refusal> {
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) return opening;
  const decision = decide({ rules, roster }, null, { command: { type: 'SignIn' }, actor, at, seed });
  return decision.is === 'refusal' ? decision : opening;
}

/** 值班: without a lock, from the shift that stands, else from the roster. */
export async function showOnDuty(turn: Turn): Promise<InboxOutcome> {
  return answer(turn, await onDutyIn(turn.tx, turn.deps));
}

/** 值班日志: of the shift that stands, or of the one whose number is typed. For whoever keeps duty or leads. */
export async function showLog(turn: Turn, rest: string): Promise<InboxOutcome> {
  const { tx, at } = turn;
  const typed = /^(?:第)?(\d{1,6})/u.exec(rest.normalize('NFKC'))?.[1];
  const shift = await dutyLogIn(tx, typed === undefined ? null : Number(typed), at);
  if (shift === null) return answer(turn, refuse('no_such_shift', typed === undefined ? '还没有开过班。' : `没有第${typed}班。`, '值班'));
  const { log, state } = shift;
  if (!mayReadLog(turn, state))
    return answer(turn, refuse('not_authorised', '值班日志由值班人员查看。', '值班日志', dutyReaders(turn.roster, state)));
  return answer(turn, log);
}

/** May this person read the log of the shift? Null: there is no shift yet. */
export function mayReadLog(turn: Turn, state: DutyState | null): boolean {
  return turn.person !== null && dutyReaders(turn.roster, state).includes(turn.person);
}

/** The verb by which a bare 收到 answers the duty room: only where no incident waits for this person, who is meant first. Locks nothing. */
export async function wordForShift(turn: Turn): Promise<'sign_in' | 'answer_roll' | null> {
  const { tx, person } = turn;
  const shift = await openedShift(tx);
  const ask =
    shift === null || shift.row.status === 'closed'
      ? undefined
      : waiting(shift.state).find((one) => one.person === person && one.kind !== 'swap');
  if (ask === undefined) return null;
  const asked = (await openHere(turn)).some((incident) => openAsks(incident.state).some((one) => one.person === person));
  return asked ? null : ask.kind === 'roll_call' ? 'answer_roll' : 'sign_in';
}
