/** 48 hours of a level-Ⅱ incident under the moved clock, minute by minute as the table says that was written from the rules alone. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Instant } from '../../src/core/instant';
import { type Bureau, openBureau } from '../support/bureau';
import { expectedRows } from '../support/csv';
import { expectedEffects } from './night48/effects';
import { bureauWithoutTurns, calmHands, minuteZero, playNight } from './night48/play';
import { nightIsAsWritten } from './night48/verdict';

/** On DingTalk eight strong reminders instead of three notes that there is none. */
const EFFECTS: Readonly<Record<string, number>> = { wecom: 167, dingtalk: 172, govding: 167 };

let duty: Bureau;
let zero: Instant;
const dir = bureauWithoutTurns();

beforeAll(async () => {
  duty = await openBureau({ BUREAU: dir });
  zero = minuteZero(Date.parse(String((await duty.sandbox('state')).body.now)));
}, 60_000);
afterAll(async () => {
  await duty.close();
  rmSync(dir, { recursive: true, force: true });
});

test('每一分钟，谁被@、谁收到私信、各群看到什么、哪些时限怎样了结，都与手写的表一致，不多不少', async () => {
  expect([expectedRows('night48_script.csv').length, expectedEffects().length]).toEqual([
    54,
    EFFECTS[process.env.FENGHUO_SANDBOX ?? 'wecom'],
  ]);
  await playNight(calmHands(duty), zero);
  await nightIsAsWritten(duty, zero);
}, 120_000);
