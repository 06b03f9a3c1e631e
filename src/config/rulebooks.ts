/** Plan packs and deadline profiles from the config folder, checked and content-addressed. */
import { join } from 'node:path';
import { type PlanPack, packSchema } from '../core/plans/packSchema';
import { type DeadlineProfile, profileSchema } from '../core/plans/profileSchema';
import type { Rulebook } from '../core/plans/rulebook';
import type { Digest } from '../ports/ids';
import { openPack, type PlanFile, packFolders, profileFile, readProfile } from './planFiles';
import { type ConfigFault, type Faulty, parseYaml } from './yamlFile';

/** A rulebook with the sources it was read from, as they are pinned. */
export interface RulebookSource {
  readonly rulebook: Rulebook;
  readonly pack: string;
  readonly profile: string;
}

/**
 * All packs of the config folder, each under the office's profile where the pack allows it, else under the pack's own first one. All
 * faults of all files at once.
 */
export function readRulebooks(
  configDir: string,
  profileId: string,
  digest: Digest,
): { readonly is: 'ok'; readonly rulebooks: readonly RulebookSource[] } | Faulty {
  const dir = join(configDir, 'plan-packs');
  const folders = packFolders(dir);
  const profiles = profileShelf(join(configDir, 'deadline-profiles'));
  const office = profiles.take(profileId);
  const packs = folders.map((folder) => {
    const opened = openPack(folder);
    const [first, ...others] = opened.value?.deadline_profiles ?? [];
    const profile = first === undefined || [first, ...others].includes(profileId) ? office : profiles.take(first);
    return { profile, pack: opened.under(usable(profile)) };
  });
  const faults: readonly ConfigFault[] = [
    ...(folders.length === 0 ? [{ file: dir, line: 0, code: 'no_pack', zh: '没有任何预案包' }] : []),
    ...profiles.faults(),
    ...packs.flatMap(({ pack }) => pack.faults),
  ];
  if (faults.length > 0) return { is: 'faults', faults };
  return { is: 'ok', rulebooks: packs.flatMap(({ pack, profile }) => bound(pack, profile, digest)) };
}

/** Each profile is read once; one kept only for the record cannot be taken. */
function profileShelf(dir: string) {
  const read = new Map<string, PlanFile<DeadlineProfile>>();
  return {
    take(id: string): PlanFile<DeadlineProfile> {
      const found = read.get(id) ?? readProfile(profileFile(dir, id));
      read.set(id, found);
      return found;
    },
    faults: (): readonly ConfigFault[] =>
      [...read.values()].flatMap(({ file, value, faults }) =>
        value?.status === 'history'
          ? [...faults, { file, line: 1, code: 'profile_history', zh: '这份时限档案只作记录，不得选用' }]
          : faults,
      ),
  };
}

function usable({ value, faults }: PlanFile<DeadlineProfile>): DeadlineProfile | null {
  return faults.length > 0 ? null : value;
}

function bound(pack: PlanFile<PlanPack>, profile: PlanFile<DeadlineProfile>, digest: Digest): readonly RulebookSource[] {
  if (pack.value === null || profile.value === null) return [];
  const rulebook = { hash: hashOf(pack.source, profile.source, digest), pack: pack.value, profile: profile.value };
  return [{ rulebook, pack: pack.source, profile: profile.source }];
}

function hashOf(pack: string, profile: string, digest: Digest): string {
  return digest.of(`${pack}\u0000${profile}`);
}

/** The rulebook of two pinned sources; they were checked when they were saved, a fault here is a broken database. */
export function bind(pack: string, profile: string, digest: Digest): RulebookSource {
  const p = parseYaml('pack', pack, packSchema);
  const d = parseYaml('profile', profile, profileSchema);
  if (p.is === 'faults' || d.is === 'faults') throw new Error('a pinned rulebook does not pass its schema');
  return { rulebook: { hash: hashOf(pack, profile, digest), pack: p.value, profile: d.value }, pack, profile };
}
