/** What the calendar gives the duty room to think of: a year nobody has arranged yet, a holiday that begins in a few days. */
import { dayOf, daysBetween, nextHoliday, yearWanted } from '../calendar/calendar';
import { dutyRooms, keeping, unique } from '../incident/audience';
import type { Scene } from '../incident/decide/scene';
import { DAY, type Instant } from '../instant';
import { gapsIn } from '../roster/gaps';
import { calendarOf, holders } from '../roster/roster';
import type { CalendarNote, DutyEvent } from './events';
import type { DutyState } from './state';

/** A missing year is said again after so long, until it is there. */
const AGAIN = 7 * DAY;
/** So many days ahead a holiday is prepared. */
const AHEAD_DAYS = 3;

/** One note of one thing, whenever it is made. */
export function noteId(note: CalendarNote): string {
  return note.is === 'year_wanted' ? `year:${note.year}` : `holiday:${note.holiday.from}`;
}

/** At most one event: what is to be said now and has not been said lately. A year goes to those who keep the files, a holiday to the duty room too. */
export function calendarNoted(scene: Scene, { noted }: DutyState, at: Instant): readonly DutyEvent[] {
  const { roster } = scene;
  const notes = notesAt(scene, at).filter((note) => {
    const last = noted[noteId(note)];
    return last === undefined || (note.is === 'year_wanted' && at - last >= AGAIN);
  });
  if (notes.length === 0) return [];
  const holiday = notes.some(({ is }) => is === 'holiday_near');
  const keepers = [...holders(roster, 'emergency_office'), ...(holiday ? keeping(roster, 'duty_leader', at) : holders(roster, 'sysadmin'))];
  return [{ type: 'CalendarNoted', v: 1, notes, told: { rooms: holiday ? dutyRooms(roster) : [], people: unique(keepers) } }];
}

function notesAt({ roster }: Scene, at: Instant): readonly CalendarNote[] {
  const calendar = calendarOf(roster);
  // An office without any files has chosen to do without.
  if (calendar.size === 0) return [];
  const today = dayOf(at);
  const wanted = yearWanted(calendar, today);
  const next = nextHoliday(calendar, today);
  const near = next !== null && daysBetween(today, next.from) <= AHEAD_DAYS;
  return [
    ...(wanted === null ? [] : [{ is: 'year_wanted' as const, ...wanted }]),
    ...(near ? [{ is: 'holiday_near' as const, holiday: next, gaps: gapsIn(roster, next.from, next.until) }] : []),
  ];
}
