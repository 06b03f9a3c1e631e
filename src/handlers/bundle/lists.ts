/** The lists of an incident as tables for people: who was called and answered, what was sent, what was due. */

import type { Deadline } from '../../core/deadlines/deadline';
import { boardOf } from '../../core/incident/board';
import type { IncidentState } from '../../core/incident/state';
import { type Instant, localMinute } from '../../core/instant';
import type { Dossier } from '../../ports/dossiers';
import type { Sheet } from '../../ports/files';
import type { DeliveryView } from '../../ports/views';

type People = Dossier['people'];

const STANDING_ZH = { waiting: '未答复', acknowledged: '已确认', cannot_come: '不能到场', stood_down: '已免' } as const;
const DELIVERY_ZH: Readonly<Record<DeliveryView['state'], string>> = {
  ...{ queued: '待发', held: '暂缓', sending: '发送中', accepted: '平台已收', delivered: '已送达' },
  ...{ read: '已读', refused: '被拒', unknown: '不明', cancelled: '已取消' },
};
const DEADLINE_ZH: Readonly<Record<Deadline['status'], string>> = { open: '未到期', met: '已办结', missed: '已超时', void: '已取消' };

/** 点名册 */
export function rollCallSheet(n: number, state: IncidentState, people: People): Sheet {
  const rows = boardOf(state).map((row) => [
    nameOf(people, row.person),
    people.get(row.person)?.post ?? '',
    row.group ?? '',
    row.standInFor === null ? '' : nameOf(people, row.standInFor),
    shown(row.askedAt),
    STANDING_ZH[row.standing],
    shown(row.answeredAt),
    row.answerMinutes,
    shown(row.arrivedAt),
  ]);
  const columns = ['姓名', '职务', '组', '替补何人', '通知时间', '答复', '答复时间', '答复用时（分）', '到场时间'];
  return { name: `事件${n}点名册`, columns, rows };
}

/** What was owed to whom and how it ended, without the words. */
export function deliveriesSheet(
  name: string,
  deliveries: readonly (DeliveryView & { readonly n?: number | null })[],
  people: People,
): Sheet {
  const rows = deliveries.map((one) => [
    one.n ?? null,
    addresseeZh(people, one.addressee),
    one.purpose,
    one.channel,
    shown(one.at),
    DELIVERY_ZH[one.state],
    one.reason ?? '',
  ]);
  return { name, columns: ['事件', '收件人', '事由', '途径', '时间', '状态', '原因'], rows };
}

/** Every obligation with its ground. */
export function deadlinesSheet(n: number, deadlines: readonly Deadline[]): Sheet {
  const rows = deadlines.map((one) => [
    one.key,
    one.owner,
    shown(one.baseAt),
    shown(one.dueAt),
    DEADLINE_ZH[one.status],
    one.basis,
    one.why,
  ]);
  return { name: `事件${n}时限`, columns: ['事项', '责任', '起算', '到期', '状态', '依据', '说明'], rows };
}

/** 2026-03-05 08:30 on a Shanghai clock; empty for none. */
export function shown(at: Instant | null): string {
  return at === null ? '' : localMinute(at).replace('T', ' ');
}

function nameOf(people: People, person: string): string {
  return people.get(person)?.name ?? person;
}

function addresseeZh(people: People, addressee: string): string {
  const person = /^person:(.+)$/.exec(addressee)?.[1];
  return person === undefined ? addressee.replace(/^room:/, '群 ') : nameOf(people, person);
}
