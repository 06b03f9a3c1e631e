/** How the measures of plan packs are called in a ground that people read. */
import type { Interval } from '../report/fields';

const WORDS: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  gathering_persons: ['现场聚集', '人'],
  gathering_at_gate: ['在机关门前聚集', '人'],
  complainants_72h: ['集中投诉', '人（件）'],
  affected_users: ['受影响用户', '人'],
  affected_merchants: ['受影响经营者', '户'],
  deaths: ['死亡', '人'],
  injured: ['受伤或患病', '人'],
  food_deaths: ['食品事件死亡', '人'],
  food_injured: ['食品事件患病', '人'],
  food_injured_at_school: ['学校食品事件患病', '人'],
  product_deaths: ['产品质量事件死亡', '人'],
  product_injured: ['产品质量事件受伤', '人'],
  direct_loss_yuan: ['涉及金额', '元'],
  provinces_affected: ['涉及省份', '个'],
  cities_affected: ['涉及设区的市', '个'],
  counties_affected: ['涉及县（市、区）', '个'],
  media_national: ['中央媒体报道', '家'],
  media_provincial: ['省级媒体报道', '家'],
  media_municipal: ['市级媒体报道', '家'],
  views: ['播放或阅读', '次'],
  wide_attention: ['引起广泛关注', '处'],
  intervention_national: ['国家层面介入', '次'],
  intervention_provincial: ['省级层面介入', '次'],
  intervention_city: ['市级层面介入', '次'],
};

/** 现场聚集 60—69 人; a measure unknown here is shown by its id. */
export function measured(measure: string, interval: Interval): string {
  const [name, unit] = WORDS[measure] ?? [measure, ''];
  return `${name} ${amount(interval)} ${unit}`.trimEnd();
}

/** 50 人以上、不足 200 人, of a threshold [min, max). */
export function between(measure: string, min: number, max: number | null): string {
  const unit = WORDS[measure]?.[1] ?? '';
  return max === null ? `${shown(min)} ${unit}以上` : `${shown(min)} ${unit}以上、不足 ${shown(max)} ${unit}`;
}

function amount({ min, max }: Interval): string {
  if (min === null) return max === null ? '若干' : `不足 ${shown(max)}`;
  if (max === null) return `${shown(min)} 以上`;
  return min === max ? shown(min) : `${shown(min)}—${shown(max)}`;
}

function shown(value: number): string {
  if (value >= 1e8) return `${trimmed(value / 1e8)} 亿`;
  return value >= 1e4 ? `${trimmed(value / 1e4)} 万` : trimmed(value);
}

function trimmed(value: number): string {
  return String(Math.round(value * 10000) / 10000);
}
