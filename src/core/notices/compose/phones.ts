/** Words for telephones: what a short message or a voice says, pointers only, and what the duty room reads when nothing arrived. */
import type { Unreached } from '../../incident/events/work';
import { hasEnded, openAsks } from '../../incident/state';
import { categoryOf, kindZh } from '../../plans/rulebook';
import { maskedPhone } from '../../privacy/mask';
import { onDuty, type PersonId } from '../../roster/roster';
import type { Intent } from '../intent';
import { type Line, type Message, open, type Part, press, summary } from '../message';
import { stillOpen } from './rings';
import { clockText, countyText, message, people, person, type View } from './view';

/** Number, category, county, what is due when, what to do: nothing else leaves by telephone (decisions.md section 6). Null when it was done meanwhile. */
export function byPhone(view: View, intent: Intent): Message | null {
  const due = stillOpen(view, intent);
  const [first] = due;
  if (first === undefined) return null;
  const category = categoryOf(view.rules, view.state.suggestion.category)?.zh ?? view.rules.pack.short_title;
  const kinds = [...new Set(due.map((d) => kindZh(view.rules, d.kind)))].join('、');
  const soonest = Math.min(...due.map((d) => d.dueAt));
  const isLate = view.now >= soonest;
  return message(view, [category, countyText(view)].filter((word) => word !== null).join('，'), [
    open(`${kinds}${isLate ? '已逾期，应于' : '请于'} ${clockText(soonest, view.now)} ${isLate ? '完成' : '前完成'}`),
    open('请在工作群或私信中', press('点按钮，或'), ` @机器人 回复：#${view.state.n} 收到`),
  ]);
}

/** Whom to ring because nothing arrived there. Null when all of them have answered meanwhile. */
export function notReached(view: View, intent: Intent): Message | null {
  const waiting = new Set(openAsks(view.state).map((ask) => ask.person));
  const asked = new Set(Object.values(view.state.asks).map((ask) => ask.person));
  const tried = (intent.tried ?? []).filter(({ person: id }) => waiting.has(id) || !asked.has(id));
  if (tried.length === 0 || hasEnded(view.state)) return null;
  const called = Object.values(view.state.asks).filter((ask) => ask.version === intent.version);
  const unfilled = (intent.unfilled ?? []).filter((id) => waiting.has(id));
  const others = intent.people.filter((id) => !tried.some((t) => t.person === id));
  return message(
    view,
    '消息未送达，请电话联系',
    [
      open('以下人员没有收到，不作为本人未回复：'),
      ...tried.map((one) => triedLine(view, one)),
      ...(called.length === 0 ? [] : [summary('已叫替补：', ...people(view, [...new Set(called.map((a) => a.person))]))]),
      ...(unfilled.length === 0 ? [] : [summary('没有登记替补：', ...people(view, unfilled), '，请另行指派')]),
      ...others.map((id) => summary('也可联系：', ...dialParts(view, id))),
    ],
    intent.leg === 'page' ? { mentions: onDuty(view.roster, 'duty_officer', view.now) } : {},
  );
}

function triedLine(view: View, { person: id, by, code }: Unreached): Line {
  return summary(...dialParts(view, id), `　${WAYS[by]}：${WHY[code] ?? `被拒收（${code}）`}`);
}

function dialParts(view: View, id: PersonId): readonly (Part | string)[] {
  const phone = view.roster.people.get(id)?.phone ?? null;
  return [person(view, id), `　电话 ${phone === null ? '未登记' : maskedPhone(phone)}（完整号码见值班通讯录）`];
}

const WAYS: Readonly<Record<Unreached['by'], string>> = { chat: '私信', room: '群消息', sms: '短信', voice: '语音电话' };
const WHY: Readonly<Record<string, string>> = {
  unreachable: '没有登记账号或号码',
  no_account: '没有登记账号',
  no_number: '没有登记号码',
  number_wrong: '号码有误或已停用',
  phone_off: '关机或不在服务区',
  carrier_down: '通道故障，没有发出',
  quota: '本月额度已用完，没有发出',
};
