/** Obligations as people speak of them: which are open, who owes them, to whom they are served, whether an act comes late. */
import { ASKED } from '../../deadlines/asks';
import type { Deadline } from '../../deadlines/deadline';
import { deadlines } from '../../deadlines/deadlines';
import { COUNTY } from '../../deadlines/owners';
import { DECISION } from '../../deadlines/work';
import { afterMinute, type Instant } from '../../instant';
import { kindZh, type Rulebook, TASK_DONE } from '../../plans/rulebook';
import type { PersonId } from '../../roster/roster';
import { keeping, unique } from '../audience';
import { countyPeople, peopleOf } from '../authority';
import { PAPER_RECEIPT, paperBehind, typedForPaper } from '../papers/find';
import { recordBehind, typedNext } from '../records/find';
import { type Refusal, refuse } from '../refusal';
import { PURGE } from '../retention';
import type { IncidentState } from '../state';
import type { Scene } from './scene';

/** The open obligation of this key, overdue or not; refuses `no_such_obligation`, `already_met`, `obligation_void`, and `is_an_ask` for what a person answers. */
export function openObligation(
  { rules }: Scene,
  state: IncidentState,
  key: string,
): { readonly is: 'open'; readonly row: Deadline } | Refusal {
  const rows = deadlines(rules, state).filter((row) => !ASKED.has(row.kind));
  const found = deadlines(rules, state).find((row) => row.key === key);
  if (found !== undefined && ASKED.has(found.kind))
    return refuse('is_an_ask', '这是点名等本人回复的，由本人回复收到。', `#${state.n} 收到`, [found.owner]);
  const open = rows.filter((row) => row.status === 'open').map((row) => kindZh(rules, row.kind));
  if (found === undefined)
    return refuse('no_such_obligation', `事件 #${state.n} 没有这项待办。`, open.length === 0 ? '' : `待办：${unique(open).join('、')}`);
  if (found.status === 'open') return { is: 'open', row: found };
  return found.status === 'void'
    ? refuse('obligation_void', `“${kindZh(rules, found.kind)}”已不再需要办理（${found.why}）。`, `#${state.n} 状态`)
    : refuse('already_met', `“${kindZh(rules, found.kind)}”已经办结，无须重复。`, `#${state.n} 状态`);
}

/** Who owes it now; an empty seat falls to the duty room. */
export function owing(scene: Scene, state: IncidentState, { owner }: Deadline, at: Instant): readonly PersonId[] {
  const { roster } = scene;
  if (roster.people.has(owner)) return [owner];
  const onDuty = owner === 'duty_officer' || owner === 'duty_leader' ? keeping(roster, owner, at) : [];
  const people = owner === COUNTY ? countyPeople(roster, state.county) : unique([...onDuty, ...peopleOf(scene, owner, state, at)]);
  return people.length > 0 ? people : unique([...keeping(roster, 'duty_officer', at), ...keeping(roster, 'duty_leader', at)]);
}

/** Parties outside the house to which the plan sends what a step asks for; what a county sends up itself is not ours. */
export function recipientsOf({ pack }: Rulebook, step: string): readonly string[] {
  const line = new Map(pack.parties.map((party) => [party.id, party.line]));
  const ours = pack.reporting_paths.filter((path) => path.deadlines.includes(step) && line.get(path.from) !== 'subordinate');
  return unique(ours.flatMap((path) => path.to.filter((id) => line.has(id))));
}

/** Names of parties as people read them. */
export function partiesZh({ pack }: Rulebook, ids: readonly string[]): string {
  return ids.map((id) => pack.parties.find((party) => party.id === id)?.zh ?? id).join('、');
}

/** Done after its minute: then a written reason is owed as well (procedure section 5). */
export function isLate({ dueAt }: Deadline, doneAt: Instant): boolean {
  return afterMinute(doneAt, dueAt);
}

/** Obligations that are met by deciding, answering or reporting itself, with what is typed for it. */
export const OWN_ACT: Readonly<Record<string, string>> = {
  [TASK_DONE]: '完成〔任务编号〕〔办理情况〕',
  [DECISION]: '启动',
  assess: '研判',
  oral_backfill: '确认口头批准',
  directive_feedback: '反馈〔批示编号〕〔办理情况〕',
  [PURGE]: '保存评估 销毁〔理由〕',
};

/** What is typed for the step a work record or a paper waits for, or for the receipt of a copy; null where a deadline is about neither. */
export function typedForWork(rules: Rulebook, state: IncidentState, row: Pick<Deadline, 'key' | 'kind'>): string | null {
  const record = recordBehind(state, row.key);
  if (record !== null) return typedNext(state, record);
  const paper = paperBehind(state, row);
  if (paper === null) return null;
  return row.kind === PAPER_RECEIPT ? `#${state.n} 文稿回执 ${paper.n}〔单位〕〔签收人〕〔时间〕` : typedForPaper(rules, state, paper);
}

/** What is typed when an obligation has been met: its own act, the record of a call, or 办结 with its name and moment. */
export function typedWhenMet(rules: Rulebook, state: IncidentState, row: Pick<Deadline, 'key' | 'kind'>): string {
  const { n } = state;
  const { kind } = row;
  const work = typedForWork(rules, state, row);
  if (work !== null) return work;
  if (ASKED.has(kind)) return `#${n} 收到`;
  if (BY_CALL.includes(kind)) return `#${n} 电话〔单位或姓名〕〔通话人〕〔时间〕〔内容〕`;
  return `#${n} ${OWN_ACT[kind] ?? `办结 ${kindZh(rules, kind)}〔时间〕`}`;
}

/** Steps that are met by word of mouth and its record. */
const BY_CALL: readonly string[] = ['phone_superior', 'tell_duty_leader'];
