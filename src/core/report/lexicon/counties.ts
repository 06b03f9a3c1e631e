/** The names of counties and cities as word lists: written out, short, wards and the cities ahead of them. */
import { CITY_STEMS } from '../cityNames';
import { AMBIGUOUS_STEMS, COUNTY_STEMS } from '../countyNames';

const SUFFIXES = ['县', '区', '市', '旗'] as const;

/** 通道侗族自治 is called 通道 (通道县). */
const AUTONOMOUS =
  /^(.{2,5}?)(?:(?:满|回|蒙古|朝鲜|畲|土家|苗|侗|瑶|壮|仫佬|毛南|黎|藏|羌|彝|布依|仡佬|水|哈尼|傣|傈僳|佤|拉祜|纳西|景颇|白|普米|独龙|怒|东乡|裕固|哈萨克|保安|撒拉|土|达斡尔|锡伯|塔吉克|布朗|各)族?)+自治$/;
const CALLED: readonly (readonly [string, string])[] = COUNTY_STEMS.县.flatMap((stem) => {
  const short = AUTONOMOUS.exec(stem)?.[1];
  return short === undefined ? [] : [[short, `${stem}县`] as const];
});

/** Banners are called by the first characters of their parts. */
const BANNERS: readonly (readonly [string, string])[] = `
  察右前旗 察哈尔右翼前旗|察右中旗 察哈尔右翼中旗|察右后旗 察哈尔右翼后旗|科右前旗 科尔沁右翼前旗|科右中旗 科尔沁右翼中旗|科左中旗 科尔沁左翼中旗
  科左后旗 科尔沁左翼后旗|乌前旗 乌拉特前旗|乌中旗 乌拉特中旗|乌后旗 乌拉特后旗|东乌旗 东乌珠穆沁旗|西乌旗 西乌珠穆沁旗|阿左旗 阿拉善左旗
  阿右旗 阿拉善右旗|鄂前旗 鄂托克前旗|土左旗 土默特左旗|土右旗 土默特右旗|达茂旗 达尔罕茂明安联合旗|新左旗 新巴尔虎左旗|新右旗 新巴尔虎右旗
  陈旗 陈巴尔虎旗|伊旗 伊金霍洛旗|准旗 准格尔旗|达旗 达拉特旗|克旗 克什克腾旗|翁旗 翁牛特旗|喀旗 喀喇沁旗|莫旗 莫力达瓦达斡尔族自治旗|前郭县 前郭尔罗斯蒙古族自治县
  杜蒙县 杜尔伯特蒙古族自治县|阜蒙县 阜新蒙古族自治县|喀左县 喀喇沁左翼蒙古族自治县`
  .split(/[|\n]/)
  .map((pair) => pair.trim().split(' '))
  .flatMap(([called = '', full = '']) => (full === '' ? [] : [[called, full] as const]));

/** Names that are written out another way than in the list of the country, with their full names. */
export const OTHER_FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ...CALLED.map(([short, full]) => [`${short}县`, full] as const),
  ...BANNERS,
]);

/** Short names that also are everyday words, or the names of cities and towns. */
const EVERYDAY = new Set([
  ...AMBIGUOUS_STEMS,
  ...'通道 大厂 东乡 连山 青龙 宽城 三江 双江 大化 五峰 金秀 本溪 阜新 抚顺 辽阳 铁岭 朝阳'.split(' '),
]);
const SHORT: readonly (readonly [string, string])[] = [
  ...(['县', '市'] as const).flatMap((suffix) =>
    COUNTY_STEMS[suffix].filter((s) => s.length >= 2 && s.length <= 4).map((s) => [s, s + suffix] as const),
  ),
  ...CALLED,
];

/** Short names of counties and cities that mean nothing else, with their full names. */
export const SHORT_NAMES: ReadonlyMap<string, string> = new Map(SHORT.filter(([s]) => !EVERYDAY.has(s)));
/** Those that mean something else too: names only ahead of a town. */
export const UNSURE_NAMES: ReadonlyMap<string, string> = new Map(SHORT.filter(([s]) => EVERYDAY.has(s)));

export const counties = {
  county: [...SUFFIXES.flatMap((suffix) => COUNTY_STEMS[suffix].map((stem) => stem + suffix)), ...OTHER_FULL_NAMES.keys()].join(' '),
  countyShort: [...SHORT_NAMES.keys()].join(' '),
  countyUnsure: [...UNSURE_NAMES.keys()].join(' '),
  ward: COUNTY_STEMS.区.filter((s) => s.length >= 2).join(' '),
  city: CITY_STEMS,
} as const;
