/** Words for the acts and starting points that plan files name by identifier. */
import type { ACTS } from './schema/organisation';
import type { STARTS } from './schema/starts';

type Act = (typeof ACTS)[number] | 'draft' | 'review' | 'text_check' | 'send';

const ACT_WORDS: Readonly<Record<Act, string>> = {
  propose_level: '建议级别',
  change_response_level: '单独调整响应',
  dismiss: '不列入',
  transfer: '转办',
  merge: '并案',
  sign: '签发',
  public_release: '审定对外信息',
  confirm_by_superior: '登记上级确认',
  taken_over: '登记上级接管',
  oral_approval: '记录口头批准',
  stand_in: '提请代行',
  widen_exposure: '放宽公开范围',
  not_applicable: '时限不适用',
  reopen: '复发',
  archive: '归档',
  draft: '拟稿',
  review: '审核',
  text_check: '核稿',
  send: '报送',
};

const START_WORDS: Readonly<Record<(typeof STARTS)[number], string>> = {
  received: '接报',
  occurred: '事发',
  assessed: '研判',
  level_set: '定级',
  activated: '启动',
  asked: '提请',
  task_given: '交办',
  oral_approval: '口头批准',
  directive_received: '收到批示',
  recorded: '登记工作记录',
  terminated: '终止',
};

/** What an act is called. */
export function actText(act: Act): string {
  return ACT_WORDS[act];
}

/** What a starting point is called. */
export function startText(start: (typeof STARTS)[number]): string {
  return START_WORDS[start];
}
