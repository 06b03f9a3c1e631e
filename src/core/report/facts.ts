/** Quantities that a plan pack may have thresholds for, each with the words it was counted from. */
import { isDenied } from './clauses';
import type { CountyMention } from './district';
import type { Found, Interval, MeasuredFact, ReportFields, Span } from './fields';
import { type Numeral, numerals } from './numerals';

/** Facts of a normalised text, given its fields, counties and numbers; only what is told, each measure at most once. */
export function measuredFacts(
  text: string,
  fields: ReportFields,
  counties: readonly CountyMention[],
  numbers: readonly Numeral[],
): readonly MeasuredFact[] {
  return [
    ...crowd(text, fields.peopleInvolved, numbers),
    ...harm(text, fields),
    ...loss(fields),
    ...spread(text, fields, counties),
    ...media(text),
    ...attention(text, numbers),
    ...intervention(text),
  ];
}

const GATHERED = /聚集|围堵|堵门|堵路|拉横幅|静坐|围在|聚在|集体(?:到|来|去|上访|维权|讨)|扎堆讨|围住/g;
const COMPLAINED =
  /投诉|举报|反映|维权|退[费款票卡钱货押]|讨说法|要说法|找到|找上门|登记|索赔|追讨|失联|跑路|跑到[^,。]{0,6}[所局]|无法联系|打不通/g;

function crowd(text: string, people: Found<Interval> | null, numbers: readonly Numeral[]): readonly MeasuredFact[] {
  const gathered = people !== null && told(text, GATHERED);
  const complaints = casesComplained(text, numbers);
  const complaining = people !== null && told(text, COMPLAINED) ? [{ interval: people.value, spans: people.spans }] : [];
  const most = [...complaining, ...complaints].sort((a, b) => (b.interval.min ?? 0) - (a.interval.min ?? 0))[0];
  return [
    ...(gathered ? [{ measure: 'gathering_persons', interval: people.value, spans: people.spans }] : []),
    ...(most !== undefined ? [{ measure: 'complainants_72h', ...most }] : []),
  ];
}

function told(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some((m) => !isDenied(text, m.index));
}

/** 投诉126件 stands for the complaining where people are not counted or fewer. */
function casesComplained(text: string, numbers: readonly Numeral[]): readonly { interval: Interval; spans: readonly Span[] }[] {
  return numbers.flatMap((n) => {
    const near = /投诉|举报|工单|12315|12345/.test(text.slice(Math.max(0, n.start - 24), n.end + 8));
    const unit = /^\s?(?:多|余)?[件单起]/.exec(text.slice(n.end, n.end + 3));
    return near && unit !== null ? [{ interval: n.interval, spans: [{ start: n.start, end: n.end + unit[0].length }] }] : [];
  });
}

const FOOD = /食物|食品|就餐|聚餐|用餐|晚饭|午饭|早饭|吃|盒饭|配餐|食堂|饭店|餐|菌|酒|奶|卤|凉菜|蛋糕|外卖/;
const SCHOOL = /学生|学校|幼儿园|小学|中学|大学|学院|托[管育]|幼儿/;

function harm(text: string, fields: ReportFields): readonly MeasuredFact[] {
  const kind = FOOD.test(text) ? 'food' : 'product';
  const dead = exact(fields.dead);
  const hurt = exact(fields.injured);
  return [
    ...(dead === null
      ? []
      : [
          { measure: 'deaths', ...dead },
          { measure: `${kind}_deaths`, ...dead },
        ]),
    ...(hurt === null
      ? []
      : [
          { measure: 'injured', ...hurt },
          { measure: `${kind}_injured`, ...hurt },
        ]),
    ...(hurt !== null && kind === 'food' && SCHOOL.test(text) ? [{ measure: 'food_injured_at_school', ...hurt }] : []),
  ];
}

function exact(found: Found<number> | null): { interval: Interval; spans: readonly Span[] } | null {
  return found === null || found.value === 0 ? null : { interval: { min: found.value, max: found.value }, spans: found.spans };
}

function loss(fields: ReportFields): readonly MeasuredFact[] {
  return fields.amountYuan === null
    ? []
    : [{ measure: 'direct_loss_yuan', interval: fields.amountYuan.value, spans: fields.amountYuan.spans }];
}

const MANY: Interval = { min: 2, max: null };
const SPREAD: readonly (readonly [string, RegExp])[] = [
  [
    'provinces_affected',
    /(?<!在)全国(?:多[个地省]|范围|各地|累计|均有|\d+个?省|都有)|多个?省(?!辖|级|局)(?:份|市|区)?|(?:([\d一二两三四五六七八九十]{1,3})(?:余|多)?)个?省(?!辖|级|局|政|内|委)(?:份|市|区)?/,
  ],
  [
    'cities_affected',
    /(?:全省|省内|我省)(?:多[个地]|各地)(?:市|地)?|多个?(?:省辖市|地级市|地市|城市)|([\d一二两三四五六七八九十]{1,3})个?(?:省辖市|地级市|地市|城市|市(?=[,。、有均])|地(?=门店|[,。均有同]|消费者|分店|市))/,
  ],
  ['counties_affected', /(?:全市|我市)(?:多个|各)县|多个县|多县|([\d一二两三四五六七八九十]{1,3})个县(?:区|市|\(市、区\))?/],
];

function spread(text: string, fields: ReportFields, counties: readonly CountyMention[]): readonly MeasuredFact[] {
  const wide = SPREAD.flatMap(([measure, pattern]) => {
    const m = pattern.exec(text);
    const count = m?.[1] === undefined ? null : (numerals(m[1])[0]?.interval ?? null);
    return m === null || (count !== null && (count.min ?? 0) < 2)
      ? []
      : [{ measure, interval: count ?? MANY, spans: [{ start: m.index, end: m.index + m[0].length }] }];
  });
  if (wide.some((w) => w.measure === 'counties_affected')) return wide;
  const row = counties.filter((c, i) =>
    [counties[i - 1], counties[i + 1]].some((n) => n !== undefined && n.name !== c.name && joined(text, c, n)),
  );
  const names = new Set(row.map((c) => c.name)).size;
  if (names >= 2)
    return [
      ...wide,
      { measure: 'counties_affected', interval: { min: names, max: names }, spans: row.map(({ start, end }) => ({ start, end })) },
    ];
  return fields.district === null
    ? wide
    : [...wide, { measure: 'counties_affected', interval: { min: 1, max: 1 }, spans: fields.district.spans }];
}

function joined(text: string, a: CountyMention, b: CountyMention): boolean {
  return /^[、和及与,]$/.test(a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start));
}

const PROVINCES =
  '河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|广西|内蒙古|西藏|宁夏|新疆|北京|天津|上海|重庆';
const MEDIA: readonly (readonly [string, RegExp])[] = [
  [
    'media_national',
    /央视|中央电视台|中央广播|新华社|新华网|人民日报|人民网|中央媒体|国家级媒体|经济日报|光明日报|法治日报|工人日报|焦点访谈|3·15晚会|央广|中新社|中国之声|中国[^,。“”]{1,6}报(?![告道名])|每周质量报告/,
  ],
  [
    'media_provincial',
    new RegExp(
      `省(?:电视台|台(?!账)|广播|级(?:主流)?媒体|报业|日报|电台)|卫视|(?:${PROVINCES})(?:日报|电视台|广播|都市报|经济报|商报|新闻广播|电台)|都市频道|民生频道`,
    ),
  ],
  ['media_municipal', /市(?:电视台|台(?![账阶])|广播|级(?:主流)?媒体|融媒体?|电台|日报)|日报|晚报|晨报|早报|都市报|商报|电视台|融媒体/],
];
const REPORTING = /报道|曝光|播出|刊[发登]|记者|暗访|点名|披露|稿|专题|调查|晚会|栏目|直击|关注|发布/;

/** The highest medium that reported; asking the press for help is not being reported. */
function media(text: string): readonly MeasuredFact[] {
  for (const [measure, pattern] of MEDIA) {
    const m = pattern.exec(text);
    if (m === null || isDenied(text, m.index)) continue;
    if (REPORTING.test(text.slice(m.index, m.index + 40)))
      return [{ measure, interval: { min: 1, max: 1 }, spans: [{ start: m.index, end: m.index + m[0].length }] }];
  }
  return [];
}

function attention(text: string, numbers: readonly Numeral[]): readonly MeasuredFact[] {
  const views = /(?:播放量?|阅读量?|浏览量?|点击量?|观看量?|转发量?)[^,。;\d一二三四五六七八九十百千万]{0,6}/.exec(text);
  const count = views === null ? undefined : numbers.find((n) => n.start >= views.index && n.start <= views.index + views[0].length);
  const wide = /热[搜榜]|刷屏|广泛关注|高度关注|持续发酵/.exec(text);
  return [
    ...(count === undefined ? [] : [{ measure: 'views', interval: count.interval, spans: [{ start: count.start, end: count.end }] }]),
    ...(wide === null || isDenied(text, wide.index)
      ? []
      : [{ measure: 'wide_attention', interval: { min: 1, max: 1 }, spans: [{ start: wide.index, end: wide.index + wide[0].length }] }]),
  ];
}

const STEPS_IN = '[^,。;]{0,16}(?:督办|批示|批转|提级|协调|部署|派(?:出|驻)?[^,。;]{0,4}(?:组|人)|要求|指示|关注|介入)';
const INTERVENTION: readonly (readonly [string, RegExp])[] = [
  ['intervention_national', new RegExp(`(?:总局|国务院(?:食安办)?)${STEPS_IN}`)],
  ['intervention_provincial', new RegExp(`(?:省局|省政府|省委|省市场监管局|省食安办|省领导)(?!网监处)${STEPS_IN}`)],
  ['intervention_city', new RegExp(`(?:市领导|市局[^,。;]{0,4}领导|局领导|市长|市委|市政府|分管副?市?长|局长)${STEPS_IN}`)],
];

function intervention(text: string): readonly MeasuredFact[] {
  return INTERVENTION.flatMap(([measure, pattern]) => {
    const m = pattern.exec(text);
    return m === null ? [] : [{ measure, interval: { min: 1, max: 1 }, spans: [{ start: m.index, end: m.index + m[0].length }] }];
  });
}
