/** Every verb, in the order help shows them: one list for parsing, help and nearest matches. */
import { COURSE_VERBS } from './course';
import { DUTY_VERBS } from './duty';
import { INTAKE_VERBS } from './intake';
import { LEVEL_VERBS } from './levels';
import { PRIVACY_VERBS } from './privacy';
import type { VerbRow } from './row';
import type { DutyRow } from './standing';
import { WORK_VERBS } from './work';

/** Verbs that open something, answer a question or only read; the router knows them by name. */
export type PlainVerb = 'report' | 'confirm' | 'status' | 'owed' | 'list' | 'on_duty' | 'duty_log_shown' | 'register' | 'help';

const CODE = /^[0-9０-９]{4}/u;

const REPORT = plain('report', ['报告', '上报事件', '接报'], '报告〔时间地点事由…〕　上报新事件，直接写也可以');

const READING: readonly (VerbRow & { readonly verb: PlainVerb })[] = [
  { ...plain('confirm', ['确认'], '确认〔四位数字〕　确认机器人提问的操作'), glued: CODE },
  plain('status', ['状态'], '#编号 状态　查看一起事件'),
  plain('owed', ['待办', '任务清单'], '#编号 待办　查看未办结的事项、任务和编号'),
  plain('list', ['列表'], '列表　查看在办事件'),
  plain('on_duty', ['值班', '谁值班', '值班人员'], '值班　现在谁值班、谁接班'),
  plain('duty_log_shown', ['值班日志', '查看日志'], '值班日志〔班次〕　查看本班或某一班的日志'),
  plain('register', ['台账'], '台账　查看台账；登记写：台账〔种类〕〔内容〕〔@责任人〕；台账〔编号〕检查、变更、销号〔内容〕'),
  plain('help', ['帮助', '?', '？'], '帮助　查看指令'),
];

function plain(verb: PlainVerb, words: readonly string[], help: string): VerbRow & { readonly verb: PlainVerb } {
  return { verb, words, help, glued: null, build: null };
}

export const VERBS: readonly VerbRow[] = [
  REPORT,
  ...INTAKE_VERBS,
  ...LEVEL_VERBS,
  ...COURSE_VERBS,
  ...WORK_VERBS,
  ...PRIVACY_VERBS,
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

/** The three verbs whose words share most with what was typed. */
export function nearestVerbs(typed: string): readonly VerbRow[] {
  const head = typed.slice(0, 4);
  const score = (row: VerbRow): number => Math.max(...row.words.map((word) => likeness(word, head)));
  return [...VERBS].sort((a, b) => score(b) - score(a)).slice(0, 3);
}

/** Share of characters in common, [0, 1]. */
function likeness(a: string, b: string): number {
  const common = [...a].filter((c) => b.includes(c)).length;
  return (2 * common) / (a.length + b.length);
}
