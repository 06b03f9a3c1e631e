/** Whether a message puts right what was sent before. */

const MARKED =
  /^[【[(]?(?:更正|勘误|纠正|订正|更改|修正|改正|修改|更新数字|校正)(?:说明|启事|信息|通知|一下|下|如下)?[】\])]?(?:[ \n]|[:,。]|[^,。改通书]|$)/;
/** 刚才报的, 上一条, 今日9时所报: what was sent before. */
const BEFORE =
  '(?:(?:上|前)(?:一|面)?(?:条|则|份|面|述|报|个)|刚才|刚刚|刚发|刚报|刚说|方才|之前|先前|前述|前报|首报|初报|快报|上报|上次|上面|早上|上午|下午|昨晚|昨天|中午|今早|今日|刚|[报发说写填打传]的|[报发说写填打传]错|我[报发说写打]|所报|原报|原文|那条|群里|信息|消息|我刚|报告)';
const WRONG =
  '(?:写错|报错|说错|打错|发错|弄错|搞错|填错|(?<!登)记错|数错|看错|听错|算错|传错|输错|抄错|念错|写反|打反|弄反|搞反|说反|错了|有误|笔误|口误|手误|误报|误写|误为|不准|不对|不实|偏差|要改|需更正|需修改|有出入|有改动|漏[了写报]|多[写报打][了一]|少[写报打][了一]|多了[个一]|少了[个一]|应为|应该[是为]|应是|更正|纠正|订正|改[为成一]|以[^,。]{1,8}为准|不是[^,。 \\n]{1,14}[ \\n,]*(?:而?是|应))';
const EARLIER = new RegExp(`${BEFORE}[^。;\\n]{0,40}?${WRONG}`);
/** Said of the speaker's own words, wherever it stands. */
const OWN_SLIP =
  /(?:我|刚才?|上面|前面|上条)?(?:写|报|打|发|说|填|数|记|输|看|听|抄)(?:错|反|岔|串)了?(?:[,。! \n]|$|一个|个|了|[一两]位)|手误|笔误|口误|(?:更正|纠正|订正|改)一下|(?:更正|改|纠正)[为成]|以这[条个]为准|以此为准|(?:数字|人数|时间|地点|金额|地址|电话)(?:更正为|应更正|有误|不对|错了|写错|报错|打错|是|应[为是])/;
const SORRY = /^(?:不好意思|抱歉|对不起|sorry|失误|手误|口误|笔误|打错了?|写错了?|说错了?|报错了?|错了|改一下|改下|更正下|不对)/i;
/** A correction is short, and shorter the less plainly it says so. */
const LONGEST = 160;
const SHORT = 90;

/** `said` is without address and fillers. Somebody who corrects himself in the middle of a report still reports. */
export function isCorrection(said: string): boolean {
  if (MARKED.test(said)) return true;
  if (said.length > LONGEST) return false;
  const at = EARLIER.exec(said)?.index ?? LONGEST;
  if (at <= 12) return said.length <= SHORT || OWN_SLIP.test(said) || /应为|应该是|更正|误/.test(said);
  return said.length <= SHORT && (SORRY.test(said) || (OWN_SLIP.test(said) && (at < LONGEST || said.length <= 40)));
}
