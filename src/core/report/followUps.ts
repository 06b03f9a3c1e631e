/** Whether a message goes on about a matter that is already known. */
import type { Words } from './lexicon/words';

const NUMBER = '[一二三四五六七八九十\\d]{0,2}';
/** 【续报二】, 进展:, 终报: at the head, or behind the name of the matter. */
const MARKED = new RegExp(
  `^[【[(]?(?:续报|终报|结报|续)(?![保费签约订写期杯航])|^[【[(]?(?:关于)?(?:第${NUMBER}次)?(?:续报|进展|终报|结报|后续|最新进展|最新情况|最新|情况更新|处置进展|跟进|续|处置情况|补充|补报|阶段性|情况续报|进展情况|情况反馈|反馈|办理情况|办结|处置结果|处理结果|核查结果|调查结果|核实情况|核查情况|处置反馈|更新|二报|三报|再报|接上条?|接前[报文]|接续)[^】\\]:,。]{0,8}[】\\])]?(?::|[ \\n]|$|,|。|[一二三四五\\d]|;)|^[【[(][^】\\])]{0,16}(?:续报|终报|进展|办结|反馈|处置情况|结果)[^】\\])]{0,4}[】\\])]|^关于[^,。]{2,40}的?(?:续报|进展|终报|处置情况|办结|处理结果|反馈|情况说明)|(?:续报|终报|结报)${NUMBER}[:】\\])]|^[^,。]{2,24}(?:续报|终报|进展|办结)${NUMBER}(?=[:,。 \\n])`,
);
/** 跟你说下进展, 有新情况, 更新一下 within the first words. */
const SAID_SO =
  /^[^。;\n]{0,24}(?:说一?下?进展|报一?下?进展|汇报一?下?进展|进展(?:是|来了|如下|情况|汇报|[:, \n])|有(?:了)?(?:新)?(?:进展|结果|眉目|着落|下文|说法)了?|(?:结果|报告|结论)(?:下来|出来|出|回来|到)了|更新一下|跟进一下|反馈一下|回复一下|再报一下|再说一下|接着(?:报|说)|继续报|后续(?:是|来了|情况|[:, \n])|补充一下|补报|最新(?:情况|消息|进展|数字)|回个话|回个信|报个平安|有变化|又跟[您你]说|再跟[您你]说|接着说)/;
/** The matter as one speaks of it to somebody who knows it. */
const KNOWN =
  /^.{0,40}?(?:那(?:边|事儿?|个事儿?|件事|起|案子?)|这(?:事儿?|个事儿?|件事|起|案子)|(?:的|一)事儿?(?=[,: \n啊]|已|有|目前|现|都|基本|处|办|进|最|结|后|全|经|又|查|定|公|说|[一二三四五六七八九十\d]+个人)|一事|事件|一案|(?:昨天|昨晚|昨日|今早|早上|上午|中午|下午|傍晚|前天|之前|刚才|上回|上次|前期|上周|凌晨|先前|前头|刚刚|夜里)[^,。 \n]{0,4}(?:报|说|提|讲|发|反映|上报|汇报|投诉|转|交)(?:过)?的|前述|上述|(?:中午|上午|下午|早上|昨天|昨晚)那)/;
/** In speech 那个 may mean nothing; in few words it points at something. */
const POINTED_AT = /^.{0,20}?那(?:批|[\d一二三四五六七八九十两几]+[个名位吨箱台件家]|几[个名位]|一?[家个单摊店]|些|帮)/;
/** The matter has moved on: people went, money came, results are there. */
const MOVED_ON =
  /散[了去]|人?都?走了|都?撤了|(?:已|全部?|均|都|基本|陆续|大部分|多数)[^,。]{0,10}(?:出院|退完|退清|退了|换[了完]|退到|结束|办结|办完|解决|恢复|撤离|散去|劝离|离开|到案|归案|平息|稳定|到账|签收|签字|履行|回家|回校|抓到|抓获|落网|达成|和解|好转|赔[付了完]|发完|兑付|处理完|调解好|处置完|整改完|销毁)|(?:检测|检验|化验|检定|鉴定|校准)?(?:结果|报告|结论)(?:出|下|回|后天|明天|今天|今日|昨|已|显示|是|合格|不合格|预计)|化验出来|检验所|谈妥|谈拢|谈好|达成|出院|找到了|回来了|露面|来了|来人了|合格|阴性|阳性|调解成功|签了|处理完|办完|完毕|终止|解除|结案|销案|脱离危险|转院|转到|没啥大事|没大事|回家|增加到|增至|升至|又[有来增多送扣查抽封退找]|答应|承诺|松口|到账|退完|退清|返还|通车|复工|复课|复业|扑灭|救出|确诊|定性|查明|查实|查到|撤诉|撤单|结清|刑拘|控制住|稳住|致歉|道歉|改好|改完|修好|补发|放行|还在磨|还剩|剩[下余]?[\d一二三四五六七八九十两几]|没(?:有|再有|什么)?新(?:的)?情况/;
/** Said of known matters and new ones alike: these count only in a few words. */
const GONE_ON = /目前|截至|截止|累计|新增|移送|立案|恢复|同意|开通|整改|关停|拘留|抓|回应|确认|检出|办结|查过|检过/;
/** 截至…, 目前… told of something that stands in no relation to a new matter. */
const STANDING =
  /^(?:截至|截止|到)[^,。]{2,14}[,:]?(?:已|共|累计|全部|现场|又|还|登记的)[^。]{0,20}(?:退|登记|散|核对|出院|撤|恢复|离开|签|兑付|到账|完成|剩|核对|核完|处理完|办结|送达|发放)|^[^,。]{2,14}(?:现在|目前|已经?)?(?:(?:登记|增加|升|累计|统计)到了?[\d一二三四五六七八九十百]|(?:登记|投诉|退款|住院)(?:人)?数(?:到|已|涨|升|增|现在|目前))/;
/** A first report says how it came to be known. */
const FIRST =
  /首报|群众打|转到我[们局]|初报|快报|接到?(?:群众|消费者|市民|热线|1\d{4}|举报|投诉|报告|电话|报警|家长)|反映称|举报称|投诉称|(?:有|来)了?[\d一二三四五六七八九十几多]+[多余来几]?[个名位][^,。]{0,10}(?:投诉|反映|说|来|举报)/;
const LONGEST = 150;
const FEW = 70;

/** `said` is without address and fillers; `words` tells whether any sign of following up is there at all. */
export function isProgress(said: string, words: Words): boolean {
  if (mayStand(said, words) && STANDING.test(said)) return true;
  if (words.goesOn.length > 0 && (MARKED.test(said) || SAID_SO.test(said))) return true;
  if (said.length > LONGEST) return false;
  const few = said.length <= FEW;
  if (few && ((maySettle(said, words) && SETTLED.test(said)) || (words.known.length > 0 && REPORTED_BEFORE.test(said))))
    return !isFirst(said);
  if (words.known.length === 0 || !(KNOWN.test(said) || (few && POINTED_AT.test(said)))) return false;
  return (MOVED_ON.test(said) || (few && GONE_ON.test(said))) && !isFirst(said);
}

function mayStand(said: string, words: Words): boolean {
  return words.standing.length > 0 || said.startsWith('到');
}

function maySettle(said: string, words: Words): boolean {
  return words.settled.length > 0 || said.startsWith('现场');
}

function isFirst(said: string): boolean {
  return FIRST.test(said) || isFresh(said);
}

/** 早上报的加油站,…: whatever follows is about what was reported then. */
const REPORTED_BEFORE =
  /^.{0,4}(?:昨天|昨晚|昨日|今早|早上|上午|中午|下午|傍晚|前天|之前|刚才|上回|上次|前期|上周|凌晨|先前|刚刚)(?:上?报|汇报|反映)(?:过)?的(?!人|消费|数|时)/;

/** So told without a name, everybody must know the matter. */
const SETTLED =
  /^(?:现场|人员|人|群众|老板|商家|店家|平台|孩子|学生|患者|病人|业主|家长|会员)[^,。]{0,10}(?:已|都|全部?)[^,。]{0,6}(?:散|劝离|撤离|离开|走了|出院|恢复|退清|退完|找到|回家|回校|疏散|控制|谈妥)|^[^,。]{2,14}(?:化验|检测|检验|检定|鉴定|抽检|复检|核查)结果[:,是]|^(?:目前|现在)?现场[^,。]{0,6}(?:剩|没人|平稳|正常|清空)|^[^,。]{0,12}(?:人|群众|业主|家长|会员|家属|工人|商户|顾客)(?:已经?|都|全部?)[^,。]{0,4}(?:劝回|劝走|劝离|劝返|回去|散)|^(?:又|再)有[\d一二三四五六七八九十几两]+[余多]?[个名位]|^[^,。]{0,8}(?:老板|负责人|店主|法人)(?:已经?|昨晚|昨天|今天|今早|刚才?|终于|上午|下午|夜里)*(?:找到|找着|抓到|抓着|联系上|联系到|回来|露面|到案|投案|自首)了?(?=[,。]|$)|^[^,。]{0,12}(?:老板|负责人|店主|商家|平台|校长|开发商|主办方|店家)(?:同意|答应|愿意|松口)(?:全额|全部|分期|给)?[退赔换]|^[^,。]{2,18}[个名位人][^,。]{0,8}(?:今天|今早|昨晚|昨天|现在|已经?|刚|下午|上午)?(?:出院|回家|返校|复工|退款|到账|兑付)了?[\d一二三四五六七八九十]/;

/** 昨天那个…有个…: telling of a matter for the first time one says that there is one. */
function isFresh(said: string): boolean {
  if (/进展|结果|后续|续报/.test(said)) return false;
  return /^.{0,60}(?:有一?[个家位款种批](?!说法|结果|人转)|一家(?!三|四|五)|一个[^,。]{1,8}(?:店|平台|公司|小程序|博主|商家|超市|软件)|叫(?:啥|什么|做)|跑到|投诉说|发生了?|说一?个[^,。]{0,12}的?事|报个事|说一下[^,。]{0,18}的事|来电话|汇报个|新情况|要求退|反映(?!的)|(?:打|来)电话[来说]|[到来](?:我们)?[所局][里来]|投诉(?!人|的|者))/.test(
    said,
  );
}
