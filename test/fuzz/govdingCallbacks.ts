/** Damaged callbacks of the government edition: each ends as a value with a known code, and nothing in one can change what the next one is. */
import { createGovding } from '../../src/bot/dingtalk/gov';
import { KEY } from '../bot/dingtalk/gov/simulated';
import { binding } from '../bot/dingtalk/gov/support';
import { NOW, testDeps } from '../bot/wire/support';
import { damageText, pick, type Roll } from './chance';
import { bend, PIECES } from './json';
import type { Target } from './target';

const CODES = ['bad_key', 'not_post', 'not_json', 'not_a_message', 'stale_message'];
/** As the one known implementation was seen to send it. */
export const HEARD = {
  ...{ msgId: 'm1', msgtype: 'text', text: { content: ' @值班机器人 收到 ' }, senderId: '11', conversationId: '501' },
  ...{ conversationType: '2', createAt: NOW, sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?session=s1' },
};

export const govdingCallbacks: Target = {
  name: 'govding-callbacks',
  cases: 1_000_000,
  open: async () => {
    const { intake } = createGovding(binding(), testDeps());
    return {
      expected: ['taken', 'bad_key', 'not_post', 'not_json', 'not_a_message', 'stale_message'],
      one: (roll) => {
        const reading = intake.read(callbackOf(roll));
        if (reading.is === 'refused') {
          if (!CODES.includes(reading.code)) throw new Error(JSON.stringify(reading));
          return reading.code;
        }
        const [message] = reading.is === 'taken' ? reading.messages : [];
        if (message === undefined || message.dedupeKey === '' || message.account === '' || message.chat.id === '')
          throw new Error(`taken without a sender, a place or a name: ${JSON.stringify(reading)}`);
        return reading.is;
      },
    };
  },
};

function callbackOf(roll: Roll) {
  const whole = roll(20) === 0 ? { ...HEARD, createAt: pick([0, 1, NOW + 3_600_000, String(NOW)], roll) } : HEARD;
  let text = JSON.stringify(roll(2) === 0 ? bend(whole, roll) : whole);
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  const key = roll(20) === 0 ? pick(['', 'x', '__proto__', `${KEY}x`, KEY.slice(1)], roll) : KEY;
  return {
    ...{ method: roll(40) === 0 ? ('GET' as const) : ('POST' as const), kind: 'robot', query: { key }, headers: {} },
    body: Buffer.from(text),
  };
}
