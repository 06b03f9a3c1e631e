/** 入账, 检查, 变更, 销号: the four things people do with an entry of the registers. */
import { type Refusal, refuse } from '../../incident/refusal';
import { afterMinute } from '../../instant';
import type { RegisterKind } from '../../plans/profileSchema';
import type { PersonId } from '../../roster/roster';
import type { RegisterCommandOf } from '../commands';
import { deadlines } from '../deadlines';
import { isShort, type RegisterState } from '../state';
import { groundsOf, kindOf, latestReview } from '../times';
import { badReview, done, happened, mayKeep, office, type RegisterDecision, type Said, type Scene, toldTo } from './scene';

/** Refuses `no_such_kind`, `not_in_plan`, `not_authorised`, `text_required`, `no_such_person`, `due_passed`, `review_too_late`. */
export function enterItem(scene: Scene, said: Said<RegisterCommandOf<'EnterItem'>>): RegisterDecision {
  const { command, by, at } = said;
  const { n, about, title, owner, county, amount, incident } = command;
  const kind = kindOf(scene.rules, command.kind);
  const usage = '台账 种类 内容 @责任人';
  if (kind === null)
    return refuse('no_such_kind', '没有这一种台账。', `可选：${scene.rules.profile.register.map(({ zh }) => zh).join('、')}`);
  const grounds = groundsOf(scene.rules, kind);
  if (about !== null && !grounds.some(({ id }) => id === about))
    return refuse('not_in_plan', '预案的这一部分没有所写的条目。', grounds.map(({ zh }) => zh).join('、'));
  const may = mayKeep(scene, kind, about, county, at);
  if (!may.includes(by)) return refuse('not_authorised', '登记台账不在您的权限内。', usage, may);
  if (title === null) return refuse('text_required', '请写明内容。', usage);
  const wrong = unknownOwner(scene, owner) ?? badReview(scene, kind, command.nextAt, at);
  if (wrong !== null) return wrong;
  const nextAt = command.nextAt ?? latestReview(scene, kind, at);
  const item = { n, kind: kind.id, about, title, owner, county, amount, incident, nextAt };
  return happened({ ...done(said), type: 'ItemEntered', ...item, told: toldTo(said, [owner]) });
}

function unknownOwner({ roster }: Scene, owner: PersonId | null): Refusal | null {
  return owner === null || roster.people.has(owner) ? null : refuse('no_such_person', '通讯录里没有所写的责任人。', '@责任人');
}

/** Owner and keepers. Refuses `not_authorised`, `text_required`, `next_required`, `late_reason_required`, `due_passed`, `review_too_late`. */
export function checkItem(
  scene: Scene,
  state: RegisterState,
  kind: RegisterKind,
  said: Said<RegisterCommandOf<'CheckItem'>>,
): RegisterDecision {
  const { command, by, at } = said;
  const { amount, text } = command;
  const usage = `台账 ${state.n} 检查 情况`;
  const may = [state.owner, ...mayKeep(scene, kind, state.about, state.county, at)];
  if (!may.includes(by)) return refuse('not_authorised', '检查由责任人或台账管理人登记。', usage, may);
  const short = isShort(state.amount, amount);
  const inOrder = command.inOrder && !short;
  if (!inOrder && text === null) return refuse('text_required', '有问题的须写明情况和处理。', usage);
  if (!inOrder && command.nextAt === null) return refuse('next_required', '有问题的须写明复查日期。', `${usage} 复查日期`);
  const due = state.reviews.at(-1)?.dueAt;
  if (due !== undefined && afterMinute(at, due) && text === null) return refuse('late_reason_required', '检查已逾期，请写明原因。', usage);
  const wrong = badReview(scene, kind, command.nextAt, at);
  if (wrong !== null) return wrong;
  const nextAt = command.nextAt ?? latestReview(scene, kind, at);
  const told = toldTo(said, inOrder ? [state.owner] : [state.owner, ...office(scene)]);
  return happened({ ...done(said), type: 'ItemChecked', inOrder, short, amount, text, nextAt, told });
}

/** Keepers only. Refuses `not_authorised`, `nothing_changed`, `reason_required`, `no_such_person`, `due_passed`, `review_too_late`. */
export function changeItem(
  scene: Scene,
  state: RegisterState,
  kind: RegisterKind,
  said: Said<RegisterCommandOf<'ChangeItem'>>,
): RegisterDecision {
  const { command, by, at } = said;
  const { title, owner, amount, nextAt, reason } = command;
  const usage = `台账 ${state.n} 变更 内容 理由`;
  const may = mayKeep(scene, kind, state.about, state.county, at);
  if (!may.includes(by)) return refuse('not_authorised', '变更由台账管理人办理。', usage, may);
  if ([title, owner, amount, nextAt].every((part) => part === null)) return refuse('nothing_changed', '没有写明变更什么。', usage);
  if (reason === null) return refuse('reason_required', '变更须写明理由。', usage);
  const wrong = unknownOwner(scene, owner) ?? badReview(scene, kind, nextAt, at);
  if (wrong !== null) return wrong;
  const told = toldTo(said, [state.owner, ...(owner === null ? [] : [owner])]);
  return happened({ ...done(said), type: 'ItemChanged', title, owner, amount, nextAt, reason, told });
}

/** Keepers only, with a reason. Refuses `not_authorised`, `reason_required`; asks first and names what is overdue. */
export function closeItem(
  scene: Scene,
  state: RegisterState,
  kind: RegisterKind,
  said: Said<RegisterCommandOf<'CloseItem'>>,
): RegisterDecision {
  const { command, by, at } = said;
  const { reason } = command;
  const usage = `台账 ${state.n} 销号 理由`;
  const may = mayKeep(scene, kind, state.about, state.county, at);
  if (!may.includes(by)) return refuse('not_authorised', '销号由台账管理人办理。', usage, may);
  if (reason === null) return refuse('reason_required', '销号须写明理由。', usage);
  const late = deadlines(scene.rules, state).flatMap((row) => (row.status === 'open' && row.dueAt < at ? [row.key] : []));
  if (!command.confirmed) return { is: 'confirm', effect: `台账第${state.n}项销号，不再提醒检查`, pages: [], open: late };
  return happened({ ...done(said), type: 'ItemClosed', reason, told: toldTo(said, [state.owner]) });
}
