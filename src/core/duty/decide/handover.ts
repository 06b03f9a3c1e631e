/** 交接班: the sheet is made, one side hands over, the other takes over; no shift ends with a duty that nobody owes. */
import { unique } from '../../incident/audience';
import { type Confirm, type Refusal, refuse } from '../../incident/refusal';
import { holders, nameOf, type PersonId } from '../../roster/roster';
import type { DutyCommandOf } from '../commands';
import { deadlines, HANDOVER, momentsBy } from '../deadlines';
import type { HandoverSheet, Left, Obligation } from '../events';
import { relievedAt, seatsAt } from '../shifts';
import { type DutyState, seated, specialNow } from '../state';
import { type DutyDecision, done, happened, type Said, type Scene, toldBeside } from './scene';

/** Refuses `already_handed_over`, `not_authorised`, `nobody_relieves`, `unowned_deadline`. A later sheet takes the place of the one before. */
export function prepareHandover(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'PrepareHandover'>>): DutyDecision {
  const { command, at } = said;
  const { obligations, documents, equipment, notes } = command;
  const refused = notLeaving(state, said) ?? unowned(scene, obligations);
  if (refused !== null) return refused;
  const begins = Math.max(at, state.until ?? at);
  const to = seatsAt(scene.roster, begins);
  if (seated(to, 'duty_officer').every((person) => seated(state.seats, 'duty_officer').includes(person)))
    return refuse(
      'nobody_relieves',
      '值班表上没有接班的值班员，接班前不得离岗。',
      '请应急办补排，或输入：顶班 @人 理由',
      holders(scene.roster, 'emergency_office'),
    );
  const own = ownOpen(scene, state).map((row) => row.key);
  const sheet: HandoverSheet = { to, until: relievedAt(scene.roster, begins), obligations, own, documents, equipment, notes };
  return happened({
    ...done(said),
    type: 'HandoverPrepared',
    sheet,
    told: toldBeside(
      scene,
      said,
      to.map((seat) => seat.person),
    ),
  });
}

/** What the duty room itself still owes besides this hand-over and the digests, which are nobody's. */
function ownOpen({ rules }: Scene, state: DutyState) {
  return deadlines(rules, state).filter((row) => row.status === 'open' && row.key !== HANDOVER && row.kind !== 'digest');
}

function notLeaving(state: DutyState, { by }: Said): Refusal | null {
  const officers = seated(state.seats, 'duty_officer');
  if (state.status === 'handed_over')
    return refuse('already_handed_over', '本班已经交班，等接班人确认。', '接班', seated(state.sheet?.to ?? [], 'duty_officer'));
  return officers.includes(by)
    ? null
    : refuse('not_authorised', '交班由本班值班员办理；替人值班请先输入：顶班 @缺岗人 理由。', '交班', officers);
}

/** Names what lacks an owner, so that somebody can be named for it. */
function unowned({ roster }: Scene, obligations: readonly Obligation[]): Refusal | null {
  const lost = obligations.filter(({ people }) => !people.some((person) => roster.people.has(person)));
  if (lost.length === 0) return null;
  const of = unique(lost.map(({ n }) => `#${n}`)).join('、');
  return refuse(
    'unowned_deadline',
    `有 ${lost.length} 项时限没有责任人（事件 ${of}），不能交接班。`,
    `先指定责任人：${of.split('、')[0]} 任务 @人 内容`,
  );
}

/** The leaving side confirms. Refuses `handover_not_prepared`, `sheet_outdated`, `unowned_deadline` and as above; asks first. */
export function handOver(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'HandOver'>>): DutyDecision {
  const { obligations, confirmed } = said.command;
  const { sheet } = state;
  const refused = notLeaving(state, said);
  if (refused !== null) return refused;
  if (sheet === null) return refuse('handover_not_prepared', '还没有交接班单。', '先输入：交接班单');
  const listed = new Set(sheet.obligations.map(keyOf));
  const added = obligations.filter((o) => !listed.has(keyOf(o)));
  if (added.length > 0)
    return refuse(
      'sheet_outdated',
      `交接班单之后又有 ${added.length} 项未办事项（事件 ${unique(added.map(({ n }) => `#${n}`)).join('、')}）。`,
      '重新输入：交接班单',
    );
  const refusedNow = unowned(scene, obligations);
  if (refusedNow !== null) return refusedNow;
  const officers = seated(sheet.to, 'duty_officer');
  const names = officers.map((person) => nameOf(scene.roster, person)).join('、');
  if (!confirmed) return asksFirst(`向${names}交班，对方确认接班后本班结束`, officers, sheet);
  return happened({
    ...done(said),
    type: 'HandedOver',
    to: officers,
    told: toldBeside(
      scene,
      said,
      sheet.to.map((seat) => seat.person),
    ),
  });
}

function keyOf({ n, key }: Obligation): string {
  return `#${n} ${key}`;
}

function asksFirst(effect: string, pages: readonly PersonId[], { obligations, own }: HandoverSheet): Confirm {
  return { is: 'confirm', effect, pages, open: [...obligations.map(keyOf), ...own] };
}

/** The coming side confirms. Refuses `not_handed_over`, `not_relieving`, `own_handover`, `unowned_deadline`; asks first. */
export function takeOver(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'TakeOver'>>): DutyDecision {
  const { by, command, at } = said;
  const coming = notComing(state, by);
  if (coming.is === 'refusal') return coming;
  const refused = unowned(scene, command.obligations);
  if (refused !== null) return refused;
  const { sheet } = coming;
  if (!command.confirmed) return asksFirst(`接第${state.n}班，清单所列事项由您承接`, [], sheet);
  const told = toldBeside(scene, said, unique([...state.seats, ...sheet.to].map((seat) => seat.person)));
  return happened({ ...done(said), type: 'TakenOver', left: leftBy(scene, state, sheet, at), told });
}

function notComing(
  { seats, sheet, handedOver }: DutyState,
  by: PersonId,
): Refusal | { readonly is: 'coming'; readonly sheet: HandoverSheet } {
  if (sheet === null || handedOver === null)
    return refuse('not_handed_over', '交班人还没有确认交班。', '请交班人先输入：交班', seated(seats, 'duty_officer'));
  const officers = seated(sheet.to, 'duty_officer');
  if (!officers.includes(by))
    return refuse('not_relieving', '您不是这一班的接班人；替人接班请先输入：顶班 @接班人 理由。', '接班', officers);
  return handedOver.by === by
    ? refuse(
        'own_handover',
        '交班和接班不能由同一人确认。',
        '',
        officers.filter((p) => p !== by),
      )
    : { is: 'coming', sheet };
}

/** With a reason; the leaving side stays. Refuses `not_handed_over`, `not_relieving`, `own_handover`, `reason_required`. */
export function refuseTakeOver(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'RefuseTakeOver'>>): DutyDecision {
  const { by, command } = said;
  const coming = notComing(state, by);
  if (coming.is === 'refusal') return coming;
  const { reason } = command;
  if (reason === null) return refuse('reason_required', '不接班须写明缺什么。', '拒接班 理由');
  return happened({
    ...done(said),
    type: 'TakeOverRefused',
    reason,
    told: toldBeside(
      scene,
      said,
      state.seats.map((seat) => seat.person),
    ),
  });
}

/** Overdue zero reports, and a digest of the very minute, go over as they are; what is still to come goes on from what was done and rung. */
function leftBy(scene: Scene, state: DutyState, sheet: HandoverSheet, at: number): Left {
  const rows = momentsBy(scene.rules, state, at);
  const late = rows.filter((row) => row.status === 'open' && row.dueAt <= at);
  const ahead = rows.filter((row) => row.dueAt > at);
  return {
    shift: state.n,
    seats: sheet.to,
    until: sheet.until,
    special: specialNow(state, at),
    carried: late.flatMap(({ key, kind, owner, baseAt, dueAt, stage }) =>
      kind === 'zero_report' || kind === 'zero_report_upward' || kind === 'digest' ? [{ key, kind, owner, baseAt, dueAt, stage }] : [],
    ),
    done: Object.fromEntries(ahead.flatMap(({ key }) => (state.done[key] === undefined ? [] : [[key, state.done[key]]]))),
    rings: Object.fromEntries(ahead.flatMap(({ key, stage }) => (stage > 0 ? [[key, stage]] : []))),
    noted: state.noted,
    swaps: Object.values(state.swaps).filter(
      ({ stage, mine, theirs }) => (stage === 'asked' || stage === 'consented') && Math.min(mine, theirs ?? mine) > at,
    ),
  };
}
