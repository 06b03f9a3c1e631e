/** Which ways the ladder may take beside the chat: by what carriers and platforms serve, and only to those a platform knows. */
import { describe, expect, test } from '@jest/globals';
import { createDingtalk } from '../../src/bot/dingtalk';
import { createWecom } from '../../src/bot/wecom';
import { createReach } from '../../src/ports/reach';
import { binding as dingBinding } from '../bot/dingtalk/support';
import { binding as wecomBinding } from '../bot/wecom/support';
import { testDeps } from '../bot/wire/support';

const ding = createDingtalk(dingBinding({ tenant: 'ding', capabilities: { 'ding.sms': 'on', 'ding.phone': 'on' } }), testDeps());
const wecom = createWecom(wecomBinding({ people: { duty1: 'zhangsan', guest1: 'laike' } }), testDeps());
const carrier = { tenant: 'carrier:c', channels: [], serves: { sms: 'sms' } };
const ways = (routes: readonly { tenant: string; channel: string }[]) => routes.map(({ tenant, channel }) => `${tenant} ${channel}`);

describe('beside the chat', () => {
  test('a carrier comes before the platform, and a telephone before what is above it on the ladder', () => {
    const reach = createReach([wecom, ding], [carrier]);
    expect(reach.ports).toEqual(['strong_reminder', 'sms', 'voice']);
    expect(ways(reach.toPhone('sms', 'duty1'))).toEqual(['carrier:c sms', 'ding dingtalk.ding.sms', 'ding dingtalk.ding.phone']);
    expect(ways(reach.toPhone('voice', 'duty1'))).toEqual(['ding dingtalk.ding.phone']);
  });

  test('a strong reminder does not turn into a second short message', () => {
    expect(ways(createReach([ding], [carrier]).toPhone('strong_reminder', 'duty1'))).toEqual(['ding dingtalk.ding']);
  });

  test('somebody the platform does not know is reached by the carrier alone', () => {
    const reach = createReach([wecom, ding], [carrier]);
    expect(ways(reach.toPhone('sms', 'guest1'))).toEqual(['carrier:c sms']);
    expect(reach.toPhone('strong_reminder', 'guest1')).toEqual([]);
  });

  test('without either there is no rung beside the chat', () => {
    expect(createReach([wecom]).ports).toEqual([]);
  });
});
