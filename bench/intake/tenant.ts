/** The invented enterprise whose callbacks are measured, and the callbacks themselves: encrypted and signed as the platform does it. */
import { encrypt, getSignature } from '@wecom/crypto';
import { WecomBinding } from '../../src/bot/wecom/settings';

/** Nothing listens at these addresses: intake alone is measured. */
export const BINDING = WecomBinding.parse({
  tenant: 'city',
  apiBase: 'http://127.0.0.1:9',
  wsUrl: 'ws://127.0.0.1:9',
  corpId: 'wwbenchcorp',
  agentId: 1000002,
  corpSecret: 'bench-only',
  callbackToken: 'BenchToken2026',
  callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  robot: { botId: 'BOT', secret: 'bench-only', name: '值班机器人' },
  rooms: {},
  people: {},
});

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
/** People who write; each is a conversation. */
const WRITERS = 200;

export interface Callback {
  /** `msg_signature`, `timestamp` and `nonce`. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The n-th message of a run: its id is the platform's, so the same `n` is a repeat of the same message. `seconds` is the moment of sending. */
export function callback(n: number, seconds: number): Callback {
  const encrypted = encrypt(BINDING.callbackAesKey, messageXml(n, seconds), BINDING.corpId);
  const timestamp = String(seconds);
  const nonce = String(1_000_000 + n);
  return {
    query: { msg_signature: getSignature(BINDING.callbackToken, timestamp, nonce, encrypted), timestamp, nonce },
    body: `<xml><ToUserName><![CDATA[${BINDING.corpId}]]></ToUserName><AgentID><![CDATA[${BINDING.agentId}]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

function messageXml(n: number, seconds: number): string {
  return [
    `<xml><ToUserName><![CDATA[${BINDING.corpId}]]></ToUserName>`,
    `<FromUserName><![CDATA[Writer${n % WRITERS}]]></FromUserName>`,
    `<CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType>`,
    `<Content><![CDATA[${REPORT}（${n}）]]></Content>`,
    `<MsgId>${7_000_000_000 + n}</MsgId><AgentID>${BINDING.agentId}</AgentID></xml>`,
  ].join('\n');
}
