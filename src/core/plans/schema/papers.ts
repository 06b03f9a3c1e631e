/** The kinds of paper a plan may ask for (procedure section 7, decisions section 8), with the name people read. */
import { z } from 'zod';

/** Kind to the name people read. */
export const PAPERS = {
  phone_report: '电话报告记录',
  first_report: '首报',
  progress_report: '续报',
  stage_report: '阶段性情况',
  correction: '更正补报',
  final_report: '终报',
  warning_notice: '预警',
  warning_lift: '预警解除',
  consumer_alert: '消费警示',
  activation_notice: '启动应急响应通知',
  level_change_notice: '响应级别调整通知',
  termination_notice: '终止响应通知',
  handling_scheme: '应急处置方案',
  task_order: '任务单',
  supervision_notice: '督办通知',
  transfer_letter: '转办移送函',
  notification: '抄告',
  liaison_letter: '联络函',
  directive_record: '批示件',
  duty_bulletin: '值班快报',
  work_bulletin: '应急工作情况简报',
  daily_zero_report: '零报告',
  holding_statement: '口径',
  public_notice: '情况通报',
  opinion_sheet: '舆情处置单',
  evidence_list: '证据清单',
  legal_opinion: '法律意见',
  supply_list: '物资车辆登记',
  investigation_report: '调查报告',
  after_action_review: '总结评估报告',
  drill_record: '演练记录',
  case_text: '典型案例',
  roll_call_sheet: '点名册',
  duty_log: '值班日志',
  handover_sheet: '交接班单',
} as const;

export type PaperKind = keyof typeof PAPERS;

/** A kind of paper by its identifier. */
export const paper = z.enum(Object.keys(PAPERS) as [PaperKind, ...PaperKind[]]);
