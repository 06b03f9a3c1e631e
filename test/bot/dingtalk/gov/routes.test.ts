/** Where things are sent on the government edition. */
import { describe, expect, test } from '@jest/globals';
import { createGovding } from '../../../../src/bot/dingtalk/gov';
import { testDeps } from '../../wire/support';
import { binding } from './support';

const govding = (changes: Record<string, unknown> = {}) => createGovding(binding(changes), testDeps());
const names = (routes: readonly { channel: string; address: string }[]) => routes.map((route) => `${route.channel} ${route.address}`);

describe('where things are sent', () => {
  test('a room is told by its robot, then in the sender’s name; without either it has no way', () => {
    expect(names(govding().routesToRoom('duty'))).toEqual(['govding.group duty']);
    expect(names(govding().routesToRoom('hq'))).toEqual([]);
    const sender = govding({ senderAccountId: '99' });
    expect(names(sender.routesToRoom('duty'))).toEqual(['govding.group duty', 'govding.chat 501']);
    expect(names(sender.routesToRoom('hq'))).toEqual(['govding.chat 502']);
    expect(sender.routesToRoom('nowhere')).toEqual([]);
  });

  test('a person is met by a work notice, then by the robot; a stranger nowhere', () => {
    expect(names(govding().routesToPerson('leader1'))).toEqual(['govding.work leader1', 'govding.single leader1']);
    expect(govding().routesToPerson('guest1')).toEqual([]);
  });

  test('an answer goes back into the conversation it came from, to strangers too', () => {
    expect(names(govding().routesToChat({ id: '501', kind: 'group' }, 'GE_d1'))).toEqual(['govding.group duty']);
    expect(names(govding().routesToChat({ id: '777', kind: 'single' }, 'GE_d1'))).toEqual(['govding.single duty1']);
    expect(names(govding().routesToChat({ id: '777', kind: 'single' }, '4711'))).toEqual(['govding.single 4711']);
  });

  test('what is switched off is no way', () => {
    const bare = govding({ senderAccountId: '99', capabilities: { work: 'off', 'robot.group': 'off', chat: 'off' } });
    expect(bare.routesToRoom('duty')).toEqual([]);
    expect(names(bare.routesToPerson('duty1'))).toEqual(['govding.single duty1']);
  });

  test('a person is known by employee code and by account', () => {
    expect(['GE_d1', '11', 'GE_l1', '12'].map((account) => govding().personOf(account))).toEqual(['duty1', 'duty1', 'leader1', null]);
  });
});
