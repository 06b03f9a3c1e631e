/** Whether somebody who is asked has taken note: 收到 in all its forms, and what only looks like it. */
import { readKind } from '../../core/report/read';
import { HEARD } from './lexicon';

/**
 * `taken`: says that it was noted, whoever says it. `agreed`: says so only from somebody who is asked here (好的, OK, 马上到).
 * `asks`: holds a word of noting, but is a question. `declines`: was noted, and he cannot. `decides`: 同意, which decides nothing.
 * `calls`: wants others to answer, or was not noted. `polite`: thanks only. Null: none of these.
 */
export type AnswerKind = 'taken' | 'agreed' | 'asks' | 'declines' | 'decides' | 'calls' | 'polite';

/** Longer messages than this tell something of their own. */
const LONGEST = 80;

/** Pure. Of a message without its incident number. */
export function answerKind(typed: string): AnswerKind | null {
  const said = plain(typed);
  if (said === '' || said.length > LONGEST) return null;
  if (NOT_NOTED.test(said) || CALLS.test(said)) return 'calls';
  const [first = '', ...others] = said.split(BREAK).filter((clause) => clause !== '');
  const rest = others.join(',');
  const kind = kindOf(first, others[0] ?? '');
  if (kind === null) return TAKEN_SOMEWHERE.test(said) && ASKS.test(said) ? 'asks' : null;
  if (ASKS.test(said)) return 'asks';
  if (DECLINES.test(rest)) return 'declines';
  if (rest.length >= LEAST_REPORT && readKind(rest) === 'report') return null;
  return kind;
}

/** 好的，收到 is as much as 收到. */
function kindOf(first: string, second: string): AnswerKind | null {
  const words = first.replace(ADORNED, '');
  if (TAKEN.test(words)) return 'taken';
  if (AGREED.test(words)) return TAKEN.test(second.replace(ADORNED, '')) ? 'taken' : 'agreed';
  if (SIGNS.test(first)) return 'agreed';
  if (DECIDES.test(first)) return 'decides';
  return POLITE.test(first) ? 'polite' : null;
}

/** Signs and named pictures behind words. */
const ADORNED = /(?<=[^\s\]])(?:\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\[[\u4e00-\u9fffa-z]{1,4}\])+$/u;

/** Fewer characters than this behind a word of noting are politeness. */
const LEAST_REPORT = 10;

/** Narrow, in one case, without whom it is addressed to, with dictation put right, 收 到 as 收到. */
function plain(typed: string): string {
  const said = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\p{Cc}]|\p{Variation_Selector}/gu, '')
    .replace(/@\S{1,20}(?:\s|$)/gu, ' ')
    .replace(/(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/gu, (blank, at: number, whole: string) => (isInside(whole, at) ? '' : blank))
    .replace(/^(?:请|麻烦|机器人|领导好?|各位领导|报告(?:领导)?|你好|您好)(?=[\s,，:：])[\s,，:：]*/u, '')
    .trim();
  return said.replace(SLIPS, (slip) => MEANT.get(slip) ?? slip);
}

/** A blank inside 收 到 and its like. */
function isInside(whole: string, at: number): boolean {
  return /^(?:收到|收悉|明白|已阅|知悉|好的)$/u.test(`${whole[at - 1]}${whole.slice(at).trimStart()[0] ?? ''}`);
}

const NOTING = ['收到', '收悉', '明白', '已阅', '知悉'];
const MEANT: ReadonlyMap<string, string> = new Map(
  HEARD.filter(({ meant }) => NOTING.includes(meant)).flatMap(({ meant, sure }) => sure.split(' ').map((slip) => [slip, meant] as const)),
);
const SLIPS = new RegExp(`^(?:${[...MEANT.keys()].join('|')})(?=$|[\\s,，。.!！~～、;；:：])`, 'u');

const BREAK = /[\s,，。.!！;；~～…、:：]+|(?=但是?|不过(?![去来了])|可是)/u;
const WORD =
  '收到|收悉|已收|明白|知悉|已阅|阅悉|阅知|阅|悉知|敬悉|知晓|签收|看到|看见|知道|晓得|清楚|了解|领会|听到|记下|记住|遵命|遵照(?:执行|办理)?|照办|roger|copy|get';
const AHEAD = '(?:好的?|好嘞|嗯+|是的?|哦+|噢|ok|行|可以|恩+)?';
const WHO =
  '(?:(?:我|咱|俺)(?:们|局|所|科|处|组|单位|这边|这里|县|区|市)?|本(?:人|局|所|科|组|单位|县|区)|[\\u4e00-\\u9fff]{1,10}(?:局|科|处|所|队|组|办|中心|分局|支队|值班室|值班员|主任|科长|组长|局长))?';
const TAIL = '(?:了|啦|哈|哦|呀|咯|嘞|喽|的|滴|啊|嗷|哒|噢)*';
const WHAT = '(?:(?:领导|您的?|此)?(?:通知|指令|指示|任务|要求|信息|消息|批示|精神|安排|提醒)|领导|谢谢|感谢|局长|主任|科长)?';
const TAKEN = new RegExp(`^${AHEAD}${WHO}(?:都|均|也|全部|已经|已|己|确认)*(?:(?:${WORD})${TAIL})+${WHAT}${TAIL}$`, 'u');
const TAKEN_SOMEWHERE = /收到|收悉|明白|已阅|知悉/u;

const GOING =
  '(?:(?:我们?|我这|我这边|这边|所里|局里|组里)?(?:已经?|正在?|马上|这就|立即|立刻|即刻|现在就?|尽快|抓紧)+(?:在|往|去|来)?(?:安排|通知|派人|派|转达|落实|部署|出发|动身|赶|过去|到场|到岗|到|来|去|办|处理|处置|执行|组织|核实|联系|路上)[\\u4e00-\\u9fff]{0,8})';
const AGREED = new RegExp(
  `^(?:好+(?:的|滴|嘞|咧|吧|嘛|哒|呀|啦|了)*|ok+|okay|okk|o了|k+|行(?:吧|啊|嘞|的)?|可以(?:的)?|中|成|妥(?:了|当)?|得嘞|要得|没问题|嗯+|恩+|是的?|对的?|1+|\\+1|66+|y|yes|ok手势|马上|这就|立即|立刻|在路上了?|路上|出发了?|已出发|动身了|保证完成任务|坚决(?:落实|执行)|随时待命|待命|放心|请放心|\\[(?:ok|好的|收到|强|抱拳|胜利|赞|握手|玫瑰)\\]|${GOING})+$`,
  'u',
);
/** Signs of assent, and nothing else. */
const SIGNS = /^(?:👌|👍|✅|🫡|🆗|✔|☑|💪|[\u{1f3fb}-\u{1f3ff}]|\s)+$/u;

const NOT_NOTED = /(?:没有?|未|还没|尚未|并未|不太?|没太)(?:能|曾|完全)?(?:收到|收悉|明白|看到|看见|知道|知悉|清楚|听到|了解)/u;
const CALLS =
  /收到(?:后|的|了的|者)?(?:都|务必|均|请|一律|全部)*(?:请|回复|回一下|回个|回话|扣|签|反馈|打|报|接龙|点赞|吱)|(?:请|望|大家|各位|谁|都|是否|有没有)[^,，。]{0,8}收到[^,，。]{0,4}(?:[?？]|回|没|吗|$)(?<!我们都收到|都收到了)/u;
const ASKS =
  /[?？]|(?:吗|么|呢|没有|了没|嘛)[\s。.!！~～]*$|(?<!知道|清楚|明白)(?:怎么|怎样|如何|哪里|哪儿|哪个|哪些|几点|什么时候|何时|什么|谁去|是否|能否|可否|多少|要不要|是不是|需不需要|用不用|为什么|为啥|咋)/u;
const DECLINES =
  /(?:去|来|赶|到|参加|回)不(?:了|及|成|回来|过去|到)|不能(?:去|来|到|参加)|无法(?:到|去|来|参加|赶)|在外地|出差|休假|请假|住院|走不开|抽不开身/u;
const POLITE = /^(?:大家|各位|领导|同志们)?(?:都)?(?:谢谢|感谢|辛苦|多谢)(?:了|啦|您|你|大家|各位|领导|提醒|支持|关心)*$/u;
const DECIDES = /^(?:同意|批准|准|不同意|照此办理|按此办理|准予)(?:了|的|启动|终止)?$/u;
