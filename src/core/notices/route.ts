/** `route(intent's leg, ways) -> ways in order`: a page goes by what really @-mentions, a show by the richest way first. */

export interface Way {
  readonly tenant: string;
  readonly channel: string;
  readonly address: string;
  readonly pages: boolean;
}

/**
 * Ways to try one after another. A page falls back to ways that cannot page only when no paging way is left, so that the words
 * arrive at least; a show prefers ways that do not page. Pure.
 */
export function route(leg: 'page' | 'show', ways: readonly Way[]): readonly Way[] {
  const paging = ways.filter((w) => w.pages);
  const quiet = ways.filter((w) => !w.pages);
  return leg === 'page' ? [...paging, ...quiet] : [...quiet, ...paging];
}
