/** Words that stand in front of a report as its heading: the report is not lost to a verb. */
import { expect, test } from '@jest/globals';
import { REPORT } from '../journeys/mainRoad';
import { openRoad } from './road';

test.each([`舆情：${REPORT}`, `续报：${REPORT}`, `日常情况。${REPORT}`, `电话：${REPORT}`, `进展 ${REPORT}`])(
  '“%s” is a report where no incident is open to add it to',
  async (text) => {
    const road = openRoad();
    expect((await road.say('duty', 'duty1', text)).outcome).toBe('executed');
    expect(road.incident(1)).toMatchObject({ county: 'hubin', status: 'intake' });
  },
);

test('where one is open the same words go on with it', async () => {
  const road = openRoad();
  await road.say('duty', 'duty1', REPORT);
  await road.say('duty', 'duty1', `续报：${REPORT}`);
  expect([road.incidents().length, road.incident(1).progress.length]).toEqual([1, 1]);
});

test('a mere reason behind a verb opens nothing', async () => {
  const road = openRoad();
  expect((await road.say('duty', 'duty1', '终止 群众已散去')).outcome).toBe('refused:no_open_incident');
  expect(road.incidents()).toEqual([]);
});
