/** Where a number comes from, in the words shown beside it: people must see which numbers are law and which are our own. */
import type { PlanPack } from './packSchema';
import type { ProfileStep } from './profileSchema';

type Mark = PlanPack['thresholds'][number]['mark'];

const MARKS: Readonly<Record<Mark, string>> = { S: '预案原文', N: '国家规定', P: '参照其他公开预案', J: '本系统自定' };
const BASES: Readonly<Record<ProfileStep['basis'], string>> = {
  law: '法律法规',
  nat: '国家文件',
  std: '国家标准',
  local: '地方规定',
  seed: '预案原文',
  proj: '本系统自定',
};

/** Source of a threshold or criterion. */
export function markText(mark: string): string {
  return MARKS[mark as Mark] ?? mark;
}

/** Source of a deadline's minutes. */
export function basisText(basis: string): string {
  return BASES[basis as ProfileStep['basis']] ?? basis;
}
