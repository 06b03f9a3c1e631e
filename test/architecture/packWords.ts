/** The words that belong to plan packs: ids, titles and signs of their levels, groups and categories, read from the packs themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Entry {
  readonly id?: string;
  readonly zh: string;
  readonly sign?: string;
  readonly names?: readonly string[];
}

interface Pack {
  readonly pack: string;
  readonly title: string;
  readonly short_title: string;
  readonly levels?: readonly Entry[];
  readonly groups?: readonly Entry[];
  readonly categories?: readonly Entry[];
}

export interface PackWords {
  /** Ids of the packs themselves. */
  readonly packs: ReadonlySet<string>;
  /** Unmistakable: never in a text of the sources, not even inside a longer one. */
  readonly anywhere: ReadonlySet<string>;
  /** Also words of ordinary speech: never a whole text of the sources. */
  readonly whole: ReadonlySet<string>;
}

/** The words of every pack below a folder. */
export function packWordsBelow(folder: string): PackWords {
  const packs = readdirSync(folder).map((id) => parse(readFileSync(join(folder, id, 'pack.yaml'), 'utf8')) as Pack);
  return wordsOf(packs);
}

function wordsOf(packs: readonly Pack[]): PackWords {
  const entries = packs.flatMap((p) => [...(p.levels ?? []), ...(p.groups ?? []), ...(p.categories ?? [])]);
  const ids = entries.flatMap((e) => e.id ?? []);
  const signs = entries.flatMap((e) => e.sign ?? []);
  const titles = [...packs.flatMap((p) => [p.title, p.short_title]), ...entries.map((e) => e.zh)];
  const names = entries.flatMap((e) => e.names ?? []);
  return {
    packs: new Set(packs.map((p) => p.pack)),
    anywhere: new Set([...ids.filter(isCompound), ...signs, ...titles]),
    whole: new Set([...ids, ...names.filter((name) => !/^\d$/.test(name))]),
  };
}

/** `on_site` is nobody's ordinary word; `legal` is. */
function isCompound(id: string): boolean {
  return /[_-]/.test(id);
}
