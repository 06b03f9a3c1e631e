/** The tenant for the tests of the adapter. */
import { DingtalkBinding } from '../../../src/bot/dingtalk/settings';

export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** A whole binding, with changes. */
export function binding(changes: Record<string, unknown> = {}): DingtalkBinding {
  return DingtalkBinding.parse({
    tenant: 'city',
    apiBase: 'http://127.0.0.1:9',
    oapiBase: 'http://127.0.0.1:9',
    corpId: 'dingcorp0001',
    clientId: 'dingappkey000001',
    clientSecret: 'canary-app-secret',
    robotCode: 'dingappkey000001',
    robotName: '值班机器人',
    agentId: 1_000_000_001,
    event: { token: 'canary-event-token', aesKey: AES_KEY },
    rooms: { duty: { openConversationId: 'cidDuty==', webhook: { accessToken: 'canary-webhook', secret: 'SECcanary' } } },
    people: { duty1: 'zhiban1', leader1: 'daiban1' },
    ...changes,
  });
}
