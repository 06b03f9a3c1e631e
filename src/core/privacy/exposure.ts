/** How much of an incident a room sees: the narrower of what the room may see and what the incident was opened to (decisions.md section 6). */
import type { Exposure } from '../roster/roster';

/**
 * A room that may see everything, because the office declared its platform its own, does. Any other room sees pointers until somebody
 * widened the incident, and then never more than the room's own setting. Null for what is about no incident: the room's setting alone.
 */
export function exposureIn(room: Exposure, incident: { readonly exposure?: 'summary' } | null): Exposure {
  if (room === 'full' || incident === null) return room;
  return incident.exposure === undefined ? 'pointer' : room;
}
