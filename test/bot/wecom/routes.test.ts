import { describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { testDeps } from '../wire/support';
import { binding } from './support';

const wecom = createWecom(binding(), testDeps());
const names = (routes: readonly { channel: string; address: string }[]) => routes.map((route) => `${route.channel} ${route.address}`);

describe('where things are sent', () => {
  test('a room is shown by the robot and called by its webhook', () => {
    expect(wecom.routesToRoom('duty')).toEqual([
      { tenant: 'city', channel: 'wecom.robot', address: 'wrDuty', pages: false },
      { tenant: 'city', channel: 'wecom.webhook', address: 'duty', pages: true },
    ]);
    expect(wecom.routesToRoom('nowhere')).toEqual([]);
  });

  test('a person is met in the app, then by the robot; a stranger nowhere', () => {
    expect(names(wecom.routesToPerson('duty1'))).toEqual(['wecom.app duty1', 'wecom.robot zhangsan']);
    expect(wecom.routesToPerson('guest1')).toEqual([]);
  });

  test('an answer goes back into the conversation it came from', () => {
    expect(names(wecom.routesToChat({ id: 'wrDuty', kind: 'group' }, 'zhangsan'))).toEqual(['wecom.robot wrDuty', 'wecom.webhook duty']);
    expect(names(wecom.routesToChat({ id: 'wrOther', kind: 'group' }, 'zhangsan'))).toEqual(['wecom.robot wrOther']);
    expect(names(wecom.routesToChat({ id: 'zhangsan', kind: 'single' }, 'zhangsan'))).toEqual(['wecom.robot zhangsan', 'wecom.app duty1']);
    expect(names(wecom.routesToChat({ id: 'app:zhangsan', kind: 'single' }, 'zhangsan'))).toEqual([
      'wecom.app duty1',
      'wecom.robot zhangsan',
    ]);
    expect(names(wecom.routesToChat({ id: 'stranger', kind: 'single' }, 'stranger'))).toEqual(['wecom.robot stranger']);
  });

  test('a room has as many ways as are bound, in the order push, webhook, the app’s own group', () => {
    const rooms = {
      duty: { chatId: 'wrDuty', webhookKey: 'k', appChatId: 'G1' },
      hq: { chatId: 'wrHq', appChatId: 'G2' },
      bare: { chatId: 'wrBare' },
    };
    const rich = createWecom(binding({ rooms }), testDeps());
    expect(rich.routesToRoom('duty')).toMatchObject([
      { channel: 'wecom.robot', address: 'wrDuty', pages: false },
      { channel: 'wecom.webhook', address: 'duty', pages: true },
      { channel: 'wecom.appchat', address: 'G1', pages: true },
    ]);
    expect(names(rich.routesToRoom('hq'))).toEqual(['wecom.robot wrHq', 'wecom.appchat G2']);
    expect(names(rich.routesToRoom('bare'))).toEqual(['wecom.robot wrBare']);
    expect(names(rich.routesToChat({ id: 'wrHq', kind: 'group' }, 'zhangsan'))).toEqual(['wecom.robot wrHq', 'wecom.appchat G2']);
    const mute = createWecom(binding({ rooms, capabilities: { 'app.mention': 'off' } }), testDeps());
    expect(mute.routesToRoom('hq').map((route) => route.pages)).toEqual([false, false]);
  });

  test.each([
    ['aibot.groupPush', ['wecom.webhook', 'wecom.appchat']],
    ['aibot.ws', ['wecom.webhook', 'wecom.appchat']],
    ['webhook', ['wecom.robot', 'wecom.appchat']],
    ['app.appchat', ['wecom.robot', 'wecom.webhook']],
  ] as const)('without %s the others are left', (capability, channels) => {
    const rooms = { duty: { chatId: 'wrDuty', webhookKey: 'k', appChatId: 'G1' } };
    const poor = createWecom(binding({ rooms, capabilities: { [capability]: 'off' } }), testDeps());
    expect(poor.routesToRoom('duty').map((route) => route.channel)).toEqual(channels);
  });

  test('what the deployment lacks is left out', () => {
    const poor = createWecom(binding({ capabilities: { webhook: 'off', 'aibot.groupPush': 'off' } }), testDeps());
    expect(poor.routesToRoom('duty')).toEqual([]);
    expect(names(poor.routesToChat({ id: 'wrDuty', kind: 'group' }, 'zhangsan'))).toEqual(['wecom.robot wrDuty']);
  });

  test('people are known by their account however it is written; chats by their exact id', () => {
    expect([wecom.personOf('zhangsan'), wecom.personOf('ZHANGSAN'), wecom.personOf('wangwu')]).toEqual(['duty1', 'duty1', null]);
    expect([wecom.roomOf('wrDuty'), wecom.roomOf('wrduty')]).toEqual(['duty', null]);
  });
});
