/** A platform's month running out, in words: how much is left, what becomes of messages then, who can mend it. */
import type { DutyEventOf } from '../../../duty/events';
import { type Message, open, quote } from '../../message';

/** From this share on only what is urgent may use the rest. */
const URGENT_ONLY = 90;

/** Always owed: it was true when it was noted. */
export function allowanceNote({ platform, percent, used, allowed }: DutyEventOf<'AllowanceNoted'>): Message {
  const next =
    percent >= URGENT_ONLY
      ? '余量只留给紧急消息；其他通知改走不计次的通道，没有这种通道的发不出去，会在送达情况里写明。'
      : `到 ${URGENT_ONLY}% 时余量只留给紧急消息。`;
  return {
    ref: null,
    heading: '平台调用量提示',
    lines: [
      open('平台“', quote(platform), `”本月接口调用已过 ${percent}%：${used} 次，全月 ${allowed} 次。${next}`),
      open('请系统管理员增购，或等下月一日恢复。'),
    ],
    mentions: [],
    buttons: [],
  };
}
