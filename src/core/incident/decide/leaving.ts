/** Who hears that an incident leaves the main course: the duty room and the county that had something to do. */
import type { RoomId } from '../../roster/roster';
import { countyRooms, dutyRooms, incidentRooms } from '../audience';
import type { IncidentState } from '../state';
import type { Scene } from './scene';

export function leavingRooms({ roster }: Scene, state: IncidentState): readonly RoomId[] {
  const asked = new Set(Object.values(state.asks).map((ask) => ask.room));
  const county = countyRooms(roster, state.county).filter((room) => asked.has(room) || room === state.reportedRoom);
  return [...dutyRooms(roster), ...county, ...incidentRooms(roster, state)];
}
