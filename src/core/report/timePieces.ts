/** The grammar of telling time: every small piece (a date, a part of the day, a clock, so long ago) with the pattern it is written in. */
import { HOLIDAY } from './calendar';
import type { Span } from './fields';
import { type Units, unitsOf } from './units';

export type PieceKind =
  | 'ago'
  | 'full'
  | 'tenDays'
  | 'monthDay'
  | 'month'
  | 'nearMonth'
  | 'lunar'
  | 'holiday'
  | 'near'
  | 'week'
  | 'dayOnly'
  | 'slash'
  | 'vague'
  | 'part'
  | 'clock'
  | 'spoken'
  | 'short'
  | 'just';

export interface Piece extends Span {
  readonly kind: PieceKind;
  readonly words: string;
  readonly parts: readonly string[];
}

const NUM = '[\\d零〇一二两三四五六七八九十]{1,4}';
const TENS = '(?:\\d{1,2}|[零一二三四五]?十?[一二三四五六七八九]?)';
const DAYPART =
  '凌晨|清晨|今晨|大清早|一大早|大早上|一早|早晨|早上|早间|上午|前晌|前半晌|中午|正午|晌午|午后|午间|下午|后晌|后半晌|傍晚|傍黑|擦黑|天黑|晚上|晚间|夜晚|前半夜|后半夜|深夜|夜里|夜间|半夜|午夜|天刚亮|天亮|天不亮|早(?=[\\d一二两三四五六七八九十])|晚(?=[\\d一二两三四五六七八九十])|黑里';

/** In the order they are tried; the first that fits is the piece. */
const GRAMMAR: readonly (readonly [PieceKind, string])[] = [
  [
    'ago',
    `(?:大概|大约|约|差不多)?(${NUM}|半|几|个把)(?:多|来)?个?(半)?(?:多|来)?(小时|钟头|分钟|刻钟|天|日|周|星期|礼拜|个?月)(半)?(?:多|左右)?(?:以|之)?前(?!瞻|端|台|公示|公告|告知|通知|上报|报送|办结|反馈|完成|处理|发布|提供|处置|整改)`,
  ],
  ['full', '(\\d{4})[ \\n]?[年/.-][ \\n]?(\\d{1,2})[ \\n]?[月/.-][ \\n]?(\\d{1,2})(?!\\d)[日号]?'],
  [
    'tenDays',
    `(?:(\\d{4}|去|今|前)年)?(?:(${NUM})月份?|(本月|这个月|上个?月|上上个?月))的?(上旬|中旬|下旬|初(?![一二三四五六七八九十])|中(?![午秋])|底|末)(?!学)`,
  ],
  ['lunar', `(?:农历|阴历|旧历)(正|腊|冬|${NUM})月(初|十|廿|三十|二十)?([一二三四五六七八九十]?)`],
  ['lunar', '(正|腊|冬)月(初|十|廿|三十|二十)([一二三四五六七八九十]?)(?!月)'],
  ['lunar', '([二三四五六七八九十]{1,2})月(初|廿)([一二三四五六七八九十])'],
  ['lunar', '(大?年)(初)([二三四五六七八九十])'],
  ['monthDay', `(?:(去年|今年|前年|\\d{4}年)的?)?(${NUM})月(${NUM})(?:[日号]|(?![\\d月个多余来]))`],
  ['nearMonth', `(上个?月|本月|这个月|上上个?月)(?:的)?(${NUM})[日号]`],
  ['month', `(?:(去年|今年|前年|\\d{4}年)的?)(${NUM})月份?(?!\\d)`],
  ['month', `()(${NUM})月份(?!额|之内)`],
  ['holiday', `(${HOLIDAY})`],
  [
    'near',
    '今天|今日|今儿个?|今个|今早|今晨|今晚|今夜|今儿?黑|大前天|昨天|昨日|昨儿个?|昨晚|昨夜|昨早|夜儿个?|夜个|昨儿?黑|前天|前日|前晚|前夜|前儿个?|当晚|当天|当日|当夜',
  ],
  ['week', '(上上个?|上个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天末])(?![年期刊岁边])'],
  ['dayOnly', '(?<![\\d月.第街路巷道弄村组栋])(\\d{1,2})[日号](?![楼院线门店令文馆机台口桌房柜车仓别铺厅码摊井]|商|公|厂|库|段|单元)'],
  [
    'dayOnly',
    '(?<![一二三四五六七八九十月第街路巷道村弄])([一二三四五六七八九]|[一二]?十[一二三四五六七八九]?|三十一?)号(?![楼院线门店令文馆机台口桌房柜车仓别铺厅码摊井]|商|公|厂|库|段|单元)',
  ],
  ['slash', '(?<![\\d./:-])(\\d{1,2})[/.](\\d{1,2})(?=[ \\n]?(?:[上下中]午|凌晨|早|晚|日|号|\\d{1,2}[:时点]))[日号]?'],
  [
    'vague',
    '近日|近期|最近|日前|这两天|这几天|这些天|这几日|这两日|连日来?|近来|近[一二两几三五\\d]+个?(?:周|天|日|月|星期)(?:以?来)?|近半个?[年月]|前几天|前两天|前些天|前几日|前些日子|前段时间|前阵子|前一阵|这阵子|这段时间|这段日子|一段时间以来|近段时间?|近些天|连续[几多数]天|连着[几好]+天|上周(?![一二三四五六日天末])|本周(?![一二三四五六日天末内])|这周(?![一二三四五六日天末])|上个?星期(?![一二三四五六日天])|上个?月(?![初中底末上下\\d一二三四五六七八九十])|入夏以来|入冬以来|开春以来|节后|节前|暑假(?:期间|以来)|寒假(?:期间|以来)|开学以来|半个?月来|前不久|不久前',
  ],
  ['part', `(?:${DAYPART})`],
  ['clock', '(?<!\\d)(?<!\\d:)(\\d{1,2}):(\\d{2})(?::\\d{2})?(?!\\d)'],
  ['short', `差(${TENS})分(${NUM})点`],
  [
    'spoken',
    `(${NUM})[点时](?!间|候|段|常|不时|光|尚|代|装|效|要求|建议|意见|问题|措施|诉求|以上|名|家|心|评|赞|击|餐|外卖|单|货|[个处位]|[一二三四五六七八九\\d]+[万千]|\\d?元)(?:(半|一刻|三刻|整)|(?:过|零)?(\\d{1,2}|[零〇一二三四五十][一二三四五六七八九十]{0,2})分?(?!\\d|[个名人家件位元万千百]|起(?![,。; 就到至]|$))|多|来|几分|差(${TENS})分)?(?:钟)?`,
  ],
  ['just', '刚才|刚刚|刚(?=把|接|收|有|来|发[了现生]|到|在|打|报|出|给)|方才|适才|就在刚'],
];

type Patterns = readonly (readonly [PieceKind, RegExp])[];

/** A piece begins with one of these characters; each knows the patterns worth trying. */
const FIRSTS: Readonly<Record<PieceKind, string>> = {
  ago: '大约差\\d零〇一二两三四五六七八九十半几个',
  full: '\\d',
  tenDays: '\\d零〇一二两三四五六七八九十本这上去今前',
  lunar: '农阴旧正腊冬二三四五六七八九十大年',
  monthDay: '\\d零〇一二两三四五六七八九十去今前',
  nearMonth: '上本这',
  month: '\\d零〇一二两三四五六七八九十去今前',
  holiday: '双6六元五劳国十3三消妇情清儿教平圣跨春大除年端七中重腊小',
  near: '今大昨夜前当',
  week: '上本这周星礼',
  dayOnly: '\\d一二三四五六七八九十',
  slash: '\\d',
  vague: '近最日这连前一上本入开节暑寒半不',
  part: '凌清今大一早上前中正晌午下后傍擦天晚夜深半黑',
  clock: '\\d',
  short: '差',
  spoken: '\\d零〇一二两三四五六七八九十',
  just: '刚方适就',
};
const RULES: Patterns = GRAMMAR.map(([kind, pattern]) => [kind, new RegExp(pattern, 'y')]);

/** The patterns of those kinds that may begin with the character, in order. */
function beginningWith(first: string, kinds: readonly PieceKind[] | null): Patterns {
  return RULES.filter(([kind]) => (kinds === null || kinds.includes(kind)) && FIRSTS[kind].replace('\\d', '0123456789').includes(first));
}

/** All pieces of a normalised text in order, without overlaps; `words` are those with which a time may begin without a figure. */
export function pieces(text: string, words: readonly Span[]): readonly Piece[] {
  const out: Piece[] = [];
  const starts = beginnings(text, words);
  let end = 0;
  let next = 0;
  for (let i = 0; i < starts.length; i += 1) {
    const at = starts[i] ?? 0;
    while ((words[next]?.start ?? at) < at) next += 1;
    const piece = at < end ? null : pieceAt(text, at, patternsAt(text, at, words[next]?.start === at));
    if (piece === null) continue;
    end = piece.end;
    if (!isAside(text, piece, out.at(-1))) out.push(piece);
  }
  return out;
}

/** Figures that no unit of time can follow (30名, 126件) need not be tried. */
const AFTER_FIGURES = unitsOf('年月日号点时:./-· 个多来小分刻天周星礼钟半');
const WORD_FIGURES = unitsOf('零〇一二两三四五六七八九十');

/** Where a time may begin, in order. */
function beginnings(text: string, words: readonly Span[]): readonly number[] {
  const out: number[] = [];
  let next = 0;
  for (let at = 0; at < text.length; at += 1) {
    const arabic = isArabic(text, at);
    if (!arabic && !WORD_FIGURES.has(text.charCodeAt(at))) continue;
    const end = figuresEnd(text, at, arabic);
    if (AFTER_FIGURES.at(text, end)) {
      for (; (words[next]?.start ?? text.length) <= at; next += 1) out.push(words[next]?.start ?? 0);
      out.push(at);
    }
    at = end - 1;
  }
  for (; next < words.length; next += 1) out.push(words[next]?.start ?? 0);
  return out;
}

function figuresEnd(text: string, from: number, arabic: boolean): number {
  let end = from + 1;
  while (end < text.length && (arabic ? isArabic(text, end) : WORD_FIGURES.has(text.charCodeAt(end)))) end += 1;
  return end;
}

/** Which kinds can begin with figures, by the unit behind them; by the one behind that too, where it leaves out most of them. */
const BEHIND_FIGURES: readonly (readonly [unit: string, next: string | null, kinds: readonly PieceKind[]])[] = [
  ['年', null, ['full', 'tenDays', 'monthDay', 'month']],
  ['月', '份', ['tenDays', 'month']],
  ['月', '的上中下底末', ['tenDays']],
  ['月', '初', ['tenDays', 'lunar']],
  ['月', '廿', ['lunar']],
  ['月', '零〇一二两三四五六七八九十0123456789', ['monthDay']],
  ['月', '半多左以之前', ['ago']],
  ['日', '半多左以之前', ['ago', 'dayOnly']],
  ['日', null, ['dayOnly']],
  ['号', null, ['dayOnly']],
  ['点', null, ['spoken']],
  ['时', null, ['spoken']],
  [':', null, ['clock']],
  ['-', null, ['full']],
  ['/', null, ['full', 'slash']],
  [' ', null, ['full']],
  ['天', '半多左以之前', ['ago']],
  ['周', '半多左以之前', ['ago']],
  ['小', '时', ['ago']],
  ['分', '钟', ['ago']],
  ['刻', '钟', ['ago']],
  ['星', '期', ['ago']],
  ['礼', '拜', ['ago']],
  ['钟', '头', ['ago']],
  ...[...'个多来半'].map((unit) => [unit, '个半多来小钟分刻天日周星礼月', ['ago']] as [string, string, PieceKind[]]),
];

/** The patterns worth trying, by the unit a piece begins with. */
type Worth = ReadonlyMap<number, Patterns>;

function worthTrying(kinds: readonly PieceKind[] | null): Worth {
  const firsts = new Set(Object.values(FIRSTS).join('').replaceAll('\\d', '0123456789'));
  return new Map([...firsts].map((first) => [first.charCodeAt(0), beginningWith(first, kinds)]));
}

const ANY = worthTrying(null);
/** For figures: by the unit behind them, which units may follow that one (null: all) and what is worth trying then. */
const BEHIND: ReadonlyMap<number, readonly { readonly next: Units | null; readonly worth: Worth }[]> = new Map(
  BEHIND_FIGURES.map(([unit]) => [
    unit.charCodeAt(0),
    BEHIND_FIGURES.filter(([other]) => other === unit).map(([, next, kinds]) => ({
      next: next === null ? null : unitsOf(next),
      worth: worthTrying(kinds),
    })),
  ]),
);
const NO_PATTERNS: Patterns = [];

/** Figures know what they may be by the units behind them; words by their first character. */
function patternsAt(text: string, at: number, isWord: boolean): Patterns {
  const first = text.charCodeAt(at);
  const end = isWord ? text.length : figuresEnd(text, at, isArabic(text, at));
  const behind = end < text.length ? BEHIND.get(text.charCodeAt(end)) : undefined;
  if (behind === undefined) return ANY.get(first) ?? NO_PATTERNS;
  for (const { next, worth } of behind) if (next === null || next.at(text, end + 1)) return worth.get(first) ?? NO_PATTERNS;
  return NO_PATTERNS;
}

function isArabic(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** 12月8日(周一)20时: the day of the week in brackets says nothing new. */
function isAside(text: string, piece: Piece, last: Piece | undefined): boolean {
  return piece.kind === 'week' && last !== undefined && last.end === piece.start - 1 && text[last.end] === '(';
}

function pieceAt(text: string, start: number, patterns: Patterns): Piece | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const m = pattern.exec(text);
    if (m === null) continue;
    const end = start + m[0].length;
    return { kind, words: m[0], parts: [m[1] ?? '', m[2] ?? '', m[3] ?? '', m[4] ?? ''], start, end };
  }
  return null;
}
