/** The words people type and what they mean, each with its help line; one list for parsing, help and nearest matches. */

export type Verb =
  | 'report'
  | 'supplement'
  | 'correct'
  | 'acknowledge'
  | 'progress'
  | 'set_level'
  | 'activate'
  | 'change_level'
  | 'terminate'
  | 'confirm'
  | 'status'
  | 'list'
  | 'help';

export interface VerbEntry {
  readonly verb: Verb;
  /** The first is the one shown. */
  readonly words: readonly string[];
  readonly help: string;
  /** What may follow the word directly, without a space; null for nothing. */
  readonly glued: RegExp | null;
}

const ANYTHING = /./u;
const CODE = /^[0-9０-９]{4}/u;

export const VERBS: readonly VerbEntry[] = [
  { verb: 'report', words: ['报告', '上报事件', '接报'], help: '报告〔时间地点事由…〕　上报新事件，直接写也可以', glued: null },
  { verb: 'supplement', words: ['补充'], help: '#编号 补充〔内容〕　补充新情况', glued: null },
  { verb: 'correct', words: ['更正'], help: '#编号 更正〔内容〕　改正已报的情况', glued: null },
  {
    verb: 'acknowledge',
    words: ['收到', '收悉', '明白', '已阅', '知悉', '已知悉', '好的收到', '收到了'],
    help: '收到　回复点名或任务，也可以点按钮',
    glued: null,
  },
  { verb: 'progress', words: ['进展', '续报'], help: '#编号 进展〔内容〕　报告处置进展', glued: null },
  { verb: 'set_level', words: ['定级'], help: '#编号 定级〔级别〕〔理由〕　与建议级别相同时可不写理由', glued: ANYTHING },
  { verb: 'change_level', words: ['调级'], help: '#编号 调级〔级别〕〔理由〕　升级或降级', glued: ANYTHING },
  { verb: 'activate', words: ['启动', '启动响应'], help: '#编号 启动　启动应急响应并点名', glued: null },
  { verb: 'terminate', words: ['终止', '终止响应'], help: '#编号 终止〔理由〕　终止应急响应', glued: null },
  { verb: 'confirm', words: ['确认'], help: '确认〔四位数字〕　确认机器人提问的操作', glued: CODE },
  { verb: 'status', words: ['状态'], help: '#编号 状态　查看一起事件', glued: null },
  { verb: 'list', words: ['列表'], help: '列表　查看在办事件', glued: null },
  { verb: 'help', words: ['帮助', '?', '？'], help: '帮助　查看指令', glued: null },
];

export function helpOf(verb: Verb): string {
  return VERBS.find((v) => v.verb === verb)?.help ?? '';
}

/** The three verbs whose words share most with what was typed. */
export function nearestVerbs(typed: string): readonly VerbEntry[] {
  const head = typed.slice(0, 4);
  const score = (entry: VerbEntry): number => Math.max(...entry.words.map((word) => likeness(word, head)));
  return [...VERBS].sort((a, b) => score(b) - score(a)).slice(0, 3);
}

/** Share of characters in common, [0, 1]. */
function likeness(a: string, b: string): number {
  const common = [...a].filter((c) => b.includes(c)).length;
  return (2 * common) / (a.length + b.length);
}
