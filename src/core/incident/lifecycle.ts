/** Which act is possible in which status (procedure section 3): one table, and the sentence that says why not. */
import type { IncidentCommand } from './commands';
import { type Refusal, refuse } from './refusal';
import type { IncidentState, IncidentStatus } from './state';

type Act = Exclude<IncidentCommand['type'], 'ReportIncident' | 'RingDeadlines'>;

const BEFORE: readonly IncidentStatus[] = ['intake', 'verifying', 'assessing', 'monitoring'];
const RESPONDING: readonly IncidentStatus[] = ['responding', 'terminating'];
const ALIVE: readonly IncidentStatus[] = [...BEFORE, ...RESPONDING];
const AFTER: readonly IncidentStatus[] = ['terminated', 'reviewing'];
/** Everything but the statuses in which the record is closed. */
const OPEN: readonly IncidentStatus[] = [...ALIVE, ...AFTER, 'transferred'];

/** Statuses in which each act may be asked for; what else it needs is its own rule's business. */
export const POSSIBLE: Readonly<Record<Act, readonly IncidentStatus[]>> = {
  SupplementIncident: OPEN,
  ReportProgress: [...ALIVE, ...AFTER],
  StartVerification: ['intake'],
  VerifyFacts: ['intake', 'verifying', 'assessing'],
  FlagSensitivity: ALIVE,
  RecordFigures: [...ALIVE, ...AFTER],
  ProposeAssessment: ['intake', 'verifying', 'assessing', 'monitoring'],
  SetLevel: ['intake', 'verifying', 'assessing', 'monitoring'],
  ChangeLevel: ['assessing', ...RESPONDING],
  ChangeResponseLevel: RESPONDING,
  ConfirmLevel: ['assessing', ...RESPONDING, ...AFTER],
  IssueWarning: ALIVE,
  LiftWarning: [...ALIVE, ...AFTER],
  TransferCommand: ['assessing', ...RESPONDING],
  NameStandIn: ALIVE,
  EndStandIn: OPEN,
  RecordOralApproval: ALIVE,
  ConfirmOralApproval: OPEN,
  ActivateResponse: ['assessing'],
  StartMonitoring: ['verifying', 'assessing'],
  TransferIncident: ['intake', 'verifying', 'assessing'],
  RecordReceipt: ['transferred'],
  ReturnTransfer: ['transferred'],
  DismissIncident: BEFORE,
  MergeInto: ['intake', 'verifying', 'assessing'],
  AbsorbIncident: [...ALIVE],
  SplitIncident: ALIVE,
  ProposeTermination: ['responding'],
  RefuseTermination: ['terminating'],
  TerminateResponse: RESPONDING,
  ReopenIncident: AFTER,
  StartReview: ['terminated'],
  ArchiveIncident: ['reviewing'],
  Acknowledge: [...ALIVE, ...AFTER],
  WithdrawAcknowledgement: ALIVE,
  CannotCome: ALIVE,
  GiveTask: [...ALIVE, ...AFTER],
  CompleteTask: [...ALIVE, ...AFTER],
  ReturnTask: [...ALIVE, ...AFTER],
  ReceiveDirective: OPEN,
  AnswerDirective: OPEN,
  LogPhone: OPEN,
  MeetObligation: OPEN,
  WaiveObligation: OPEN,
};

const STATUS_ZH: Readonly<Record<IncidentStatus, string>> = {
  intake: '接报登记',
  verifying: '核实',
  assessing: '研判定级',
  monitoring: '关注',
  transferred: '已转办',
  dismissed: '不列为突发事件',
  merged: '已并案',
  responding: '应急响应中',
  terminating: '拟终止',
  terminated: '响应已终止',
  reviewing: '总结评估',
  archived: '已归档',
};

/** The status as people read it. */
export function statusZh(status: IncidentStatus): string {
  return STATUS_ZH[status];
}

/** Null when the act may be asked for now; refuses `incident_ended` or `wrong_status` otherwise. */
export function notNow(state: IncidentState, act: Act): Refusal | null {
  if (POSSIBLE[act].includes(state.status)) return null;
  if (state.status === 'merged')
    return refuse('incident_ended', `事件 #${state.n} 已并入 #${state.mergedInto}。`, `请在 #${state.mergedInto} 办理`);
  if (['dismissed', 'archived'].includes(state.status) || AFTER.includes(state.status))
    return refuse(
      'incident_ended',
      `事件 #${state.n} ${statusZh(state.status)}，不能再办理这一项。`,
      '如有新情况，请重新上报，或由有权的人宣布事态反复',
    );
  return refuse('wrong_status', `事件 #${state.n} 现在是“${statusZh(state.status)}”，不能办理这一项。`, `#${state.n} 状态`);
}
