/** Evidence bundles, from the number of an incident to the bytes of a zip. */
import type { IncidentState } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import type { Clock } from '../../ports/clock';
import type { Dossier, Dossiers } from '../../ports/dossiers';
import type { ArchiveFile, FileMaker } from '../../ports/files';
import { INCIDENT } from '../incident';
import { recall } from '../recall';
import { PLACES } from './format';
import { bundleFiles } from './make';

/** What bundles are made with. */
export interface BundleDeps {
  readonly dossiers: Dossiers;
  readonly files: FileMaker;
  readonly clock: Clock;
  readonly hashOf: (bytes: Uint8Array) => string;
  readonly digest: string;
  /** Papers of an incident as files of the bundle. */
  readonly papersOf: (dossier: Dossier, state: IncidentState) => Promise<readonly ArchiveFile[]>;
}

/** A bundle as it is handed over. */
export interface Bundle {
  readonly zip: Uint8Array;
  readonly madeAt: Instant;
  readonly version: number;
  readonly head: string;
  /** SHA-256 of the manifest: kept apart from the bundle, it proves that it is this one. */
  readonly manifestHash: string;
}

/** By the number of a real incident; null when there is none. */
export type MakeBundle = (
  n: number,
  how: { readonly unmasked: boolean /** Told which part is made. */; readonly tell?: (part: 'papers' | 'pack') => Promise<void> },
) => Promise<Bundle | null>;

/** Null when there is no such incident. Reads only; whoever asks for unmasked words has to have that put on record first. */
export function createBundles(deps: BundleDeps): MakeBundle {
  return async (n, { unmasked, tell }) => {
    const dossier = await deps.dossiers.read(n);
    const state = dossier === null ? null : await stateOf(dossier);
    if (dossier === null || state === null) return null;
    const at = deps.clock.now();
    await tell?.('papers');
    const papers = await deps.papersOf(dossier, state);
    await tell?.('pack');
    const files = await bundleFiles({ ...deps, dossier, state, at, unmasked, papers });
    const manifest = files.find(({ path }) => path === PLACES.manifest)?.bytes ?? new Uint8Array();
    const { version, headHash } = dossier.chain;
    return { zip: deps.files.archive(files), madeAt: at, version, head: headHash, manifestHash: deps.hashOf(manifest) };
  };
}

/** From the events of the same snapshot. */
function stateOf({ view, chain }: Dossier): Promise<IncidentState | null> {
  return recall(INCIDENT, view, async (after, limit) => chain.events.slice(after, after + limit));
}
