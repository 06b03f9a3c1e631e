/** The systems an office lets in, with their secrets fetched from where the file says they stand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IntegratorEntry, integratorsSchema, type SecretReference } from '../config/integrators';
import { readYaml } from '../config/yamlFile';
import type { Roster } from '../core/roster/roster';
import type { Machine } from '../ports/machines';
import { keptSecret, type Settings } from '../settings';
import { StartFault, sentencesOf } from './faults';

/** Fewer characters could be guessed. */
const LEAST_SECRET = 16;

/** None without the file. Throws StartFault with every fault; no sentence repeats a secret. */
export function readMachines({ bureau, dataDir }: Pick<Settings, 'bureau' | 'dataDir'>, roster: Roster): readonly Machine[] {
  const file = join(bureau, 'integrators.yaml');
  if (!existsSync(file)) return [];
  const read = readYaml(file, integratorsSchema);
  if (read.is === 'faults') throw new StartFault(sentencesOf(read.faults));
  const faults: string[] = [];
  const { integrators } = read.value;
  const machines = integrators.map((entry, i): Machine => {
    const fault = (field: string, what: string): void =>
      void faults.push(`${file}:${read.lineOf(['integrators', i, field])} ${entry.id}.${field}：${what}`);
    if (integrators.findIndex((other) => other.id === entry.id) !== i) fault('id', '编号重复');
    if (entry.person !== undefined && !roster.people.has(entry.person)) fault('person', `通讯录里没有 ${entry.person}`);
    return machineOf(entry, dataDir, fault);
  });
  const tokens = machines.flatMap(({ token }) => token ?? []);
  if (new Set(tokens).size < tokens.length) faults.push(`${file} 有两个系统的令牌相同，应各用各的`);
  if (faults.length > 0) throw new StartFault(faults);
  return machines;
}

function machineOf(entry: IntegratorEntry, dataDir: string, fault: (field: string, what: string) => void): Machine {
  const secret = (field: 'key' | 'token'): string | null => {
    const at = entry[field];
    if (at === undefined) return null;
    const value = secretAt(at, dataDir);
    if (value === null) fault(field, '读不到密钥（环境变量未设置，或文件不存在）');
    else if (value.length < LEAST_SECRET) fault(field, `密钥太短，至少 ${LEAST_SECRET} 个字符`);
    return value;
  };
  const { id, name, scopes, sources, person = null } = entry;
  return { id, name, scopes, sources, key: secret('key'), token: secret('token'), person };
}

function secretAt(at: SecretReference, dataDir: string): string | null {
  if ('env' in at) return process.env[at.env] ?? null;
  try {
    return 'kept' in at ? keptSecret(dataDir, join('keys', at.kept)) : readFileSync(at.file, 'utf8').trim();
  } catch {
    return null;
  }
}
