/** 改级重计, decisions.md section 2: on a level change a due moment becomes min(old, change + new minutes). */
import { expect, test } from '@jest/globals';
import {
  acknowledged,
  activated,
  ask,
  changeLevel,
  clock,
  event,
  events,
  type Given,
  given,
  levelChanged,
  levelSet,
  type Past,
  reported,
  ring,
} from '../builders';

const SITE = 'group_ack:call_out-site1';
const TASK = 'task_ack:prior_handling-hubin1';
/** Level 3 called at 09:20: due 09:40. */
const at3 = (...more: Past[]): Given => given(reported(), levelSet(3), activated(3, [ask('call_out', 'site1')]), ...more);
/** Level 4 set at 09:10: activation due 11:10. */
const toActivate = (...more: Past[]): Given => given(reported(), levelSet(4), ...more);

test.each<[string, Given, string, string, string]>([
  ['三级升一级，新时限更早', at3(levelChanged(3, 1, '09:25')), SITE, '09:35', '改级重计'],
  ['三级升二级，早一分钟也算', at3(levelChanged(3, 2, '09:29')), SITE, '09:39', '改级重计'],
  ['三级升一级太晚，原时限更早', at3(levelChanged(3, 1, '09:31')), SITE, '09:40', '改级重计'],
  ['三级降四级，不推后', at3(levelChanged(3, 4, '09:25')), SITE, '09:40', '改级重计'],
  ['升了又降，提前的不退回', at3(levelChanged(3, 1, '09:22'), levelChanged(1, 4, '09:24')), SITE, '09:32', '改级重计'],
  ['降了又升，按升时重计', at3(levelChanged(3, 4, '09:22'), levelChanged(4, 1, '09:24')), SITE, '09:34', '改级重计'],
  ['到期以后才升级，不改已过的时限', at3(levelChanged(3, 1, '09:45')), SITE, '09:40', '改级重计'],
  ['四级升三级，启动时限重计', toActivate(levelChanged(4, 3, '09:30')), 'activate', '10:30', '改级重计'],
  ['四级升一级，启动时限重计', toActivate(levelChanged(4, 1, '09:30')), 'activate', '10:00', '改级重计'],
  ['未定级定为一级，先期处置时限随之提前', given(reported(), levelSet(1, '09:05')), TASK, '09:15', '改级重计'],
  ['未定级定为四级，先期处置时限不推后', given(reported(), levelSet(4, '09:05')), TASK, '09:20', ''],
])('%s', (_title, g, key, due, why) => {
  expect(g.deadline(key)).toMatchObject({ dueAt: clock(due), why });
});

test('回复过的时限，以后调级不再动它', () => {
  const answered = at3(acknowledged('site1', ['call_out-site1'], '09:38'), levelChanged(3, 1, '09:39'));
  expect(answered.deadline(SITE)).toMatchObject({ status: 'met', dueAt: clock('09:40'), why: '' });
});

test('回复在调级之后、提前的时限之后，算逾期', () => {
  const late = at3(levelChanged(3, 1, '09:25'), acknowledged('site1', ['call_out-site1'], '09:36'));
  expect(late.deadline(SITE)).toMatchObject({ status: 'missed', dueAt: clock('09:35') });
});

test('重计后按缩短的时限接着响，响过的一级不再响', () => {
  const heard = toActivate().after(null, ring('activate'), { at: '10:10' });
  const raised = heard.after('director', changeLevel(1), { at: '10:15' });
  expect(raised.deadline('activate')).toMatchObject({ dueAt: clock('10:45'), stage: 1, nextAt: clock('10:26') });
  expect(events(raised.when(null, ring('activate'), { at: clock('10:26') - 1 }))).toEqual([]);
  expect(event(raised.when(null, ring('activate'), { at: '10:26' }), 'DeadlinesRang').rings).toMatchObject([{ stage: 2, percent: 80 }]);
});

test('调级时新点的人，时限从调级起按新级别算，不带重计标记', () => {
  const g = given(reported(), levelSet(4), activated(4, []), levelChanged(4, 2, '09:30', { asked: [ask('call_out', 'site1')] }));
  expect(g.deadline(SITE)).toMatchObject({ baseAt: clock('09:30'), dueAt: clock('09:40'), why: '' });
});
