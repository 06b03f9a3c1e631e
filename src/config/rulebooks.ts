/** Plan packs and deadline profiles from the config folder, checked and content-addressed. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packFaults, packSchema } from '../core/plans/packSchema';
import { profileFaults, profileSchema } from '../core/plans/profileSchema';
import type { Rulebook } from '../core/plans/rulebook';
import type { Digest } from '../ports/ids';
import { type ConfigFault, type Faulty, parseYaml, readYaml } from './yamlFile';

/** A rulebook with the sources it was read from, as they are pinned. */
export interface RulebookSource {
  readonly rulebook: Rulebook;
  readonly pack: string;
  readonly profile: string;
}

/** All packs of the config folder under one profile. All faults of all files at once. */
export function readRulebooks(
  configDir: string,
  profileId: string,
  digest: Digest,
): { readonly is: 'ok'; readonly rulebooks: readonly RulebookSource[] } | Faulty {
  const dir = join(configDir, 'plan-packs');
  const ids = existsSync(dir) ? readdirSync(dir).sort() : [];
  const profileFile = join(configDir, 'deadline-profiles', `${profileId}.yaml`);
  const profile = readYaml(profileFile, profileSchema);
  const packs = ids.map((id) => ({ file: join(dir, id, 'pack.yaml'), read: readYaml(join(dir, id, 'pack.yaml'), packSchema) }));
  const faults: ConfigFault[] = [
    ...(ids.length === 0 ? [{ file: dir, line: 0, zh: '没有任何预案包' }] : []),
    ...(profile.is === 'faults'
      ? profile.faults
      : profileFaults(profile.value).map((f) => ({ file: profileFile, line: profile.lineOf(f.path), zh: f.fault }))),
    ...packs.flatMap(({ file, read }) => {
      if (read.is === 'faults') return read.faults;
      const columns = profile.is === 'ok' ? profile.value.columns : null;
      return packFaults(read.value, columns).map((f) => ({ file, line: read.lineOf(f.path), zh: f.fault }));
    }),
  ];
  if (faults.length > 0 || profile.is === 'faults') return { is: 'faults', faults };
  return { is: 'ok', rulebooks: packs.flatMap(({ read }) => (read.is === 'ok' ? [bind(read.source, profile.source, digest)] : [])) };
}

/** The rulebook of two pinned sources; they were checked when they were saved, a fault here is a broken database. */
export function bind(pack: string, profile: string, digest: Digest): RulebookSource {
  const p = parseYaml('pack', pack, packSchema);
  const d = parseYaml('profile', profile, profileSchema);
  if (p.is === 'faults' || d.is === 'faults') throw new Error('a pinned rulebook does not pass its schema');
  return { rulebook: { hash: digest.of(`${pack}\u0000${profile}`), pack: p.value, profile: d.value }, pack, profile };
}
