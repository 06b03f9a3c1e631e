/** Typed commands with every kind of slip and trick, said by anybody anywhere: each is answered or left alone for a reason, none stops the others. */
import { VERBS } from '../../src/bot/verbs/table';
import { openRoad, type Road } from '../bot/road';
import { ROSTER } from '../core/builders';
import { damageText, pick, type Roll } from './chance';
import { ODD_WORDS } from './corpus';
import type { Target } from './target';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
/** A road remembers all it heard; a new one now and then keeps a long run quick. */
const A_ROAD = 400;
/** As long as a chat lets people write. */
const MOST_CHARACTERS = 4_000;
const TAILS = ['', ' Ⅲ', ' Ⅲ 理由', ' 情况如下', ' @秦现一 清点库存 18:00前', ' @周值一', ' 明天 8:00', ' 1', ' #2', ' 湖滨区 平安'];
const PIECES = [
  '#1 ',
  '＃１',
  '@',
  '@所有人',
  '<@all>',
  '\n',
  '\u200b',
  '\u202e',
  '\u0000',
  '\ud83d',
  '确认 4711',
  '收到',
  '，',
  '　',
  '1',
  'Ⅲ',
  '不',
  '请',
];
const SHORT_WORDS = ODD_WORDS.map(({ text }) => text.slice(0, 400));

export const chat: Target = {
  name: 'chat',
  cases: 200_000,
  open: async () => {
    let road = await dutyRoom();
    let said = 0;
    return {
      expected: ['unknown_verb', 'executed', 'refused'],
      one: async (roll) => {
        said += 1;
        if (said % A_ROAD === 0) road = await dutyRoom();
        road.now += 1_000;
        const text = typed(roll);
        const person = pick(PEOPLE, roll);
        const room = roll(4) === 0 ? null : pick(ROOMS, roll);
        const before = road.outcomes().length;
        const { outcome, text: answer } = await road.say(room, person, text);
        if (outcome === 'waiting' || road.outcomes().length !== before + 1)
          throw new Error(`${person} in ${room ?? 'private'} is left waiting after ${JSON.stringify(text)}`);
        if (UNSEEN.test(answer)) throw new Error(`the answer to ${JSON.stringify(text)} hides something: ${JSON.stringify(answer)}`);
        return outcome.split(':')[0] ?? outcome;
      },
    };
  },
};

const PEOPLE = [...ROSTER.people.keys()];
const ROOMS = [...ROSTER.rooms.keys()];
const VERB_WORDS = VERBS.flatMap(({ words }) => words);
/** Halves of characters would break whatever carries the answer. */
const UNSEEN = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** An incident under way, another just reported, a shift begun. */
async function dutyRoom(): Promise<Road> {
  const road = openRoad({ messagesAMinute: 1_000_000 });
  await road.say('duty', 'duty1', REPORT);
  await road.decide('hq', 'director', '#1 定级 Ⅲ');
  await road.decide('hq', 'director', '#1 启动');
  await road.say('duty', 'duty1', '开班');
  await road.say('duty', 'duty1', REPORT.replaceAll('湖滨', '陕州'));
  return road;
}

function typed(roll: Roll): string {
  const number = pick(['', '', '#1 ', '#2 ', '#77 '], roll);
  let text = roll(5) === 0 ? pick(SHORT_WORDS, roll) : number + pick(VERB_WORDS, roll) + pick(TAILS, roll);
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  return text.slice(0, MOST_CHARACTERS);
}
