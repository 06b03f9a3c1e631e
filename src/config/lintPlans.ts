/** Every plan pack and deadline profile below a folder, and the words of its papers, checked as if the office started with them. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlanPack } from '../core/plans/packSchema';
import type { DeadlineProfile } from '../core/plans/profileSchema';
import { paperWordingFaults, paperWordingFile } from './paperWording';
import { openPack, type PlanFile, packFolders, profileFile, readProfile } from './planFiles';
import type { ConfigFault } from './yamlFile';

/** What one look at a folder found. */
export interface Linted {
  /** What was looked at. */
  readonly files: readonly string[];
  readonly faults: readonly ConfigFault[];
}

/**
 * `dir` is a config folder, a folder of packs, or one pack. Each pack is held against every profile it allows; the same fault under several
 * of them is named once.
 */
export function lintPlans(dir: string): Linted {
  const packs = packsOf(dir);
  const shelf = join(configOf(dir), 'deadline-profiles');
  const all = profilesOn(shelf);
  const words = paperWordingFile(configOf(dir));
  const worded = packs.length > 0 && existsSync(words);
  const files = [...packs.map((folder) => join(folder, 'pack.yaml')), ...all.map(({ file }) => file), ...(worded ? [words] : [])];
  const faults = [
    ...packs.flatMap((folder) => packFaultsUnder(folder, shelf, all)),
    ...all.flatMap((profile) => profile.faults),
    ...(worded ? paperWordingFaults(configOf(dir), soundPacks(packs)) : []),
  ];
  return { files, faults: packs.length > 0 ? once(faults) : [{ file: dir, line: 0, code: 'no_pack', zh: '没有任何预案包' }, ...faults] };
}

function soundPacks(folders: readonly string[]): readonly PlanPack[] {
  return folders.flatMap((folder) => openPack(folder).value ?? []);
}

function packsOf(dir: string): readonly string[] {
  if (existsSync(join(dir, 'pack.yaml'))) return [dir];
  const below = join(dir, 'plan-packs');
  return packFolders(existsSync(below) ? below : dir);
}

/** The folder that holds `plan-packs` and `deadline-profiles`. */
export function configOf(dir: string): string {
  if (existsSync(join(dir, 'plan-packs'))) return dir;
  return existsSync(join(dir, 'pack.yaml')) ? dirname(dirname(dir)) : dirname(dir);
}

function profilesOn(shelf: string): readonly PlanFile<DeadlineProfile>[] {
  if (!existsSync(shelf)) return [];
  const names = readdirSync(shelf).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => readProfile(join(shelf, name)));
}

function packFaultsUnder(folder: string, shelf: string, all: readonly PlanFile<DeadlineProfile>[]): readonly ConfigFault[] {
  const opened = openPack(folder);
  const allowed = opened.value?.deadline_profiles ?? [];
  const profiles = allowed.map((id) => all.find(({ file }) => file === profileFile(shelf, id)));
  const missing = allowed.flatMap((id, i) =>
    profiles[i]?.value?.status === 'history' || profiles[i] === undefined
      ? [opened.fault(['deadline_profiles', i], 'unknown_profile', `没有可以选用的时限档案：${id}`)]
      : [],
  );
  const sound = profiles.flatMap((profile) => (profile === undefined || profile.faults.length > 0 ? [] : [profile.value]));
  return [...missing, ...(sound.length === 0 ? [null] : sound).flatMap((profile) => opened.under(profile).faults)];
}

function once(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  const keys = faults.map((f) => `${f.file} ${f.line} ${f.code} ${f.zh}`);
  return faults.filter((_, i) => keys.indexOf(keys[i] ?? '') === i);
}
