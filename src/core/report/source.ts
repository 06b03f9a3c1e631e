/** How the matter came to the bureau's notice. */
import type { Found, Source } from './fields';
import { type Section, sectionsOf } from './headings';

const WORDS: readonly (readonly [Source, RegExp])[] = [
  ['leader_instruction', /批示/],
  [
    'transferred',
    /转办|转来|转交|(?<!将[^,。]{0,8})移交(?!公安|司法)|移送(?:我局|来|的|线索)|交办|抄告|推送|督办[件函]|接[^,。]{0,8}通报|[局部委办]通报(?:[,:称]|我|的)|上级通报/,
  ],
  [
    'other',
    /(?:医院|卫生院|学校|幼儿园|企业|老板|店[家主方]|商家|平台|酒店|疾控|经营者|校方|园方|物业|公司)(?:自己|主动|值班室|负责人|刚|[^,。]{0,4})?(?:报告|来电话?|打来电话|给我们打的?电话|打电话(?:来|说|过来)?|上报|报来|报称)/,
  ],
  [
    'media',
    /(?:央视|新华社|人民日报|总台|电视台|卫视|日报|晚报|晨报|都市报|商报|广播|频道|融媒体|媒体|记者|栏目|报社|客户端)[^,。;]{0,30}?(?:报道|曝光|播出|刊发|刊登|稿子|暗访|点名|披露|推送|发稿|直击|发布)|(?:报道|曝光)了?(?=我市|[^,。]{0,8}[县市区])|3·15晚会/,
  ],
  [
    'walk_in',
    /(?:跑到|来到|找到|赶到|聚到|到|来|上门到)(?:了)?(?:我们|咱们?|我)?[^,。;\d]{0,5}(?:所里?|局里?|大厅|分局|窗口)(?!长|有|属|在)(?:来)?(?=里|来|了|,|。|说|反映|投诉|讨|要|咨询|集体|$)|现场来访|来访|上门投诉|来[所局]/,
  ],
  ['hotline', /12315|12345|热线|来电|打(?:了|来)?电话|电话(?:投诉|举报|反映)|接线/],
  [
    'public_opinion',
    /舆情(?!监测[系平])|网友|网民|微博|抖音|小红书|朋友圈|论坛|快手|短视频|热搜|网上|网络(?:上|流传|热传)|视频号|贴吧|业主群|微信群|发帖|B站/,
  ],
  ['monitoring', /巡查|抽检|抽查|监测|检查(?:中)?发现|排查(?:中)?发现|扫出|专项检查|例行检查|日常检查|双随机/],
];

/** The headed source if there is one, else an instruction or a transfer anywhere, else whatever is told first. */
export function source(text: string, sections: readonly Section[]): Found<Source> | null {
  const told = sectionsOf(text, sections, 'source')[0] ?? inline(text);
  const words = told === null || told === undefined ? text : text.slice(told.start, told.end);
  const offset = told?.start ?? 0;
  const hits = WORDS.flatMap(([value, pattern]) => {
    const m = pattern.exec(words);
    return m === null ? [] : [{ value, start: offset + m.index, end: offset + m.index + m[0].length }];
  });
  const inOrder = [...hits].sort((a, b) => a.start - b.start);
  const chosen = inOrder.find((h) => h.value === 'leader_instruction' || h.value === 'transferred') ?? inOrder[0];
  return chosen === undefined ? null : { value: chosen.value, spans: [{ start: chosen.start, end: chosen.end }] };
}

function inline(text: string): { start: number; end: number } | null {
  const m = /(?:信息|线索)?来源\s?:\s?([^。;\n]+)/.exec(text);
  return m === null ? null : { start: m.index + m[0].length - (m[1]?.length ?? 0), end: m.index + m[0].length };
}
