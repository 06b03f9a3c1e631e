/** Posts nobody fills and people nobody can reach: said in the room as what they are, a fault to be mended by telephone. */
import { countyRooms, isLost } from '../../incident/audience';
import { countyPeople } from '../../incident/authority';
import type { AskState } from '../../incident/state';
import { maskedPhone } from '../../privacy/mask';
import { holders, onDuty, type PersonId } from '../../roster/roster';
import { type Line, open, type Part, summary } from '../message';
import { countyText, people, person, type View } from './view';

/** What is missing on duty and in the county when a report comes in. Empty where everything is in order. */
export function dutyPosts(view: View): readonly Line[] {
  const { roster, state, now } = view;
  const { county } = state;
  const headless = county !== null && countyRooms(roster, county).length > 0 && holders(roster, 'territorial_head', county).length === 0;
  return [
    ...ROLES.flatMap(([role, zh]) => (onDuty(roster, role, now).length > 0 ? [] : [open(`空岗：值班表上现在没有${zh}，请立即安排`)])),
    ...(headless ? [vacantHead(view, countyPeople(roster, county))] : []),
  ];
}

const ROLES = [
  ['duty_officer', '值班员'],
  ['duty_leader', '带班领导'],
] as const;

function vacantHead(view: View, others: readonly PersonId[]): Line {
  const where = `空岗：${countyText(view) ?? '属地'}没有登记负责人`;
  return others.length === 0
    ? open(`${where}，也没有其他人员，请电话联系属地`)
    : open(`${where}，已通知：`, ...people(view, others.slice(0, 1)));
}

/** Groups called without a leader. */
export function groupPosts(view: View, asks: readonly AskState[]): readonly Line[] {
  const called = new Set(asks.map((ask) => ask.group));
  return view.rules.pack.groups.flatMap(({ id, zh }) =>
    called.has(id) && holders(view.roster, 'group_leader', id).length === 0 ? [open(`空岗：${zh}没有登记负责人，请立即指定`)] : [],
  );
}

/** Whom no platform reaches, each with the number to dial, masked. */
export function lostLines(view: View, asks: readonly AskState[]): readonly Line[] {
  const lost = [...new Set(asks.map((ask) => ask.person))].filter((one) => isLost(view.roster, one));
  return lost.map((one) => summary('联系不上：', person(view, one), ...dial(view, one)));
}

function dial({ roster }: View, one: PersonId): readonly (Part | string)[] {
  const phone = roster.people.get(one)?.phone ?? null;
  return [`没有可用的平台账号，请电话通知（${phone === null ? '未登记号码' : maskedPhone(phone)}，完整号码见值班通讯录）`];
}
