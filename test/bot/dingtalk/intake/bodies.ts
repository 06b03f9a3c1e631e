/** Bodies as the platform writes them, for tests of what is read from them. */
import { signOf } from '../../../../src/bot/dingtalk/intake/signature';
import type { DingtalkBinding } from '../../../../src/bot/dingtalk/settings';
import { NOW } from '../../wire/support';

type Fields = Readonly<Record<string, unknown>>;

/** A text to the robot in the duty group, with changes; `undefined` takes a field out. */
export function robotBody(changes: Fields = {}): Fields {
  return {
    conversationId: 'cidDuty==',
    atUsers: [{ dingtalkId: '$:LWCP_v1:$robot' }, { dingtalkId: '$:LWCP_v1:$x', staffId: 'daiban1' }],
    chatbotCorpId: 'dingcorp0001',
    chatbotUserId: '$:LWCP_v1:$robot',
    msgId: 'msg1==',
    senderNick: '值班员',
    isAdmin: false,
    senderStaffId: 'zhiban1',
    sessionWebhookExpiredTime: NOW + 5_400_000,
    createAt: String(NOW),
    senderCorpId: 'dingcorp0001',
    conversationType: '2',
    senderId: '$:LWCP_v1:$abc',
    conversationTitle: '值班群',
    isInAtList: true,
    sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?session=canary-session',
    text: { content: ' 在岗 ' },
    robotCode: 'dingappkey000001',
    msgtype: 'text',
    ...changes,
  };
}

/** A press on a card in the duty group, with changes. */
export function cardBody(changes: Fields = {}, pressed: Fields = { actionIds: ['ack'], params: { key: 'ack:1:2' } }): Fields {
  const content = JSON.stringify({ cardPrivateData: pressed });
  return {
    type: 'actionCallback',
    outTrackId: 'inc-7-card-1',
    userId: 'zhiban1',
    userIdType: 1,
    corpId: 'dingcorp0001',
    spaceType: 'im',
    spaceId: 'cidDuty==',
    extension: '{}',
    content,
    value: content,
    ...changes,
  };
}

/** The headers that prove a callback. */
export function proof(binding: DingtalkBinding, at = NOW): { timestamp: string; sign: string } {
  return { timestamp: String(at), sign: signOf(binding.clientSecret, String(at)) };
}
