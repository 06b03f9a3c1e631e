/** Which act is possible in which status (procedure section 3): one table, and the sentence that says why not. */

import type { Rulebook } from '../plans/rulebook';
import type { IncidentCommand } from './commands';
import { type Refusal, refuse } from './refusal';
import type { IncidentState, IncidentStatus } from './state';

type Act = Exclude<IncidentCommand['type'], 'ReportIncident' | 'RingDeadlines' | 'ReportUnreached'>;

const BEFORE: readonly IncidentStatus[] = ['intake', 'verifying', 'assessing', 'monitoring'];
const RESPONDING: readonly IncidentStatus[] = ['responding', 'terminating'];
const ALIVE: readonly IncidentStatus[] = [...BEFORE, ...RESPONDING];
const AFTER: readonly IncidentStatus[] = ['terminated', 'reviewing'];
/** Everything but the statuses in which the record is closed. */
const OPEN: readonly IncidentStatus[] = [...ALIVE, ...AFTER, 'transferred'];
/** What comes in late is kept even where nothing is done any more. */
const KEPT: readonly IncidentStatus[] = [...OPEN, 'dismissed'];

/** Statuses in which each act may be asked for; what else it needs is its own rule's business. */
export const POSSIBLE: Readonly<Record<Act, readonly IncidentStatus[]>> = {
  SupplementIncident: KEPT,
  CheckReading: [...ALIVE, ...AFTER],
  ReportProgress: [...ALIVE, ...AFTER],
  StartVerification: ['intake'],
  VerifyFacts: ['intake', 'verifying', 'assessing'],
  FlagSensitivity: ALIVE,
  RecordFigures: [...ALIVE, ...AFTER],
  ProposeAssessment: ['intake', 'verifying', 'assessing', 'monitoring'],
  SetLevel: ['intake', 'verifying', 'assessing', 'monitoring'],
  ChangeLevel: ['assessing', 'responding'],
  ChangeResponseLevel: ['responding'],
  ConfirmLevel: ['assessing', ...RESPONDING, ...AFTER],
  IssueWarning: ALIVE,
  LiftWarning: [...ALIVE, ...AFTER],
  TransferCommand: ['assessing', ...RESPONDING],
  NameStandIn: ALIVE,
  EndStandIn: OPEN,
  RecordOralApproval: [...ALIVE, ...AFTER],
  ConfirmOralApproval: OPEN,
  ActivateResponse: ['assessing'],
  StartMonitoring: ['verifying', 'assessing'],
  TransferIncident: ['intake', 'verifying', 'assessing'],
  RecordReceipt: ['transferred'],
  ReturnTransfer: ['transferred'],
  DismissIncident: BEFORE,
  MergeInto: ['intake', 'verifying', 'assessing'],
  AbsorbIncident: ALIVE,
  SplitIncident: [...ALIVE, ...AFTER],
  ProposeTermination: ['responding'],
  RefuseTermination: ['terminating'],
  TerminateResponse: RESPONDING,
  ReopenIncident: AFTER,
  StartReview: ['terminated'],
  ArchiveIncident: ['reviewing'],
  Acknowledge: OPEN,
  WithdrawAcknowledgement: ALIVE,
  CannotCome: ALIVE,
  GiveTask: [...ALIVE, ...AFTER],
  CompleteTask: [...ALIVE, ...AFTER],
  ReturnTask: [...ALIVE, ...AFTER],
  ReceiveDirective: KEPT,
  AnswerDirective: KEPT,
  LogPhone: OPEN,
  ReassignTask: [...ALIVE, ...AFTER],
  CheckTask: [...ALIVE, ...AFTER],
  AddMember: ALIVE,
  RemoveMember: ALIVE,
  MeetObligation: OPEN,
  WaiveObligation: OPEN,
  WidenExposure: OPEN,
  AssessRetention: [...AFTER, 'archived'],
  RecordPurge: [...AFTER, 'archived'],
  RevealWords: [...KEPT, 'archived'],
  OpenRecord: [...ALIVE, ...AFTER],
  EnterRecord: [...ALIVE, ...AFTER],
  DraftPaper: OPEN,
  RevisePaper: OPEN,
  PassPaper: OPEN,
  SignPaper: OPEN,
  SendBackPaper: OPEN,
  CommentPaper: OPEN,
  NumberPaper: OPEN,
  SendPaper: OPEN,
  RecordPaperReceipt: OPEN,
  VoidPaper: OPEN,
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

/** Null when the act may be asked for now; otherwise refuses by what the incident has come to, and says what may be done instead: `no_levels`, `incident_ended`, `not_assessed`, `not_graded`, `not_activated`, `already_activated`, `wrong_status`. */
export function notNow({ pack }: Rulebook, state: IncidentState, act: Act): Refusal | null {
  const { n, status } = state;
  if (pack.level_scheme === 'none' && OF_LEVELS.includes(act)) return refuse('no_levels', '本预案不分级。', '');
  if (POSSIBLE[act].includes(status)) return null;
  if (status === 'merged') return refuse('incident_ended', `事件 #${n} 已并入 #${state.mergedInto}。`, `请在 #${state.mergedInto} 办理`);
  if (status === 'dismissed' || status === 'archived' || AFTER.includes(status))
    return refuse(
      'incident_ended',
      `事件 #${n} ${statusZh(status)}，不能再办理这一项。`,
      AFTER.includes(status) ? '如有新情况，请由有权的人宣布事态反复' : '如有新情况，请重新上报',
    );
  if (BEFORE.includes(status) && (act === 'ActivateResponse' || act === 'ChangeLevel'))
    return pack.level_scheme === 'none'
      ? refuse('not_assessed', `事件 #${n} 尚未研判，不能启动响应。`, `先研判：#${n} 研判 情形`)
      : refuse('not_graded', `事件 #${n} 尚未定级，不能办理这一项。`, `先定级：#${n} 定级 级别`);
  if (BEFORE.includes(status) && POSSIBLE[act].every((s) => !BEFORE.includes(s) && s !== 'transferred'))
    return refuse('not_activated', `事件 #${n} 尚未启动响应，不能办理这一项。`, `#${n} 启动`);
  if (RESPONDING.includes(status) && POSSIBLE[act].every((s) => BEFORE.includes(s)))
    return refuse('already_activated', `事件 #${n} 的响应已经启动，不能再办理这一项。`, INSTEAD[act]?.(n) ?? `#${n} 状态`);
  return refuse('wrong_status', `事件 #${n} 现在是“${statusZh(status)}”，不能办理这一项。`, `#${n} 状态`);
}

/** In a level-free plan none of these is ever possible: 本预案不分级 wins over the status. */
const OF_LEVELS: readonly Act[] = ['SetLevel', 'ChangeLevel', 'ChangeResponseLevel', 'ConfirmLevel'];

/** What takes the place of an act once the response runs. */
const INSTEAD: Readonly<Partial<Record<Act, (n: number) => string>>> = {
  SetLevel: (n) => `要改变级别请输入：#${n} 调级 级别 理由`,
  DismissIncident: (n) => `要结束响应请输入：#${n} 终止 理由`,
  TransferIncident: (n) => `要结束响应请输入：#${n} 终止 理由`,
  MergeInto: () => '请将另一起事件并入本事件',
};
