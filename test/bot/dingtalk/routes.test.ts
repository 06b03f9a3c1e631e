import { describe, expect, test } from '@jest/globals';
import { createDingtalk } from '../../../src/bot/dingtalk';
import { testDeps } from '../wire/support';
import { binding } from './support';

const open = (changes: Record<string, unknown> = {}) => createDingtalk(binding({ cardTemplateId: 't.schema', ...changes }), testDeps());
const ding = open();
const names = (routes: readonly { channel: string; address: string }[]) => routes.map((route) => `${route.channel} ${route.address}`);

describe('where things are sent', () => {
  test('a room is shown by the robot, called by its webhook, else by a card', () => {
    expect(ding.routesToRoom('duty')).toEqual([
      { tenant: 'city', channel: 'dingtalk.group', address: 'cidDuty==', pages: false },
      { tenant: 'city', channel: 'dingtalk.webhook', address: 'duty', pages: true },
      { tenant: 'city', channel: 'dingtalk.card', address: 'cidDuty==', pages: true },
    ]);
    expect(ding.routesToRoom('nowhere')).toEqual([]);
    const bare = open({ rooms: { duty: { openConversationId: 'cidDuty==' } } });
    expect(names(bare.routesToRoom('duty'))).toEqual(['dingtalk.group cidDuty==', 'dingtalk.card cidDuty==']);
  });

  test('a person is met by the robot, then by a work notice; a stranger nowhere', () => {
    expect(names(ding.routesToPerson('duty1'))).toEqual(['dingtalk.single zhiban1', 'dingtalk.work duty1']);
    expect(ding.routesToPerson('guest1')).toEqual([]);
    expect(names(open({ agentId: undefined }).routesToPerson('duty1'))).toEqual(['dingtalk.single zhiban1']);
  });

  test('an answer goes back into the conversation it came from', () => {
    expect(names(ding.routesToChat({ id: 'cidDuty==', kind: 'group' }, 'zhiban1'))).toEqual([
      'dingtalk.group cidDuty==',
      'dingtalk.webhook duty',
      'dingtalk.card cidDuty==',
    ]);
    expect(names(ding.routesToChat({ id: 'cidOther==', kind: 'group' }, 'zhiban1'))).toEqual(['dingtalk.group cidOther==']);
    expect(names(ding.routesToChat({ id: 'zhiban1', kind: 'single' }, 'zhiban1'))).toEqual([
      'dingtalk.single zhiban1',
      'dingtalk.work duty1',
    ]);
    expect(names(ding.routesToChat({ id: 'stranger', kind: 'single' }, 'stranger'))).toEqual(['dingtalk.single stranger']);
  });

  test.each([
    ['robot.group', ['dingtalk.webhook', 'dingtalk.card']],
    ['webhook', ['dingtalk.group', 'dingtalk.card']],
    ['cards', ['dingtalk.group', 'dingtalk.webhook']],
  ] as const)('without %s the others are left', (capability, channels) => {
    expect(
      open({ capabilities: { [capability]: 'off' } })
        .routesToRoom('duty')
        .map(({ channel }) => channel),
    ).toEqual(channels);
  });

  test.each([
    ['robot.single', ['dingtalk.work']],
    ['work', ['dingtalk.single']],
  ] as const)('without %s a person is met the other way', (capability, channels) => {
    expect(
      open({ capabilities: { [capability]: 'off' } })
        .routesToPerson('duty1')
        .map(({ channel }) => channel),
    ).toEqual(channels);
  });

  test('every way leads over a channel that is there, and pages as its channel says', () => {
    for (const platform of [ding, open({ agentId: undefined, cardTemplateId: undefined })]) {
      const routes = [...platform.routesToRoom('duty'), ...platform.routesToPerson('duty1')];
      for (const { channel, pages } of routes) expect(platform.channels.find(({ id }) => id === channel)?.pages).toBe(pages);
    }
  });

  test('which rungs of the ladder there are follows from what the organisation has, and what it pays for is used only when it says so', () => {
    expect(ding.serves).toEqual({ strong_reminder: 'dingtalk.ding' });
    const bought = open({ capabilities: { 'ding.sms': 'on', 'ding.phone': 'probe' } });
    expect(bought.serves).toEqual({ strong_reminder: 'dingtalk.ding', sms: 'dingtalk.ding.sms', voice: 'dingtalk.ding.phone' });
    expect(open({ capabilities: { ding: 'off' } }).serves).toEqual({});
  });
});
