/** The ways of sending of one tenant: what floods a robot makes every way of it wait longer and longer. */
import type { Channel } from '../../../ports/platform';
import { createPapers } from '../../wire/papers';
import { slowing } from '../../wire/slowing';
import { createAsking } from '../asking';
import { FLOOD_CODES } from '../codeTable';
import { PAPER_RULES } from '../media';
import type { DingParts } from '../parts';
import { createDings } from './ding';
import { createPageCard } from './pageCard';
import { type ChannelParts, hasCards } from './parts';
import { speaking } from './speaking';
import { createGroup, createSingle } from './talk';
import { createWebhook } from './webhook';
import { createWork } from './work';

/** A minute, then the ten for which the platform locks a robot (dossier 3.2, 7). */
const SLOWING = { codes: FLOOD_CODES, firstMs: 60_000, longestMs: 600_000 };

/** Connects nowhere yet. */
export function createChannels(parts: DingParts): readonly Channel[] {
  const { deps, shelf, budget } = parts;
  const shared: ChannelParts = { ...parts, papers: createPapers(deps, shelf, PAPER_RULES), asking: createAsking(deps.clock, budget) };
  const all = [
    createGroup(shared),
    createSingle(shared),
    createWebhook(shared),
    ...(hasCards(parts) ? [createPageCard(shared)] : []),
    ...(parts.binding.agentId === undefined ? [] : [createWork(shared)]),
    ...createDings(shared),
  ];
  return all.map((channel) => speaking(slowing(channel, deps, SLOWING), () => hasCards(parts)));
}
