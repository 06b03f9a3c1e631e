/** Which incidents a room may see: the duty room all, a command room its plan, a county its own and what it was asked about. What a person may is in `core/rights`. */
import { holds, type PersonId, type Room, type Roster } from '../roster/roster';
import { hasAnyRole, keepsDuty } from './authority';
import type { IncidentState } from './state';

export function visibleInRoom(room: Room, state: IncidentState): boolean {
  switch (room.kind) {
    case 'duty':
    case 'leader':
      return true;
    case 'command':
      return room.plans.includes(state.plan);
    case 'county':
      return state.county === room.county || state.reportedRoom === room.id || askedIn(room, state);
    case 'group':
    case 'incident':
    case 'private':
      return askedIn(room, state);
    default:
      return room.kind satisfies never;
  }
}

/** May the person be given work in it, which then lets him read it: staff of the city any, county people that of their own county. */
export function mayBeGivenWork(roster: Roster, person: PersonId, state: IncidentState): boolean {
  if (keepsDuty(roster, person)) return true;
  if (!hasAnyRole(roster, person) || holds(roster, person, 'sysadmin')) return false;
  const member = state.members?.[person];
  if (member !== undefined && member.is === 'added') return true;
  if (state.reportedBy === person || Object.values(state.asks).some((ask) => ask.person === person)) return true;
  const county = roster.grants.find((g) => g.person === person && g.role.startsWith('territorial_'));
  return county === undefined || (state.county !== null && holds(roster, person, county.role, state.county));
}

function askedIn({ id }: Room, { asks }: IncidentState): boolean {
  return Object.values(asks).some((ask) => ask.room === id);
}
