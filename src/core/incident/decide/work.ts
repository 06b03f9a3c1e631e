/** Rules of the work family. */
import type { WorkCommand } from '../commands';
import { acknowledge } from './acknowledge';
import { answerDirective } from './answerDirective';
import { cannotCome } from './cannotCome';
import { completeTask } from './completeTask';
import { giveTask } from './giveTask';
import { logPhone } from './logPhone';
import { meetObligation } from './meetObligation';
import { receiveDirective } from './receiveDirective';
import { returnTask } from './returnTask';
import type { Rules } from './rules';
import { waiveObligation } from './waiveObligation';
import { withdrawAcknowledgement } from './withdrawAcknowledgement';

export const workRules: Rules<Exclude<WorkCommand, { type: 'RingDeadlines' | 'ReportUnreached' }>> = {
  Acknowledge: acknowledge,
  WithdrawAcknowledgement: withdrawAcknowledgement,
  CannotCome: cannotCome,
  GiveTask: giveTask,
  CompleteTask: completeTask,
  ReturnTask: returnTask,
  ReceiveDirective: receiveDirective,
  AnswerDirective: answerDirective,
  LogPhone: logPhone,
  MeetObligation: meetObligation,
  WaiveObligation: waiveObligation,
};
