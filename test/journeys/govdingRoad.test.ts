/** From a typed report to a closed incident on the simulated government edition, where nobody can be mentioned and nothing can be pressed. */
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

describe('the main road on the government edition', () => {
  let duty: Bureau;
  beforeAll(async () => {
    duty = await openBureau({ SANDBOX: 'govding' });
  }, 60_000);
  afterAll(() => duty.close());

  test('a typed report is echoed with its fields and a proposal; the county is asked, the on-duty leader told', () => reportIsEchoed(duty));
  test('only who may sets the level, after a confirmation code', () => levelIsSet(duty));
  test('activation tells every group its task in the room and calls each person by a notice of his own', () => groupsAreCalled(duty));
  test('收到 counts by word wherever others would press a button', () => someAnswer(duty));
  test('one merged reminder names only those who have not answered, then the ladder climbs', () => lateOnesAreReminded(duty));
  test('progress is told to the rooms that follow', () => progressIsTold(duty));
  test('a level change is announced to everyone concerned', () => levelIsChanged(duty));
  test('the termination is announced and nobody is called again; only the final report rings', () => responseIsTerminated(duty));
  test('the final report is recorded by its verb and falls silent', () => finalReportIsMade(duty));
  test('the record is whole: chained events, nothing overdue, nothing unsent', () => recordIsWhole(duty));
});
