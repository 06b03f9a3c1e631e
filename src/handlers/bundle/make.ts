/** Makes the evidence bundle of an incident: chain, words, messages, lists, papers, and a manifest over all of them. Reads nothing. */
import type { IncidentState } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import { maskedWords } from '../../core/privacy/mask';
import type { Dossier } from '../../ports/dossiers';
import type { ArchiveFile, FileMaker } from '../../ports/files';
import { type Manifest, PLACES } from './format';
import { GUIDE } from './guide';
import { deadlinesSheet, deliveriesSheet, rollCallSheet } from './lists';

/** What a bundle is made of and with. */
export interface Making {
  readonly dossier: Dossier;
  readonly state: IncidentState;
  readonly at: Instant;
  /** People's words with their numbers: only after an act on record has asked for it. */
  readonly unmasked: boolean;
  /** Papers as files, e.g. `papers/1.docx`. */
  readonly papers: readonly ArchiveFile[];
  readonly files: FileMaker;
  /** SHA-256, lower-case hex. */
  readonly hashOf: (bytes: Uint8Array) => string;
  /** Name of the digest that chains the events. */
  readonly digest: string;
}

/** All files, the manifest last. The same dossier gives the same files but for the moment of making. */
export async function bundleFiles(making: Making): Promise<readonly ArchiveFile[]> {
  const contents = await contentsOf(making);
  const { dossier, at, unmasked, hashOf, digest } = making;
  const { id, n, version, headHash } = dossier.chain;
  const manifest: Manifest = {
    ...{ fenghuo: 'bundle', format: 1, incident: n, madeAt: new Date(at).toISOString(), masked: !unmasked },
    chain: { stream: id, version, head: headHash, digest },
    files: contents.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: hashOf(bytes) })),
  };
  return [...contents, text(PLACES.manifest, `${JSON.stringify(manifest, null, 2)}\n`)];
}

async function contentsOf(making: Making): Promise<readonly ArchiveFile[]> {
  const { dossier, unmasked, papers } = making;
  const { chain, view, rulebook, deadlines } = dossier;
  return [
    text(PLACES.guide, GUIDE),
    lines(PLACES.events, chain.events),
    lines(
      PLACES.texts,
      dossier.texts.map((one) => textLine(one, unmasked)),
    ),
    lines(PLACES.papers, dossier.papers),
    lines(
      PLACES.messages,
      dossier.messages.map((one) => ({ ...one, words: one.words === null || unmasked ? one.words : maskedWords(one.words) })),
    ),
    ...(rulebook === null ? [] : [text(PLACES.pack, rulebook.pack), text(PLACES.profile, rulebook.profile)]),
    lines('lists/deliveries.jsonl', view.deliveries),
    lines('lists/deadlines.jsonl', deadlines),
    lines('lists/asks.jsonl', view.asks),
    ...(await listsOf(making)),
    ...papers,
  ];
}

function listsOf({ dossier: { chain, view, people, deadlines }, state, unmasked, files }: Making): Promise<readonly ArchiveFile[]> {
  const lists = {
    'roll-call': rollCallSheet(chain.n, state, people),
    deliveries: deliveriesSheet(`事件${chain.n}送达`, view.deliveries, people),
    deadlines: deadlinesSheet(chain.n, deadlines),
  };
  return Promise.all(
    Object.entries(lists).map(async ([name, sheet]) => ({
      path: `lists/${name}.xlsx`,
      bytes: await files.sheet(unmasked ? { ...sheet, unmasked } : sheet),
    })),
  );
}

function textLine({ id, commitment, salt, body }: Dossier['texts'][number], unmasked: boolean): object {
  if (salt === null || body === null) return { id, commitment, salt: null, body: null, state: 'erased' };
  const shown = unmasked ? body : maskedWords(body);
  return shown === body ? { id, commitment, salt, body, state: 'whole' } : { id, commitment, salt: null, body: shown, state: 'masked' };
}

const encoder = new TextEncoder();

function text(path: string, words: string): ArchiveFile {
  return { path, bytes: encoder.encode(words) };
}

/** JSON Lines. */
function lines(path: string, rows: readonly object[]): ArchiveFile {
  return text(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
