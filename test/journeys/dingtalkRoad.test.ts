/** From a typed report to a closed incident, over the real protocols of the local DingTalk: heard in stream mode, called by webhook, answered by word and by card. */
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import {
  finalReportIsMade,
  groupsAreCalled,
  lateOnesAreReminded,
  levelIsChanged,
  levelIsSet,
  progressIsTold,
  recordIsWhole,
  reportIsEchoed,
  responseIsTerminated,
  someAnswer,
} from './mainRoad';

describe('the main road on DingTalk', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau({ SANDBOX: 'dingtalk' });
  }, 60_000);
  afterAll(() => bureau.close());

  test('a typed report is echoed with its fields and a proposal; the county is asked, the on-duty leader told', () =>
    reportIsEchoed(bureau));
  test('only who may sets the level, after a confirmation code', () => levelIsSet(bureau));
  test('activation pages every group of the plan with its task and tells the leaders', () => groupsAreCalled(bureau));
  test('收到 counts by word, by the button in the room and by the private button', () => someAnswer(bureau));
  test('one merged reminder names only those who have not answered, then the ladder climbs', () => lateOnesAreReminded(bureau));
  test('progress is told to the rooms that follow', () => progressIsTold(bureau));
  test('a level change is announced to everyone concerned', () => levelIsChanged(bureau));
  test('the termination is announced and nobody is called again; only the final report rings', () => responseIsTerminated(bureau));
  test('the final report is recorded by its verb and falls silent', () => finalReportIsMade(bureau));
  test('the record is whole: chained events, nothing overdue, nothing unsent', () => recordIsWhole(bureau));
});
