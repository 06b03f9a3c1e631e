/** What has been done or is being done by those who handle the matter, one short phrase each; never what is only planned. */
import { type Clause, clausesOf } from './clauses';
import type { Found, Span } from './fields';
import { type Section, sectionsOf } from './headings';

const LONGEST = 40;
const ACT =
  '约谈|约见|责令|责成|封存|查封|扣押|查扣|扣了|立案|下架|抽检|抽样|送检|采样|检定|取证|固定|证据|截图|笔录|登记|移送|移交|通报|抄告|启动|成立|组建|派|赶赴|赶往|赶到|到场|进驻|核查|核实|调查|检查|督促|督导|指导|要求|协调|疏导|疏散|劝导|劝离|安抚|联系|沟通|对接|发函|去函|下发|下达|制作|回访|暂停|停业|停产|停售|停用|停止|关停|召回|追回|退回|整改|救出|救治|扑灭|监测|下线|报警|上报|报告|开通|突击|先行|调解|调取|提取|梳理|排查|限期|限流|限了|撤|拆除|清场|公告|公示|统一部署|约束|部署|处理|处置|让(?!人)|退[差还]|更正|屏蔽|冻结|追溯|溯源|消毒|关闭|张贴|发布|回应|跟进|受理|隔离|介入|会同|联合|组织|安排|查处|查了|叫停|没收|复检|勘验|抓捕|控制|维持秩序|保存|固证|保全';
const DOING = new RegExp(`(?:${ACT})`);
const DONE = new RegExp(
  `(?:已经?|正在?|立即|立刻|迅速|连夜|同步|同时|先|均|全部|第一时间|当场|现场|连同|并|我们|我局|我所|[局所组]在)[^,]{0,24}?(?:${ACT})|^(?:${ACT})|(?:${ACT})(?:了|过去)`,
);
const PLANNED = /拟|下一步|准备(?!回应)|明[天日早]|后天|计划|打算|后续|待[^遇]|将(?=进一步|继续|于|会|依法|对|视)|续报|择日|建议|要么|希望/;
const BY_OTHERS =
  /(?:消费者|家长|顾客|业主|客户|群众|学员|会员|市民|用户|网友|老人|商户|卖家)(?:们)?(?:[^,]{0,6})?(?:要求|报警|联系|举报|投诉|希望|登记|打)|(?:要求|要)退|^(?:接|收)到|^经(?:[^,]{0,6})(?:调查|核查|核实|检查|排查|摸排)|发现$|已(?:引发|造成|有|交付|知|达|超|售|发酵|连续|累计|收到|接到|不|无|关门|失联|跑路|\d)|^巡查|^抽检|监测发现|(?:领导|省局|总局|市局|县局)(?:[^,]{0,4})要求|批示|联系人|电话|拒[绝不]|^[暂尚]?[未无没]|未(?:及时|按|经|取得|公示|标明|履行)|(?:接|收|来|陆续|集中|引发)[^,]*投诉|投诉[^,]{0,3}[\d件称说]/;

/** The measures of a normalised text in order, without 已 and whoever stands before it. */
export function measures(text: string, sections: readonly Section[]): readonly Found<string>[] {
  const headed = sectionsOf(text, sections, 'measures');
  const spans = headed.length > 0 ? headed.flatMap((s) => phrases(text, s)) : free(text, sections);
  return spans.flatMap((s) => {
    const value = text.slice(s.start, s.end);
    return value.length < 2 || value.length > LONGEST ? [] : [{ value, spans: [s] }];
  });
}

function phrases(text: string, section: Section): readonly Span[] {
  return clausesOf(text, section.start, section.end)
    .filter((c) => !PLANNED.test(c.words) && (DOING.test(c.words) || !/^(?:暂?无|未|没)/.test(c.words)))
    .map((c) => shortened(c));
}

/** In running text: a clause that tells of an act done, and those of the same sentence that go on from it. */
function free(text: string, sections: readonly Section[]): readonly Span[] {
  const out: Span[] = [];
  let acting = -1;
  for (const clause of clausesOf(text)) {
    if (sections.some((s) => s.start <= clause.start && clause.end <= s.end && s.label !== 'remark')) continue;
    const goesOn = acting === clause.sentence && DOING.test(clause.words);
    const acts = DONE.test(clause.words) || /^已[^,]{2,}|^[^,]{2,8}(?:已|全)(?:封|抽|停|扣|送检|退|下架|到)/.test(clause.words) || goesOn;
    if (!acts || PLANNED.test(clause.words) || BY_OTHERS.test(clause.words)) continue;
    acting = clause.sentence;
    out.push(shortened(clause));
  }
  return out;
}

/** 湖滨分局已派员到场 → 派员到场; what is too long keeps its end, where the act stands. */
function shortened(clause: Clause): Span {
  const lead =
    /^(?:[\d一二三四五六七八九十]{1,2}[、.)]\s?)?(?:(?:目前|现|现在|接报后|随后|并|同时|且|,)?(?:我们?[局所]?里?|咱们?|[^,“]{0,12}?(?:局|所|科|组|队|部门))?(?:目前|现)?(?:就|也|都)?(?:已经|已|正在|正|立即|先)(?=[^,]{2}))?/.exec(
      clause.words,
    );
  const start = clause.start + (lead?.[0].length ?? 0);
  const act = clause.end - start > LONGEST ? clause.words.slice(start - clause.start).search(DOING) : 0;
  return { start: start + Math.max(0, act), end: Math.min(clause.end, start + Math.max(0, act) + LONGEST) };
}
