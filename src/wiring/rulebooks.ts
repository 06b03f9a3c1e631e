/** Rulebooks in use: the current ones from the files, pinned ones from the store, each parsed once. */
import { bind, type RulebookSource } from '../config/rulebooks';
import type { Rulebook } from '../core/plans/rulebook';
import type { Rulebooks } from '../handlers/deps';
import type { Digest } from '../ports/ids';
import type { Tx } from '../ports/store';

export function createRulebooks(sources: readonly RulebookSource[], digest: Digest): Rulebooks {
  const known = new Map(sources.map(({ rulebook }) => [rulebook.hash, rulebook]));
  return {
    current: sources.map((s) => s.rulebook),
    of: async (tx: Pick<Tx, 'rulebook'>, hash: string): Promise<Rulebook> => {
      const found = known.get(hash);
      if (found !== undefined) return found;
      const pinned = await tx.rulebook(hash);
      if (pinned === null) throw new Error(`rulebook ${hash} is pinned but not stored`);
      const { rulebook } = bind(pinned.pack, pinned.profile, digest);
      known.set(hash, rulebook);
      return rulebook;
    },
  };
}
