/** A platform's month running out, in words: how much is left, what becomes of messages then, who can mend it. */
import type { DutyEventOf } from '../../../duty/events';
import type { LadderPort } from '../../../plans/profileSchema';
import { type Message, open, quote } from '../../message';

/** From this share on only what is urgent may use the rest. */
const URGENT_ONLY = 90;

/** What runs out, and what its pieces are counted in. */
const OF: Readonly<Record<LadderPort | 'calls', readonly [what: string, unit: string]>> = {
  calls: ['接口调用', '次'],
  strong_reminder: ['强提醒', '条'],
  sms: ['短信提醒', '条'],
  voice: ['电话提醒', '次'],
};

/** Always owed: it was true when it was noted. */
export function allowanceNote({ platform, port, percent, used, allowed }: DutyEventOf<'AllowanceNoted'>): Message {
  const [what, unit] = OF[port ?? 'calls'];
  return {
    ref: null,
    heading: '平台调用量提示',
    lines: [
      open('平台“', quote(platform), `”本月${what}已过 ${percent}%：${used} ${unit}，全月 ${allowed} ${unit}。${next(port, percent)}`),
      open('请系统管理员增购，或等下月一日恢复。'),
    ],
    mentions: [],
    buttons: [],
  };
}

function next(port: LadderPort | undefined, percent: number): string {
  if (port !== undefined) return '用完后这一种不再发出，催办改走下一种方式；没有下一种的，在送达情况里写明。';
  return percent >= URGENT_ONLY
    ? '余量只留给紧急消息；其他通知改走不计次的通道，没有这种通道的发不出去，会在送达情况里写明。'
    : `到 ${URGENT_ONLY}% 时余量只留给紧急消息。`;
}
