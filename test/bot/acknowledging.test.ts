/** 收到 in plain words, on the real road: what closes a call, what does not, from the person asked and from somebody else; the exact board afterwards. */
import { describe, expect, test } from '@jest/globals';
import { REPORT } from '../journeys/mainRoad';
import { openRoad, type Road } from './road';

/**
 * `taken`: closes the call of the person asked; from others it is answered that nothing is asked of them. `agreed`: the same, but from
 * others mere politeness. `polite`: noted silently. `hint`: closes nothing and says what to type. `report`: a new incident.
 * `unread`: neither, the nearest verbs are named. `other`: another verb of its own.
 */
const PHRASES = {
  taken: `收到|收到。|收到！！|收到了|收到啦|收到哦|收到~|收 到|收到收到|收到，马上到|收到 马上安排|收到，谢谢|收到领导|好的收到|好的，收到|嗯嗯收到|收到👌|收到[抱拳]|已收到
    |我收到了|我局收到|湖滨区局收到|我们已收到|收到通知|收到，立即落实|收到，已安排人员前往|收悉|已收悉|均已收悉|明白|明白了|好的明白|清楚了|知道了|我知道了|知悉|已知悉|已阅|阅悉|敬悉|签收了|遵命|照办
    |看到了|了解|确认收到|ＯＫ收到|收道|收倒|首到|手到|収到|请 收到|机器人，收到|@值班机器人 收到|收到，保证完成任务|收到了哈|收到，我们的人已经在路上了`,
  agreed: `好的|好|好嘞|好滴|OK|ok|okk|1|11|+1|１|嗯|嗯嗯|是|行|可以|没问题|马上到|马上安排|这就去|立即落实|已安排|在路上了|随时待命|[OK]|[强]|👌|👍👍|✅|🫡|受到|好的，马上`,
  polite: '谢谢|辛苦了|哦哦|感谢提醒|🙏|大家辛苦了',
  hint: `收到吗|收到？|收到没有|都收到了吗？|收到，去哪里集合？|收到，需要带什么材料|明白，几点到？|没收到|还没收到|未收到通知|没看到|收到请回复|收到的回复|收到请扣1|请大家收到回复|谁没收到
    |收到，但我在外地去不了|收到，赶不过去|同意|批准`,
  report: `收到一起投诉，湖滨区建设路丰和超市六十多名消费者因退卡聚集|收到，另外陕州区大营镇养老机构门前三十多人聚集要求退款|明白，现在卢氏县城关镇又有二十多人食物中毒送医
    |收到12315转来投诉，灵宝市某商场三十余人要求退定金|接到群众反映，义马市一饭店十二人聚餐后呕吐腹泻`,
  unread: '收货了|明天见|嘿嘿|收费|到货',
} as const;
type Verdict = keyof typeof PHRASES;

const TABLE = (Object.keys(PHRASES) as Verdict[]).flatMap((verdict) =>
  PHRASES[verdict].split('|').map((phrase) => [phrase.trim(), verdict] as const),
);

/** What the person asked, and what anybody else is told. */
const OUTCOMES: Readonly<Record<Verdict, readonly [asked: string, another: string]>> = {
  taken: ['executed', 'refused:nothing_asked'],
  agreed: ['executed', 'ignored:politeness'],
  polite: ['ignored:politeness', 'ignored:politeness'],
  hint: ['refused:not_an_answer', 'refused:not_an_answer'],
  report: ['executed', 'executed'],
  unread: ['unknown_verb', 'unknown_verb'],
};

/** One incident, for which the first person of the county is asked in the county's room. */
async function openAsked(): Promise<Road> {
  const road = openRoad();
  await road.say('duty', 'duty1', REPORT);
  return road;
}

/** Everybody who is asked in the first incident, with his answer; and how many incidents there are. */
function board(road: Road): unknown {
  return [Object.values(road.incident(1).asks).map(({ person, answer }) => [person, answer]), road.incidents().length];
}

test('the table holds at least a hundred phrases, forty of them 收到 and its variants', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(100);
  expect(TABLE.filter(([, verdict]) => verdict === 'taken').length).toBeGreaterThanOrEqual(40);
  expect(new Set(TABLE.map(([phrase]) => phrase)).size).toBe(TABLE.length);
});

describe.each(TABLE)('“%s” is %s', (phrase, verdict) => {
  const [asked, another] = OUTCOMES[verdict];
  const incidents = verdict === 'report' ? 2 : 1;
  const closes = verdict === 'taken' || verdict === 'agreed';

  test('from the person asked, in the room where he is asked', async () => {
    const road = await openAsked();
    const { outcome } = await road.say('county-hubin', 'hubin1', phrase);
    expect([outcome, board(road)]).toEqual([asked, [[['hubin1', closes ? 'acknowledged' : null]], incidents]]);
  });

  test('from somebody else in the same room', async () => {
    const road = await openAsked();
    const { outcome } = await road.say('county-hubin', 'hubin2', phrase);
    expect([outcome, board(road)]).toEqual([another, [[['hubin1', null]], incidents]]);
  });
});

describe('where it is said', () => {
  test('in private it closes the call as well', async () => {
    const road = await openAsked();
    await road.say(null, 'hubin1', '收到');
    expect(board(road)).toEqual([[['hubin1', 'acknowledged']], 1]);
  });
  test('in the room of another county it closes nothing, and nothing is told of the incident', async () => {
    const road = await openAsked();
    const { text } = await road.say('county-lushi', 'hubin1', '收到');
    expect([board(road), text]).toEqual([[[['hubin1', null]], 1], expect.stringContaining('这里没有在办事件')]);
  });
  test('with its number, or by quoting the notice, it closes that one of two', async () => {
    const road = await openAsked();
    await road.say('duty', 'duty1', '湖滨区实验小学今天中午有12名学生午饭后呕吐腹泻,已送医');
    expect((await road.say('county-hubin', 'hubin1', '收到')).text).toContain('请选择事件');
    await road.say('county-hubin', 'hubin1', '好的', '#2 先期处置任务');
    expect([1, 2].map((n) => Object.values(road.incident(n).asks).map(({ answer }) => answer))).toEqual([[null], ['acknowledged']]);
    await road.say('county-hubin', 'hubin1', '#1 收到');
    expect(Object.values(road.incident(1).asks).map(({ answer }) => answer)).toEqual(['acknowledged']);
  });
  test('whoever is not asked may say 好的 as often as he likes: nobody answers him', async () => {
    const road = await openAsked();
    expect((await road.say('duty', 'guest1', '好的')).text).toBe('');
  });
});
