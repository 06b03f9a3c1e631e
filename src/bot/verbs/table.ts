/** Every verb, in the order help shows them: one list for parsing, help and nearest matches. */
import { COURSE_VERBS } from './course';
import { DUTY_ROOMS, DUTY_VERBS } from './duty';
import { INTAKE_VERBS } from './intake';
import { LEVEL_VERBS } from './levels';
import { PAPER_VERBS } from './papers';
import { PRIVACY_VERBS } from './privacy';
import { RECORD_VERBS } from './records';
import { type About, USUALLY, under, type VerbRow } from './row';
import type { DutyRow } from './standing';
import { WORK_VERBS } from './work';

/** Verbs that open something, answer a question or only read; the router knows them by name. */
export type PlainVerb = 'report' | 'confirm' | 'status' | 'owed' | 'board' | 'list' | 'on_duty' | 'duty_log_shown' | 'register' | 'help';

const CODE = /^[0-9０-９]{4}/u;

const REPORT = plain('report', ['报告', '上报事件', '接报'], '报告〔时间地点事由…〕', '上报新事件，直接写也可以', {
  section: '上报',
  who: '任何人',
});

const READING: readonly (VerbRow & { readonly verb: PlainVerb })[] = under({ section: '查看', who: '看得到该事件的人' }, [
  { ...plain('confirm', ['确认'], '确认〔四位数字〕', '确认机器人提问的操作', { who: '被提问的本人' }), glued: CODE },
  plain('status', ['状态'], '#编号 状态', '查看一起事件'),
  plain('owed', ['待办', '任务清单'], '#编号 待办', '查看未办结的事项、任务和编号'),
  plain('board', ['点名册', '点名情况'], '#编号 点名册', '查看谁收到、谁未回复、谁已到场'),
  plain('list', ['列表'], '列表', '查看在办事件'),
  plain('on_duty', ['值班', '谁值班', '值班人员'], '值班', '现在谁值班、谁接班', { who: '任何人' }),
  plain('duty_log_shown', ['值班日志', '查看日志'], '值班日志〔班次〕', '查看本班或某一班的日志', {
    who: '值班人员、局领导、应急办、审计员',
    where: DUTY_ROOMS,
  }),
  plain('register', ['台账'], '台账', '查看台账；登记写：台账〔种类〕〔内容〕〔@责任人〕；台账〔编号〕检查、变更、销号〔内容〕', {
    who: '应急办、科室、责任人',
    where: DUTY_ROOMS,
  }),
  plain('help', ['帮助', '?', '？'], '帮助', '查看此时此处您能输入什么；帮助 全部；帮助〔指令〕', { who: '任何人' }),
]);

function plain(
  verb: PlainVerb,
  words: readonly string[],
  usage: string,
  what: string,
  about: Partial<About> = {},
): VerbRow & { readonly verb: PlainVerb } {
  return { ...USUALLY, ...about, verb, words, usage, what, help: `${usage}　${what}`, glued: null, build: null };
}

export const VERBS: readonly VerbRow[] = [
  REPORT,
  ...INTAKE_VERBS,
  ...LEVEL_VERBS,
  ...COURSE_VERBS,
  ...WORK_VERBS,
  ...PRIVACY_VERBS,
  ...RECORD_VERBS,
  ...PAPER_VERBS,
  ...DUTY_VERBS,
  ...READING,
];

const BY_ID: ReadonlyMap<string, VerbRow> = new Map(VERBS.map((row) => [row.verb, row]));

/** The row of a verb; undefined where a newer or older program wrote its name. */
export function verbOf(verb: string): VerbRow | undefined {
  return BY_ID.get(verb);
}

const ON_SHIFT: ReadonlyMap<string, DutyRow> = new Map(DUTY_VERBS.map((row) => [row.verb, row]));

/** A verb on the shift that stands; undefined for all others. */
export function dutyVerb(verb: string): DutyRow | undefined {
  return ON_SHIFT.get(verb);
}

/** Verbs the router answers itself, as one of them; null for verbs about one known incident. */
export function plainVerb(verb: string): PlainVerb | null {
  return [REPORT, ...READING].find((row) => row.verb === verb)?.verb ?? null;
}

export function helpOf(verb: string): string {
  return verbOf(verb)?.help ?? '';
}
