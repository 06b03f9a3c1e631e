/** A month of the roster was imported: to a person his own days, to the duty room how many changed. */
import { dayOf } from '../../../calendar/calendar';
import type { DutyEventOf } from '../../../duty/events';
import { dayZh, monthZh, ROLE_ZH } from '../../../roster/month/days';
import type { Intent } from '../../intent';
import { type Line, type Message, open, summary } from '../../message';
import { people } from '../view';
import type { DutyView } from './view';

/** So many days are named one by one. */
const MOST = 12;

/** Always owed: the roster changed then. */
export function rosterNote(view: DutyView, { to }: Intent, event: DutyEventOf<'RosterImported'>): Message {
  const heading = `${monthZh(event.month)}值班表已导入`;
  const reader = 'person' in to ? to.person : null;
  const own = reader === null ? [] : ownLines(event, reader);
  return { ref: null, heading, lines: [...own, ...changeLines(view, event)], mentions: [], buttons: [] };
}

/** When this person is on duty in that month. */
function ownLines({ changes, shifts, month }: DutyEventOf<'RosterImported'>, reader: string): readonly Line[] {
  const mine = shifts.filter(({ person }) => person === reader).map(({ from, role }) => `${dayZh(dayOf(from))}（${ROLE_ZH[role]}）`);
  const lost = changes.filter(({ before, after }) => before.includes(reader) && !after.includes(reader)).length;
  return [
    open(mine.length === 0 ? `您在 ${monthZh(month)} 没有排班` : `您的班：${mine.join('、')}`),
    ...(lost === 0 ? [] : [open(`原来的 ${lost} 个班改由他人值`)]),
  ];
}

function changeLines(view: DutyView, { changes }: DutyEventOf<'RosterImported'>): readonly Line[] {
  const shown = changes.slice(0, MOST);
  return [
    open(`与原值班表不同的 ${changes.length} 处：`),
    ...shown.map(({ day, role, before, after }) =>
      summary(`${dayZh(day)} ${ROLE_ZH[role]}：`, ...named(view, before), ' → ', ...named(view, after)),
    ),
    ...(changes.length > MOST ? [open(`另有 ${changes.length - MOST} 处`)] : []),
  ];
}

function named(view: DutyView, who: readonly string[]) {
  return who.length === 0 ? ['未排'] : people(view, who);
}
