/** Who is asked, who is told, which rooms merely see it: the table written from the rules, held against raw payloads. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';
import { expectedRows } from '../support/csv';
import { changeRoster } from '../support/roster';
import { HERE } from '../support/walked';
import { type Case, expectedOf, isAsTold, sentBy } from './routing';

const CASES = expectedRows('routing.csv') as readonly Case[];
const STORIES = [...new Set(CASES.map((row) => row.story))];
const DAY_MINUTES = 24 * 60;
/** A room hears so many notices an hour (cap of sixty): more stories need another bureau. */
const STORIES_A_BUREAU = 8;
/** A robot of DingTalk may say fifteen things a minute in a room, half of what WeCom's may: a long story takes longer there. */
const ACTS_A_MINUTE = 5;
const FIRST_SHIFT = 'duty1 leader1';

describe('who is asked', () => {
  let bureau: Bureau;
  let onDuty = FIRST_SHIFT;
  let reported = 0;
  beforeAll(async () => {
    bureau = await openBureau();
  }, 60_000);
  afterAll(() => bureau.close());

  async function startAfresh(): Promise<void> {
    expect((await bureau.sandbox('reset', {})).status).toBe(200);
    reported = 0;
    onDuty = FIRST_SHIFT;
  }

  test('the table has at least sixty situations of both plans and every level', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(CASES.map((row) => row.level))).toEqual(new Set(['', '1', '2', '3', '4']));
    expect(new Set(CASES.map((row) => row.plan)).size).toBe(2);
  });

  describe.each(STORIES)('%s', (story) => {
    const rows = CASES.filter((row) => row.story === story);
    let n = 0;
    let putBack = async (): Promise<void> => undefined;
    beforeAll(async () => {
      if (reported === STORIES_A_BUREAU) await startAfresh();
      if (rows[0]?.on_duty !== onDuty) await bureau.advance(4 * DAY_MINUTES);
      onDuty = rows[0]?.on_duty ?? onDuty;
      putBack = await changeRoster(bureau, rows[0]?.roster ?? '');
      reported += 1;
      n = reported;
    });
    /** What was begun is ended, and a room's minute is over: the next situation begins in silence. */
    afterAll(async () => {
      await putBack();
      if (!rows.some((row) => row.says?.includes('终止'))) await bureau.decide('dm:director', 'director', `#${n} 不列入 已经处理完毕`);
      await bureau.advance(2);
    });

    test.each(rows.map((row) => [row.case, row.from, row.says, row] as const))('%s. %s：%s', async (_, __, ___, row) => {
      if (HERE !== 'wecom' && rows.indexOf(row) % ACTS_A_MINUTE === ACTS_A_MINUTE - 1) await bureau.advance(1);
      const sent = await sentBy(bureau, row, n);
      await isAsTold(bureau, row, n);
      expect(sent).toEqual(expectedOf(row));
    });
  });
});
