/** What a message is: a first report, a follow-up, an acknowledgement, a correction, or nothing of the kind. */
import type { MessageKind } from './fields';
import type { Words } from './lexicon/words';

const ADDRESSED = /^(?:\s|@[^\s,。:]{1,10}|【[^】]{0,4}】|[,。!:])+/;
const ACK =
  /^(?:好[的嘞滴吧咧]?|收到|收悉|明白|已阅|阅|知悉|已?知晓|已知悉|已收到|已收悉|知道了?|晓得了?|清楚了?|了解|ok|okay|嗯+|哦+|是的?|遵命|遵照|照办|没问题|行|可以|中|谢谢|感谢|辛苦|1|\[OK\]|\[收到\]|\[抱拳\]|\[强\]|\p{Extended_Pictographic}+|马上(?:办|去|到|安排|落实|核实|处理|联系|过去|组织)|这就(?:去|办|安排|过去)|立即(?:安排|落实|核实|组织|办理|去办)|同意)(?=$|[,。!~\s、@;]|了|马上|立即|这就|正在|我[马这去通们来]|领导|已安排|已转|[\u4e00-\u9fff]{1,3}(?:局|科|处|所|主任|长|总|组)|谢谢|辛苦|,|\[)/iu;
const CORRECTED =
  /^(?:【?(?:更正|勘误|纠正|订正|更改|修正)】?)|(?:上一?条|刚才|刚刚|前面|之前|刚发|前述|首报|上报|上次|先前|早上|昨晚|刚|上面|报的|发的|我报)[^。;\n]{0,24}(?:写错|报错|说错|打错|发错|弄错|搞错|填错|记错|有误|笔误|口误|(?:人数|地点|时间|金额|数字|数据|日期|电话)不对|错了|应为|应该是|更正|改为|改成|多了个|少了个)|^(?:不好意思|抱歉|对不起|sorry|纠正一下|订正一下|更正一下)[^。]{0,18}(?:错|误|更正|应为|应该是|不是)|(?:写|报|打|发|说|填)错了?[,。]?(?:应为|应该是|是|不是)|(?:数字|人数|时间|地点|金额)(?:更正为|应更正|有误)/i;
const PROGRESS =
  /^(?:[【[(]?(?:续报|进展|终报|后续|最新进展|最新情况|情况更新|处置进展|跟进|续|处置情况|补充|阶段性|情况续报|进展情况)[^】\]:,]{0,8}[】\])]?(?::|\s|$|,|。|[一二三四五\d])|关于[^,。]{2,40}的?(?:续报|进展|终报|处置情况|办结|处理结果))|(?:续报|终报)[一二三四\d]?[:】\])]|^[^,。]{2,20}(?:续报|终报)[一二三四\d]?(?=[:,。\s])/;
const KNOWN_MATTER =
  /^[^,。;\n]{2,26}(?:那边|那事儿?|那个事儿?|的事儿?|一事|这事儿?|那件事|这件事|那起|的情况|那个店|那家|那家店|那批[^,]{0,6}|那几[个名位][^,]{0,6}|那案子|案子|后续)(?:,|:|\s|有|目前|已|现|最新|后续|处理|进展|都|全|谈|搞|基本|又|的?检[测验])/;
const EARLIER_MATTER =
  /^.{0,12}(?:昨天|昨晚|昨日|今早|上午|下午|早上|前天|之前|刚才|上回|上次|前期|上周|中午|凌晨)[^,。]{0,4}(?:那个?事|那件事|那起|报的|上报的|报过的|说的那|那家|那批|投诉的那)/;
const MOVED_ON =
  /同意|散了|走了|(?:已|全部|均|都)[^,。]{0,8}(?:出院|退完|退清|结束|办结|解决|恢复|撤离|散去|离开|到案|归案|平息|稳定|到账|签收|履行|关闭|回家|抓到|抓获|落网|达成)|检测结果|检验结果|化验结果|退款进度|登记会员|目前|进展|谈妥|达成|截至|出院|找到了|结果出来|报告出来|合格|调解成功|签了协议|处理完|办完/;
/** 目前…, 截至… told of something that stands in no relation to a new matter. */
const STANDING = /^(?:截至|截止)[^,。]{2,14}[,:]?(?:已|共|累计|全部|现场)[^。]{0,20}(?:退|登记|散|出院|撤|恢复|离开|签|兑付)/;
const QUESTION =
  /(?:请问|谁有|谁在|有没有|怎么(?:弄|办|填|报|走|处理)|能不能|可不可以|是不是|哪位|哪个|啥时候|多少|吗|呢|么|什么时候|在哪|几点)[^。]{0,20}[?]?\s*$|^(?:请问|问一下|想问|麻烦问|咨询|请教)|[?]\s*$/;

/** Never fails; a text of under 30 characters without any sign of an incident is `other`. */
export function messageKind(text: string, words: Words): MessageKind {
  const said = text.replace(ADDRESSED, '').trim();
  if (said === '') return 'other';
  if (isAck(said)) return 'ack';
  if (isCorrection(said)) return 'correction';
  if (words.drill.length > 0) return 'other';
  if (words.notice.length > 0 && words.atWork.length === 0) return 'other';
  if (isProgress(said)) return 'progress';
  if (said.length <= 60 && QUESTION.test(said) && words.atWork.length === 0) return 'other';
  return words.incident.length > 0 || said.length >= 30 ? 'report' : 'other';
}

function isAck(said: string): boolean {
  return said.length <= 70 && ACK.test(said) && !/投诉|举报|中毒|聚集|转办|受伤|曝光/.test(said);
}

/** Somebody who corrects himself in the middle of a report still reports. */
function isCorrection(said: string): boolean {
  if (/^【?(?:更正|勘误)/.test(said)) return true;
  if (said.length > 120) return false;
  const m = CORRECTED.exec(said);
  return m !== null && (m.index <= 12 || said.length <= 60);
}

function isProgress(said: string): boolean {
  if (PROGRESS.test(said) || STANDING.test(said)) return true;
  return said.length <= 120 && (KNOWN_MATTER.test(said) || EARLIER_MATTER.test(said)) && MOVED_ON.test(said);
}
