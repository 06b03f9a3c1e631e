/** Which ways beside the chat some rings go: those the ladder asks for and the office has. */
import type { Ring } from '../incident/events';
import { LADDER_PORTS, type LadderPort } from '../plans/profileSchema';

/** For the event of these rings; nothing where none applies. Pure. */
export function portsOf(had: readonly LadderPort[] | undefined, rings: readonly Ring[]): { readonly ports?: readonly LadderPort[] } {
  const ports = LADDER_PORTS.filter((port) => had?.includes(port) && rings.some(({ actions }) => actions.includes(port)));
  return ports.length === 0 ? {} : { ports };
}
