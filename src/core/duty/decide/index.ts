/** `decide(scene, state, envelope) -> events, a refusal or a question`: every rule of a shift behind one table. */
import { knownPerson } from '../../incident/decide/scene';
import { type Refusal, refuse } from '../../incident/refusal';
import type { DutyCommand, DutyCommandOf, DutyEnvelope } from '../commands';
import type { DutyState } from '../state';
import { handOver, prepareHandover, refuseTakeOver, takeOver } from './handover';
import { importRoster } from './importRoster';
import { writeLog } from './log';
import { noteAllowance } from './noteAllowance';
import { ringDeadlines } from './ringDeadlines';
import { answerRoll, callRoll } from './rollCall';
import { type DutyDecision, happened, type Rule, type Scene, saidIn } from './scene';
import { openShift, signIn } from './shift';
import { endSpecialPeriod, reportZero, startSpecialPeriod } from './special';
import { standInOnDuty } from './standIn';
import { answerSwap, proposeSwap, withdrawSwap } from './swap';

/** Commands of people on a shift that stands. */
type Spoken = Exclude<DutyCommand, { type: 'ImportRoster' | 'NoteAllowance' | 'OpenDesk' | 'OpenShift' | 'RingDeadlines' }>;

const RULES: { readonly [T in Spoken['type']]: Rule<DutyCommandOf<T>> } = {
  SignIn: signIn,
  WriteLog: writeLog,
  ProposeSwap: proposeSwap,
  AnswerSwap: answerSwap,
  WithdrawSwap: withdrawSwap,
  StandInOnDuty: standInOnDuty,
  PrepareHandover: prepareHandover,
  HandOver: handOver,
  TakeOver: takeOver,
  RefuseTakeOver: refuseTakeOver,
  StartSpecialPeriod: startSpecialPeriod,
  EndSpecialPeriod: endSpecialPeriod,
  ReportZero: reportZero,
  CallRoll: callRoll,
  AnswerRoll: answerRoll,
};

/**
 * Decides one command. `state` is null only for OpenDesk and OpenShift. Refuses `no_shift`, `shift_open`, `shift_closed`, `unknown_person` before any
 * rule is asked. An accepted command has at least one event, except rings nobody owes, a desk that stands
 * already and a month that changes nothing.
 */
export function decide(scene: Scene, state: DutyState | null, envelope: DutyEnvelope): DutyDecision {
  const { command, actor, at } = envelope;
  if (state !== null && command.type === 'RingDeadlines') return ringDeadlines(scene, state, command, envelope);
  if (command.type === 'OpenDesk') return state === null ? happened({ type: 'DeskOpened', v: 1, n: command.n }) : happened();
  if (command.type === 'ImportRoster' && state !== null && state.status !== 'closed') return importRoster(scene, command, envelope.at);
  if (command.type === 'NoteAllowance' && state !== null && state.status !== 'closed') return noteAllowance(scene, command);
  const early = notNow(state, command);
  if (early !== null) return early;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (command.type === 'OpenShift') return openShift(scene, saidIn(envelope, person.id, command));
  if (state === null || isOurs(command)) return happened();
  const rule = RULES[command.type] as Rule<Spoken>;
  return rule(scene, state, { ...saidIn(envelope, person.id, command), at });
}

/** Nobody says these: they come from the clock, a sheet, a platform. */
function isOurs(command: DutyCommand): command is DutyCommandOf<'RingDeadlines' | 'ImportRoster' | 'NoteAllowance'> {
  return ['RingDeadlines', 'ImportRoster', 'NoteAllowance'].includes(command.type);
}

function notNow(state: DutyState | null, { type }: DutyCommand): Refusal | null {
  if (state === null || state.status === 'unopened')
    return type === 'OpenShift' ? null : refuse('no_shift', '当前没有值班班次。', '请值班员先输入：开班');
  if (type === 'OpenShift') return refuse('shift_open', `第${state.n}班已经开班。`, '接班请输入：接班');
  if (state.status === 'closed') return refuse('shift_closed', `第${state.n}班已经交班，不能再办理。`, '请在当前班次办理');
  return null;
}
