/** Is a bundle as it was made? Needs the files alone: no database, no network, no clock. Pure. */
import type { z } from 'zod';
import type { KeptText, StoredChain } from '../../ports/chains';
import type { Digest } from '../../ports/ids';
import { type Break, breakZh, firstBreak } from '../verify';
import { eventLineSchema, type Manifest, manifestSchema, PLACES, paperLineSchema, textLineSchema } from './format';

/** What a bundle was found to be. */
export interface Checked {
  /** Null where even that could not be read. */
  readonly manifest: Manifest | null;
  readonly events: number;
  readonly texts: { readonly whole: number; readonly masked: number; readonly erased: number };
  /** The first thing that is not as it was made: a file, and where in it; null when all holds. */
  readonly broken: { readonly file: string; readonly zh: string } | null;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** Every file against the manifest, every event against the one before, every word still kept against its commitment. */
export function checkBundle(files: Files, digest: Digest, hashOf: (bytes: Uint8Array) => string): Checked {
  const texts = { whole: 0, masked: 0, erased: 0 };
  const manifest = manifestIn(files);
  if (manifest === null) return { manifest, events: 0, texts, broken: { file: PLACES.manifest, zh: '缺少清单，或清单读不出来' } };
  const broken = wrongFile(files, manifest, hashOf);
  if (broken !== null) return { manifest, events: 0, texts, broken };
  return chainOf(files, manifest, digest);
}

function manifestIn(files: Files): Manifest | null {
  const [manifest] = linesIn(files.get(PLACES.manifest), manifestSchema, true) ?? [];
  return manifest ?? null;
}

function wrongFile(files: Files, { files: listed }: Manifest, hashOf: (bytes: Uint8Array) => string): Checked['broken'] {
  for (const { path, bytes, sha256 } of listed) {
    const found = files.get(path);
    if (found === undefined) return { file: path, zh: '文件缺失' };
    if (found.length !== bytes || hashOf(found) !== sha256) return { file: path, zh: '文件被改动过' };
  }
  const known = new Set([PLACES.manifest, ...listed.map(({ path }) => path)]);
  const more = [...files.keys()].find((path) => !known.has(path));
  return more === undefined ? null : { file: more, zh: '清单之外的文件' };
}

function chainOf(files: Files, manifest: Manifest, digest: Digest): Checked {
  const events = linesIn(files.get(PLACES.events), eventLineSchema, false);
  const texts = linesIn(files.get(PLACES.texts), textLineSchema, false);
  const papers = linesIn(files.get(PLACES.papers), paperLineSchema, false);
  const counted = (state: string): number => texts?.filter((one) => one.state === state).length ?? 0;
  const found = {
    ...{ manifest, events: events?.length ?? 0 },
    texts: { whole: counted('whole'), masked: counted('masked'), erased: counted('erased') },
  };
  if (events === null || texts === null)
    return { ...found, broken: { file: events === null ? PLACES.events : PLACES.texts, zh: '内容读不出来' } };
  const { stream, version, head } = manifest.chain;
  const chain: StoredChain = { id: stream, kind: 'incident', n: manifest.incident, version, headHash: head, events };
  // Masked words stand for others: their commitment stands, but they cannot be held against it.
  const kept: readonly KeptText[] = texts.filter(({ state }) => state === 'whole');
  if (papers === null) return { ...found, broken: { file: PLACES.papers, zh: '内容读不出来' } };
  const at = firstBreak({ chain, texts: kept, papers }, digest);
  return { ...found, broken: at === null ? null : { file: placeOf(at), zh: breakZh(at) } };
}

function placeOf({ text, why }: Break): string {
  if (why.startsWith('paper')) return PLACES.papers;
  return text === null ? PLACES.events : PLACES.texts;
}

/** Null where there is no such file or a line of it is not as it should be. */
function linesIn<T extends z.ZodType>(bytes: Uint8Array | undefined, schema: T, isOne: boolean): readonly z.infer<T>[] | null {
  if (bytes === undefined) return null;
  try {
    const words = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const each = isOne ? [words] : words.split('\n').filter((line) => line !== '');
    return each.map((line) => schema.parse(JSON.parse(line)));
  } catch {
    return null;
  }
}
