/** A binding of the government edition that leads nowhere, for tests that need no platform. */
import { GovdingBinding } from '../../../../src/bot/dingtalk/gov/settings';
import { KEY } from './simulated';

/** What an office writes, before defaults. */
export function written(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    tenant: 'city-gov',
    base: 'http://127.0.0.1:9',
    appKey: 'fenghuo-key',
    appSecret: 'canary-app-secret',
    tenantId: '100000',
    robotName: '值班机器人',
    callbackKey: KEY,
    rooms: { duty: { chatId: '501', robotToken: 'canary-robot-token' }, hq: { chatId: '502' } },
    people: { duty1: { employeeCode: 'GE_d1', accountId: '11' }, leader1: { employeeCode: 'GE_l1' } },
    capabilities: { 'robot.hears': 'on', 'session.reply': 'on' },
    ...changes,
  };
}

export function binding(changes: Record<string, unknown> = {}): GovdingBinding {
  return GovdingBinding.parse(written(changes));
}
