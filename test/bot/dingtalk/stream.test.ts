/** The long connection on the simulated platform. */
import { afterEach, beforeEach, describe, test } from '@jest/globals';
import { until } from '../wire/support';
import { type Simulated, simulate } from './simulated';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate();
});
afterEach(() => sim.close());

describe('in stream mode', () => {
  test('what is said to the robot in a group is heard', async () => {
    await sim.connect();
    await sim.say('dm:duty1', 'duty1', '在岗');
    await until(() => sim.taken.length === 1);
    const n = () => sim.taken.length;
    const log: unknown[] = [];
    for (const [call, body] of [
      ['api/send', { room: 'dm:duty1', from: 'duty1', kind: 'file', name: 'a.pdf', data: 'AAAA' }],
      [
        'api/send',
        {
          room: 'dm:duty1',
          from: 'duty1',
          kind: 'voice',
          name: 'a.amr',
          data: Buffer.from('#!AMR\n').toString('base64'),
          transcript: '我到岗了',
        },
      ],
      ['api/send', { room: 'dm:duty1', from: 'duty1', kind: 'image', name: 'a.png', data: 'AAAA' }],
      ['api/send', { room: 'duty', from: 'duty1', kind: 'mixed', text: '现场图', pictures: [{ name: 'a.png', data: 'AAAA' }] }],
      ['api/enter', { room: 'dm:duty1', from: 'duty1' }],
      ['api/enter', { room: 'duty', from: 'duty1' }],
      ['api/event', { event: 'chat_add_member' }],
      ['api/event', { event: 'chat_add_member', room: 'duty', from: 'duty1' }],
      ['api/event', { event: 'chat_add_member', room: 'duty', person: 'duty1', fields: {} }],
      ['api/event', { event: 'user_leave_org', fields: { userId: ['DtDuty1'] } }],
      ['api/robot-in-room', { room: 'duty', inside: true }],
      ['api/robot-in-room', { room: 'duty' }],
      ['api/robot-in-room', { room: 'duty', here: true }],
      ['api/standing', { person: 'duty1', bogus: 1 }],
      ['api/standing', { person: 'duty1' }],
      ['api/auth-code', { person: 'duty1' }],
      ['api/card-templates', { bogus: 1 }],
      ['api/read', { bogus: 1 }],
      ['event-callback-url', { url: 'http://127.0.0.1:1/x', bogus: 1 }],
    ] as const) {
      const before = n();
      const end = await sim.post(call, body);
      await new Promise((r) => setTimeout(r, 120));
      log.push([call, JSON.stringify(body), JSON.stringify(end), JSON.stringify(sim.taken.slice(before))].join(' | '));
    }
    process.stderr.write(`${log.join('\n')}\n${sim.deps.lines.join('\n')}\n`);
  });
});
