/** How plan packs write their cue words, made ready for the search: first parts in one tree, settings as lists of words. */
import { type Spots, spotter } from '../report/spotter';
import { plant, type Trie } from '../report/trie';

export interface Cue {
  /** The parts that must follow the first one, each with the ways it may be told. */
  readonly rest: readonly (readonly string[])[];
  /** A cue that tells of people or acts is denied by 没人 before its last part too (多人…投诉); one that denies by itself (未…公示) is not. */
  readonly deniable: boolean;
  /** Characters of its parts that are bridged to. */
  readonly bridged: number;
  /** Counts only in the setting of its list. */
  readonly gated: boolean;
  readonly lists: readonly number[];
}

/** Where the words of each setting stand, by its name. */
export type Told = Spots<string>;

export interface CueLists {
  /** By the first parts of the cues. */
  readonly trie: Trie<Cue>;
  /** For each list its settings, by name. */
  readonly settings: readonly (readonly string[])[];
  /** The words of each setting that a text has. */
  readonly told: (text: string) => Told;
}

/**
 * `…` bridges up to ten characters of one sentence; 学生/幼儿…呕吐/腹泻 stands for all four pairs. Quotation marks, spaces and the case
 * of letters do not matter. An entry `@平台/网店/!12315平台` is a setting of its list (`!` hides what it covers): a cue with `@` behind it
 * counts only in a text that holds a word of each of them. `@@` is a setting that only likeness asks for.
 */
export function cueLists(lists: readonly (readonly string[])[]): CueLists {
  const where = new Map<string, number[]>();
  lists.forEach((cues, list) => {
    for (const cue of cues) if (!cue.startsWith('@')) where.set(cue, [...(where.get(cue) ?? []), list]);
  });
  const entries = [...where].flatMap(([written, at]) => entriesOf(written, at));
  // Cues with one first part are asked for together, so they are numbered, and lie, together; equal ones stay in order.
  const together = entries.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return { trie: plant(together), ...settingsOf(lists) };
}

/** Lists with the same setting share it. */
function settingsOf(lists: readonly (readonly string[])[]): Pick<CueLists, 'settings' | 'told'> {
  const settings = lists.map((cues) => cues.filter((cue) => /^@[^@]/.test(cue)));
  const told = spotter(Object.fromEntries(settings.flat().map((name) => [name, plainly(name.slice(1)).replaceAll('/', ' ')])));
  return { settings, told };
}

function entriesOf(written: string, lists: readonly number[]): readonly (readonly [string, Cue])[] {
  const gated = written.endsWith('@');
  const [heads = '', ...parts] = plainly(gated ? written.slice(0, -1) : written).split('…');
  const rest = parts.map((part) => part.split('/'));
  const cue: Cue = {
    rest,
    deniable: rest.length > 0 && !/[未没无不拒停失假]/.test(written),
    bridged: rest.reduce((sum, [first = '']) => sum + first.length, 0),
    gated,
    lists,
  };
  return heads.split('/').map((head) => [head, cue] as const);
}

function plainly(words: string): string {
  return words
    .replace(/[^…]+/g, (part) => part.normalize('NFKC'))
    .replace(/[“”《》 ]/g, '')
    .toLowerCase();
}
