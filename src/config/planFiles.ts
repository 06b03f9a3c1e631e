/** Plan packs and deadline profiles as files: where they lie, and everything that is wrong with them, in one look. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { PlanFault } from '../core/plans/faults/fault';
import { packFaults } from '../core/plans/packFaults';
import { type PlanPack, packSchema } from '../core/plans/packSchema';
import { profileFaults } from '../core/plans/profileFaults';
import { type DeadlineProfile, profileSchema } from '../core/plans/profileSchema';
import { mended } from './mend';
import { shapeFaults } from './shapeFaults';
import { type ConfigFault, readText, type Yaml, yamlOf } from './yamlFile';

/** One file with what could be read of it. */
export interface PlanFile<T> {
  readonly file: string;
  readonly source: string;
  /** Null when the file has any fault of shape. */
  readonly value: T | null;
  /** Faults of shape and of meaning, in the order of the file. */
  readonly faults: readonly ConfigFault[];
}

/** A pack of which only the shape has been looked at: what it means depends on the profile it would run under. */
export interface OpenedPack {
  readonly value: PlanPack | null;
  /** Without a sound profile (null) its steps and columns are not looked at. */
  under(profile: DeadlineProfile | null): PlanFile<PlanPack>;
  /** A fault found elsewhere, placed in this file. */
  fault(path: readonly (string | number)[], code: string, zh: string): ConfigFault;
}

/** Folders that may hold a pack, by name; none when the folder is missing. */
export function packFolders(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dir, entry.name))
    .sort();
}

/** Where a profile of this id lies. */
export function profileFile(dir: string, id: string): string {
  return join(dir, `${id}.yaml`);
}

/** A deadline profile by itself. */
export function readProfile(file: string): PlanFile<DeadlineProfile> {
  return open(file, profileSchema).judged((profile) => [
    ...profileFaults(profile),
    ...(`${profile.profile}.yaml` === basename(file) ? [] : [{ path: ['profile'], code: 'file_name', zh: '编号要与文件名一致' }]),
  ]);
}

/** Reads a pack once, to be judged under one profile or several. A missing file is a fault, not an exception. */
export function openPack(folder: string): OpenedPack {
  const file = join(folder, 'pack.yaml');
  const opened = open(file, packSchema);
  return {
    value: opened.value,
    fault: (path, code, zh) => ({ file, line: opened.lineOf(path), code, zh }),
    under: (profile) =>
      opened.judged((pack) => [
        ...packFaults(pack, profile),
        ...(pack.pack === basename(folder) ? [] : [{ path: ['pack'], code: 'file_name', zh: '编号要与文件夹名一致' }]),
      ]),
  };
}

interface Opened<T> {
  readonly value: T | null;
  readonly lineOf: Yaml['lineOf'];
  judged(meaning: (value: T) => readonly PlanFault[]): PlanFile<T>;
}

/** Reads a text once; it can be judged more than once. */
function open<S extends z.ZodType>(file: string, schema: S): Opened<z.infer<S>> {
  const text = readText(file);
  if (text.is === 'faults') return broken(file, '', text.faults);
  const read = yamlOf(file, text.source);
  if (read.is === 'faults') return broken(file, text.source, read.faults);
  const { data, lineOf } = read.yaml;
  const result = schema.safeParse(data);
  const value = result.success ? result.data : null;
  const shape = result.success ? [] : shapeFaults(result.error.issues, data);
  return {
    value,
    lineOf,
    judged: (meaning) => {
      const faults = result.success ? meaning(result.data) : [...shape, ...meaningOfBroken(schema, data, meaning)];
      return { file, source: text.source, value, faults: placed(file, faults, lineOf) };
    },
  };
}

function broken<T>(file: string, source: string, faults: readonly ConfigFault[]): Opened<T> {
  return { value: null, lineOf: () => 0, judged: () => ({ file, source, value: null, faults }) };
}

/** Faults of meaning of a file whose shape is broken as well, without those the break itself would cause. */
function meaningOfBroken<S extends z.ZodType>(
  schema: S,
  data: unknown,
  meaning: (value: z.infer<S>) => readonly PlanFault[],
): readonly PlanFault[] {
  const whole = mended(schema, data);
  if (whole === null) return [];
  const isTouched = ({ path, code }: PlanFault): boolean =>
    whole.at.some((at) => (code.startsWith('range_') && at[0] === path[0]) || at.every((key, i) => key === path[i]));
  return meaning(whole.value).filter((fault) => !isTouched(fault));
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly zh: string;
}

/** In the order of the file. */
function placed(file: string, faults: readonly Found[], lineOf: Yaml['lineOf']): readonly ConfigFault[] {
  return faults.map(({ path, code, zh }) => ({ file, line: lineOf(path), code, zh })).sort((a, b) => a.line - b.line);
}

/** A pack by its id in the config folder or by its own folder, with the first profile it allows; faults when either is unsound. */
export function findPack(
  target: string,
  configDir: string,
):
  | { readonly is: 'ok'; readonly pack: PlanPack; readonly profile: DeadlineProfile }
  | { readonly is: 'faults'; readonly faults: readonly ConfigFault[] } {
  const folder = existsSync(join(target, 'pack.yaml')) ? target : join(configDir, 'plan-packs', target);
  const opened = openPack(folder);
  const profile = readProfile(profileFile(join(folder, '..', '..', 'deadline-profiles'), opened.value?.deadline_profiles[0] ?? ''));
  const pack = opened.under(profile.faults.length > 0 ? null : profile.value);
  const faults = [...pack.faults, ...(opened.value === null ? [] : profile.faults)];
  if (faults.length > 0 || pack.value === null || profile.value === null) return { is: 'faults', faults };
  return { is: 'ok', pack: pack.value, profile: profile.value };
}
