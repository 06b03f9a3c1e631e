/** What a message is: a first report, a follow-up, an acknowledgement, a correction, or nothing of the kind. */
import type { MessageKind } from './fields';

const ADDRESSED = /^(?:\s|@[^\s,。:]{1,10}|【[^】]{0,4}】|[,。!:])+/;
const ACK =
  /^(?:好[的嘞滴吧]?|收到|收悉|明白|已阅|知悉|已知悉|知道了?|了解|ok|嗯+|是|遵命|照办|没问题|行|可以|谢谢|辛苦|1|\[OK\]|\[收到\])(?=$|[,。!~\s、@]|了|马上|立即|这就|我[马这去通]|领导|已安排|[\p{Script=Han}]{1,3}(?:局|科|处|所|主任|长|总)|谢谢|辛苦|,)/iu;
const CORRECTION =
  /^(?:【?(?:更正|勘误|纠正|订正)】?)|(?:上一?条|刚才|刚刚|前面|之前|刚发|前述|首报|上报|上次|先前|早上|昨晚|刚)[^。;\n]{0,24}(?:写错|报错|说错|打错|发错|弄错|搞错|有误|(?:人数|地点|时间|金额|数字|数据)不对|错了|应为|应该是|更正|改为)|^(?:不好意思|抱歉|对不起)[^。]{0,16}(?:错|误|更正)|(?:写|报|打|发)错了?[,。]?(?:应为|应该是|是|不是)/;
const PROGRESS =
  /^(?:[【[(]?(?:续报|进展|终报|后续|最新进展|最新情况|情况更新|处置进展|跟进|续|处置情况|补充)[^】\]:,]{0,8}[】\])]?(?::|\s|$|,|。|[一二三四五\d])|关于[^,。]{2,40}的?(?:续报|进展|终报|处置情况))|(?:续报|终报)[一二三四\d]?[:】\])]/;
const KNOWN_MATTER =
  /^[^,。;\n]{2,26}(?:那边|那事儿?|那个事儿?|的事儿?|一事|这事儿?|那件事|这件事|那起|的情况)(?:,|:|\s|有|目前|已|现|最新|后续|处理|进展)/;
const EARLIER_MATTER =
  /^.{0,12}(?:昨天|昨晚|昨日|今早|上午|下午|早上|前天|之前|刚才|上回|上次|前期)[^,。]{0,4}(?:那个?事|那件事|那起|报的|上报的)/;
const MOVED_ON =
  /同意|散了|走了|(?:已|全部|均|都)[^,。]{0,8}(?:出院|退完|退清|结束|办结|解决|恢复|撤离|散去|离开|到案|归案|平息|稳定)|检测结果|退款进度|登记会员|目前|进展|谈妥|达成|截至/;
const QUESTION =
  /(?:请问|谁有|谁在|有没有人|怎么(?:弄|办|填|报|走)|能不能|可不可以|是不是|哪位|吗|呢|什么时候|在哪)[^。]{0,20}[?]?\s*$|^(?:请问|问一下|想问|麻烦问)/;
/** Drills run in streams of their own and never count as an incident. */
const DRILL = /演练|测试(?:消息|信息|一下)|模拟事件|桌面推演/;
const NOTICE =
  /@所有人|@全体|(?:请|望)(?:各|于|大家)[^。]{0,30}(?:报送|参加|填写|提交|反馈|上报|学习|准时|查收)|会议(?:通知|室)|培训|值班表|不要迟到|报名|节日快乐|放假|交接班|学习一下|供(?:大家)?参考|引以为戒|外省|外地|转给大家|分享(?:一[篇个下]|链接)|大家看看|提醒各|https?:/;
const INCIDENT =
  /投诉|举报|反映|曝光|发生|受伤|中毒|呕吐|腹泻|聚集|维权|退[费款票卡]|失联|跑路|闭店|关门|停业|起火|着火|相撞|困人|死亡|虚假|欺诈|假冒|过期|超标|短斤|涨价|讨薪|泄露|搭售|勾选|捆绑|杀熟|刷[单好]|差评|自营|注销|规则|公示|吐槽|热搜|舆情|网友|吵|闹|坏了|爆炸|泄漏|异味|变质|不发货|不退|拒绝|堵/;

/** Never fails; a text of under 30 characters without any sign of an incident is `other`. */
export function messageKind(text: string): MessageKind {
  const words = text.replace(ADDRESSED, '').trim();
  if (words === '') return 'other';
  if (words.length <= 70 && ACK.test(words) && !/投诉|举报|中毒|聚集|转办/.test(words)) return 'ack';
  if ((words.length <= 120 && CORRECTION.test(words)) || /^【?(?:更正|勘误)/.test(words)) return 'correction';
  if (DRILL.test(text)) return 'other';
  if (NOTICE.test(text) && !/已(?:派|责令|约谈|封存|立案|到场|要求|启动)|首报/.test(words)) return 'other';
  if (PROGRESS.test(words) || (words.length <= 120 && (KNOWN_MATTER.test(words) || EARLIER_MATTER.test(words)) && MOVED_ON.test(words)))
    return 'progress';
  if (words.length <= 60 && QUESTION.test(words)) return 'other';
  return INCIDENT.test(words) || words.length >= 30 ? 'report' : 'other';
}
