/** Reports no two of which speak of the same matter, so that none is taken for a repeat or an addition. */

const DISTRICTS = ['湖滨区', '陕州区', '灵宝市', '义马市', '卢氏县', '渑池县', '开发区'];
const STREETS = ['建设路', '黄河路', '崤山路', '六峰路', '大岭路', '甘棠路', '文明路', '和平路', '永兴街', '召公路', '迎宾大道'];
const FIRMS = ['丰和超市', '悦动健身', '启航教育', '锦绣美容', '德源家电', '万家装饰', '青禾驾校', '云上影楼', '康宁养老'];
const MATTERS = ['预付卡退费', '停业跑路', '食品变质', '虚假宣传', '押金不退', '课程退费', '家电维修', '婚纱照退款'];

/** The n-th of a run. */
export function reportOf(n: number): string {
  const of = (words: readonly string[]): string => words[n % words.length] ?? '';
  return `${of(DISTRICTS)}${of(STREETS)}${of(FIRMS)}，${20 + (n % 29)}名消费者因${of(MATTERS)}聚集，已派人到场`;
}
