/** What has been done or is being done by those who handle the matter, one short phrase each; never what is only planned. */
import { type Clause, clausesOf } from './clauses';
import type { Draft } from './draft';
import { type Found, found, type Span } from './fields';
import { sectionsOf } from './headings';
import { covers, holds, within } from './ordered';
import { Gated, holdsUnit, unitsOf } from './units';

const LONGEST = 40;
/** A phrase shorter than this keeps the words that say who did it. */
const SHORTEST = 4;

/** The measures of a normalised text in order, without 已 and whoever stands before it. */
export function measures(draft: Draft): readonly Found<string>[] {
  const headed = sectionsOf(draft.text, draft.sections, 'measures');
  const rule = headed.length > 0 ? 'heading' : 'act done';
  const spans: Span[] = [];
  if (headed.length === 0) free(draft, spans);
  for (const section of headed) phrases(draft, section, spans);
  const out: Found<string>[] = [];
  for (const span of spans) {
    const length = span.end - span.start;
    if (length < 2 || length > LONGEST) continue;
    out.push(found(draft.text.slice(span.start, span.end), [span], headed.length > 0 ? 0.9 : 0.75, rule));
  }
  return out;
}

/** Under the heading each clause tells of one. */
function phrases({ text, words }: Draft, { start, end }: Span, out: Span[]): void {
  for (const clause of clausesOf(text, start, end)) {
    if (holds(words.planned, clause.start, clause.end)) continue;
    if (holds(words.acts, clause.start, clause.end) || !/^(?:暂?无|未|没)/.test(clause.words)) out.push(shortened({ words }, clause));
  }
}

/** In running text: a clause that tells of an act done, and those of the same sentence that go on from it. */
function free(draft: Draft, out: Span[]): void {
  const told = draft.sections.length === 0 ? draft.sections : draft.sections.filter((s) => s.label !== 'remark');
  let acting = -1;
  for (const clause of draft.clauses) {
    if (covers(told, clause)) continue;
    const goesOn = acting === clause.sentence && holds(draft.words.acts, clause.start, clause.end);
    if (!(goesOn || tellsOfAct(draft, clause)) || isOthers(draft, clause, goesOn)) continue;
    acting = clause.sentence;
    out.push(shortened(draft, clause));
  }
}

/** 厂子先封了, 剩菜也留样了, 剩余7台封存: told of the thing it was done to. */
const PASSIVE = new Gated(
  '已全先也都均封扣送留贴收停带追消',
  /^[^,老法负平]{1,12}?(?:已经?|全部?|先|也|都|均)(?:封|抽|停|扣|送检|下架|撤|查|立案|留样|贴|收|带走|追回|封存|消毒|停课|销毁|控制|救|灭|疏散|拆|拿|登记|到)|^[^,]{1,12}(?:封了|扣了|封存|送检|留样|贴封条|收了(?!\d)|停业整顿|带走问话|追回|消毒)/,
  13,
);
/** 跟店长聊了一下, 给平台发了函, 把后台截了图: what one tells of one's own doing. */
const OWN_ACT = new Gated(
  '我咱俺所局县区市分网专另也就先并还又都然已挨连当现同刚正亲去到在把给跟向和帮让叫请约找对通联截发打录做调拍派封扣抽送登谈聊贴固保端开备写要看查取劝走安组清核破采',
  /^(?:我们?[局所科这]?[里边]?|咱们?|俺们?|所里|局里|所长|局长|县局|区局|市局|分局|网监|专班|另外|也|就|先|并|还|又|都|然后|已经?|挨个|连夜|当场|当天|现场|同时|刚|现在|正|亲自|去|到|在){0,5}(?:(?:把|给|跟|向|和|帮着?|让|叫|请|约(?![\d一二三四五六七八九十百千几数])|找|对|通知|联系)[^,]{1,16}?(?:[截发打录做调拍约派封扣抽送查停撤登问谈聊叫喊拉贴下联固保存留收锁端控开备写要拿带劝清换处检固填记盯联系来][了过完好下]|谈话|对质|核查|核实|登记|整改|说明|停|下架|清点|流水|数据|电话|来谈|过来|现场|情况|处理|撤|拆|退)|(?:截|发|打|录|做|调|拍|约|派|封|扣|抽|送|登记|谈|聊|叫|贴|联系|通知|固定|保存|端|开|备|写|要|看|查|取|劝)[了过下](?!钱|卡|款|差评|评价|价)|(?:联系|通知|约谈?(?![\d一二三四五六七八九十百千几数])|走访|备好|安排|组织|清点|登记|核对|核实|查实|查账|抽查|破拆|采样|取证))/,
  1,
);
/** 在现场劝着, 派出所在解释, 正在查账: going on. */
const GOING_ON = new Gated(
  '在',
  /^[^,老平商店顾家业会客消学]{0,10}(?:正|还|也|都)?在(?!家|网|平台|群|门口|店|那|这|此|售|卖|建|线)(?:现场|外围|里面|给|跟[^,]{1,8}|帮着?|组织|挨个|逐户|逐一)?[^,]{0,6}(?:劝|调解|调着|解释|查账|核查|核实|谈|接待|处置|登记|维持|疏导|救援|灭火|扑救|盯|采样|协商|做工作|破拆|联系|清点|统计|追溯|赶|协调|调查|处理|核对|摸排|排查|安抚|收集|取证|维护|谈判|登记)/,
  12,
);
/** Told of a complaint, a report or an order received, of a promise or a wish: no act of those who handle it. */
const RECEIVED = new Gated(
  '导到:称登认实蔽过',
  /领导[^,]{0,4}(?:让|要)|已经?到[\d一二三四五六七八九十]|(?:接|收到|转来|转办|抄告|移交|推送|通报|督办|转办函|抄告单|线索|工单)[^,]{0,14}:.|[人者]称|登记[^,]{0,8}\d+[余多]?[名人户]|确认为|查实|屏蔽了$|被?扣过/,
);
const RECEIVED_AHEAD = new Gated(
  '请不没诺应示称说拒我下流“时0123456789',
  /^(?:[-— \n]*请|(?:就|再)?(?:不|没)(?!让)|已经?\d|(?:平台|商家|老板|店家|驾校|企业|公司|主办方|厂家|对方|开发商|经营者|负责人|店方|校方|物业)[^,]{0,4}(?:承诺|答应|表示|称|说|拒|不)|[^,]{0,8}(?:向|给)我[局所们][^,]{0,4}(?:通报|报告|移交|反映)|(?:[^,]{0,6})?(?:汇报|报告|说)一下|流向|[^,]{1,6}[都也]没|“[^”]{1,14}”[^,]{0,6}?(?:把|将|在|对)|登记时间)/,
);
/** 我局在网络监测中发现: how it came to be known. */
const MONITORED = new Gated('测', /^(?:我[局所])?[^,:]{0,8}(?:在|于)?[^,:]{0,8}监测中?(?:发现)?(?:$|[^,]{0,4}发现)/);
/** 要求整批退货: what customers ask for, unless an act of ours goes before in the sentence. */
const ASKED = new Gated('要', /^(?:并|都|一致)?要求?(?:整批|全额|立即|尽快)?(?:退|赔|删|换|补|给个?|兑|解决|道歉|说法|返还)/, 3);

/** What a dealer does as well: alone it is no act of the office. */
const DEALERS_TOO =
  /^(?:关停|停用|停业(?!整顿)|停产|关闭|停止|停售|终止|注销|删除|屏蔽|更换|下线|公告|退款|退费|升级|调整|更正|停了|停掉|拒|撤(?!下|除|柜)|通知(?!书|经|厂|商|企|发|已|养|辖|各|家|业|相)|公安|发布(?=[^,]{0,8}(?:公告|视频|长文))|监测$)/;

/** 已…, or an act behind a word that says it is done, or an act at the head of the clause, or an act with 了 behind it. */
function tellsOfAct({ text, words }: Draft, clause: Clause): boolean {
  const told = clause.words;
  const begins = told.charCodeAt(0);
  if (begins === ALREADY ? told.length > 2 : DASHES.has(begins) && /^[-— \n]*已[^,]{2,}/.test(told)) return true;
  if (holds(words.doing, clause.start, clause.end) && (PASSIVE.test(told, 0, told.length) || OWN_ACT.test(told, 0, told.length)))
    return true;
  if (GOING_ON.test(told, 0, told.length)) return true;
  const acts = within(words.acts, clause.start, clause.end);
  const first = acts[0];
  if (first === undefined) return false;
  if (first.start === clause.start && !DEALERS_TOO.test(told)) return true;
  for (const { start, end } of acts) {
    const over = OVER.at(text, end) && /^(?:了|过去|掉|完|到位)/.test(text.slice(end, end + 2));
    if (over && !DEALERS_TOO.test(text.slice(start, end))) return true;
  }
  return isDone(within(words.done, clause.start, clause.end), acts);
}

/** What a clause of a list may begin with. */
const DASHES = unitsOf('-—');
/** 已. */
const ALREADY = 0x5df2;
/** 封了, 停掉, 带过去: only with these can what says so begin. */
const OVER = unitsOf('了过掉完到');

/** Does an act follow a word that says it is done, and not too far behind it? */
function isDone(done: readonly Span[], acts: readonly Span[]): boolean {
  for (const { end } of done) for (const { start } of acts) if (start >= end && start - end <= 24) return true;
  return false;
}

function isOthers({ words }: Draft, clause: Clause, goesOn: boolean): boolean {
  if (holds(words.planned, clause.start, clause.end) || holds(words.others, clause.start, clause.end)) return true;
  const told = clause.words;
  if (RECEIVED_AHEAD.test(told, 0, told.length) || MONITORED.test(told, 0, told.length) || RECEIVED.test(told, 0, told.length)) return true;
  if (!goesOn && ASKED.test(told, 0, told.length)) return true;
  if (NO_ACT.test(told, 0, told.length) || ORDERED.test(told, 0, told.length)) return true;
  const customer = within(words.customers, clause.start, clause.end)[0];
  if (customer === undefined) return false;
  return (
    customer.start - clause.start <= 3 &&
    /(?:要求|报警|联系|举报|投诉|希望|登记|打|要)/.test(told.slice(customer.end - clause.start, customer.end - clause.start + 8))
  );
}

const NO_ACT = new Gated(
  '已接收经暂尚未无没',
  /^(?:已?(?:接|收)到|已[\d一二三四五六七八九十百千]+[余多来]?[人名件单户位]|经[^,]{0,6}(?:调查|核查|核实|检查|排查|摸排)|[暂尚]?[未无没])/,
  1,
);
const ORDERED = new Gated('求', /(?:领导|省局|总局|市局|县局)[^,]{0,4}要求/);

const LEAD =
  /^(?:[-—]+[ \n]?)?(?:[^,:“]{2,8}:[ \n]?)?(?:[\d一二三四五六七八九十]{1,2}[、.)][ \n]?)?(?:(?:目前|现|现在|接报后|接诉后|随后|并|同时|且|,|当前|针对[^,]{1,12}的?)?(?:我们?[局所]?里?|咱们?|[^,“]{0,12}?(?:局|所|科|组|队|部门)里?)?(?:目前|现)?(?:就|也|都)?(?:已经|已|正在|正|立即|先)(?=[^,]{2}))?/;
/** Without one of these a clause has no such words. */
const LEADING = unitsOf('-—:、.)已正立先');

/** 湖滨分局已派员到场 → 派员到场; what is too long keeps its end, where the act stands. */
function shortened({ words }: Pick<Draft, 'words'>, clause: Clause): Span {
  const lead = clause.start + (holdsUnit(clause.words, LEADING) ? (LEAD.exec(clause.words)?.[0].length ?? 0) : 0);
  const start = clause.end - lead >= SHORTEST ? lead : clause.start;
  if (clause.end - start <= LONGEST) return { start, end: clause.end };
  const act = within(words.acts, start, clause.end)[0]?.start ?? start;
  return { start: act, end: Math.min(clause.end, act + LONGEST) };
}
