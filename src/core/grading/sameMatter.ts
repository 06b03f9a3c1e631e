/** Two reports on one matter: the hotline and the county tell of the same shop in other words; a person decides, this only offers 并案. */

/** What is compared of a report. */
export interface Told {
  readonly county: string | null;
  readonly place: string | null;
  readonly category: string | null;
  /** The whole words. */
  readonly words: string;
}

/** From here on it is offered; [0, 1]. */
export const LIKE_ENOUGH = 0.6;
/** One matter told twice shares so much of its words; unlike matters stay below a fifth, the names of offices and channels left out. */
const SHARED_BY_ONE_MATTER = 0.4;
/** What stands in every second report and tells nothing of its matter. */
const OFFICE_WORDS =
  /市场监督管理局|市场监管局|12345|12315|热线|市民|群众|消费者|经营者|投诉|举报|反映|来电|接到|我局|我市|平台|涉及|已约谈|责令|整改|现场|执法人员|今天|昨天|上午|下午/gu;

/**
 * How like one matter they are, in [0, 1]. Two different counties are two matters. The place says most; where one of them names none
 * the words have to say nearly all. Pure and the same both ways.
 */
export function sameMatter(a: Told, b: Told): number {
  if (a.county !== null && b.county !== null && a.county !== b.county) return 0;
  const shared = common(
    pairsOf(a.words.normalize('NFKC').replace(OFFICE_WORDS, ' ')),
    pairsOf(b.words.normalize('NFKC').replace(OFFICE_WORDS, ' ')),
  );
  const words = Math.min(1, shared.ofBoth / SHARED_BY_ONE_MATTER);
  const kind = a.category !== null && a.category === b.category ? 1 : 0;
  if (a.place === null || b.place === null) return 0.7 * words + 0.1 * kind;
  return 0.5 * common(pairsOf(a.place), pairsOf(b.place)).ofFewer + 0.35 * words + 0.15 * kind;
}

/** Common pairs as a share of the smaller set, and of both (their geometric mean); 0 where one is empty. */
function common(a: ReadonlySet<string>, b: ReadonlySet<string>): { readonly ofFewer: number; readonly ofBoth: number } {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return { ofFewer: 0, ofBoth: 0 };
  let both = 0;
  for (const pair of few) if (many.has(pair)) both += 1;
  return { ofFewer: both / few.size, ofBoth: both / Math.sqrt(few.size * many.size) };
}

/** Pairs of neighbouring letters and Chinese characters; figures change between two tellings. */
function pairsOf(words: string): ReadonlySet<string> {
  return new Set([...words.toLowerCase().matchAll(/(?=(\p{L}{2}))/gu)].flatMap((found) => found[1] ?? []));
}
