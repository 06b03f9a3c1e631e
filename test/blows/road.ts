/** The scripted main road that people walk while the blows fall: from a typed report to a closed incident and a silent week. */
import type { People } from './people';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
/**
 * From the report to the activation: what rings so many minutes after the one would else fall due a second before what rings so many
 * after the other, and a bot that starts anew in that second rightly rings both at once.
 */
const APART_MINUTES = 2;
const WEEK_MINUTES = 7 * 24 * 60;

export type Step = (people: People) => Promise<void>;

/** In order; after each everything is at rest. Rings fall due at many moments after the report and the activation; each setting of the clock passes some of them. */
export const ROAD: readonly Step[] = [
  (people) => people.say('duty', 'duty1', REPORT),
  (people) => people.say('duty', 'duty1', '定级 Ⅲ'),
  (people) => people.decide('hq', 'director', '#1 定级 Ⅲ'),
  async (people) => {
    await people.clockTo(APART_MINUTES, 'received_at');
    await people.decide('hq', 'director', '#1 启动');
  },
  (people) => people.say('hq', 'coord1', '收到'),
  (people) => people.press('hq', 'site1'),
  (people) => people.press('dm:inv1', 'inv1'),
  (people) => people.press('dm:legal1', 'legal1'),
  (people) => people.press('dm:log1', 'log1'),
  (people) => people.say('county-hubin', 'hubin1', '收到'),
  (people) => people.clockTo(11, 'activated_at'),
  (people) => people.clockTo(17, 'activated_at'),
  (people) => people.clockTo(24, 'activated_at'),
  (people) => people.say('hq', 'site1', '进展 已到现场，群众情绪平稳，正在登记诉求'),
  (people) => people.decide('hq', 'director', '调级 Ⅱ 聚集扩大至两市,现场超过二百人'),
  (people) => people.decide('hq', 'director', '终止 群众已散去,退费方案已落实'),
  (people) => people.clockTo(WEEK_MINUTES, 'activated_at'),
];

/** Walks the whole road; `between` is told the number of the step that comes next. */
export async function walk(people: People, between: (step: number) => void | Promise<void> = () => undefined): Promise<void> {
  for (const [number, step] of ROAD.entries()) {
    await between(number);
    await step(people);
  }
  await people.rest();
}
