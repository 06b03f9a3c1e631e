/** The platforms this process speaks: real ones from `platforms.yaml`, with secrets by reference, or the sandbox's. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createWecom } from '../bot/wecom';
import type { WecomDeps } from '../bot/wecom/deps';
import { WecomBinding } from '../bot/wecom/settings';
import { readYaml } from '../config/yamlFile';
import type { Carrier } from '../ports/carrier';
import type { Platform } from '../ports/platform';
import type { Settings } from '../settings';
import { type CarrierPorts, carrierOf } from './carriers';
import { StartFault, sentencesOf } from './faults';

const fileSchema = z.strictObject({
  wecom: z.array(z.record(z.string(), z.unknown())).min(1),
  carriers: z.array(z.record(z.string(), z.unknown())).default([]),
});
/** Where a secret stands: an environment variable or a file. Values in the file itself are refused for these names. */
const reference = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);
const SECRETS = new Set(['corpSecret', 'callbackToken', 'callbackAesKey', 'secret', 'webhookKey', 'key', 'signingKey']);

/** What this version cannot do yet is refused in words, never ignored. */
export function refuseUnbuilt(settings: Settings): void {
  const missing = [
    ...(['dingtalk', 'govding'].includes(settings.sandbox)
      ? ['本版本的机器人还不会说钉钉：FENGHUO_SANDBOX 请用 wecom；钉钉的模拟平台可以用 fenghuo sandbox --only 单独启动。']
      : []),
  ];
  if (missing.length > 0) throw new StartFault(missing);
}

/** Reads, resolves and checks `platforms.yaml`. Throws StartFault with every fault; no sentence repeats a secret. */
export function realPlatforms(
  file: string,
  deps: WecomDeps,
  ports: CarrierPorts,
): { readonly platforms: readonly Platform[]; readonly carriers: readonly Carrier[] } {
  const read = readYaml(file, fileSchema);
  if (read.is === 'faults') throw new StartFault(sentencesOf(read.faults));
  const faults: string[] = [];
  const platforms = read.value.wecom.flatMap((entry, i) => {
    const checked = WecomBinding.safeParse(resolveSecrets(entry, `${file}:${read.lineOf(['wecom', i])}`, faults));
    if (checked.success) return [createWecom(checked.data, deps)];
    faults.push(
      ...checked.error.issues.map(
        (issue) => `${file}:${read.lineOf(['wecom', i, ...issue.path])} ${issue.path.join('.')}：${issue.message}`,
      ),
    );
    return [];
  });
  const carriers = read.value.carriers.flatMap((entry, i) => {
    const where = `${file}:${read.lineOf(['carriers', i])}`;
    return carrierOf(resolveSecrets(entry, where, faults), where, ports, faults) ?? [];
  });
  if (faults.length > 0) throw new StartFault(faults);
  return { platforms, carriers };
}

function resolveSecrets(value: unknown, where: string, faults: string[], key = ''): unknown {
  if (SECRETS.has(key)) return secretOf(value, where, faults, key);
  if (Array.isArray(value)) return value.map((v) => resolveSecrets(v, where, faults));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, v]) => [
      name,
      typeof v === 'object' || SECRETS.has(name) ? resolveSecrets(v, where, faults, name) : v,
    ]),
  );
}

function secretOf(value: unknown, where: string, faults: string[], key: string): string {
  const at = reference.safeParse(value);
  if (!at.success) {
    faults.push(`${where} ${key}：密钥不能直接写在文件里，请写成 { env: 变量名 } 或 { file: 文件路径 }`);
    return '';
  }
  try {
    return 'env' in at.data ? (process.env[at.data.env] ?? '') : readFileSync(at.data.file, 'utf8').trim();
  } catch {
    faults.push(`${where} ${key}：读不到密钥文件`);
    return '';
  }
}

/** The sandbox's platform, through the very adapter that production uses. */
export function sandboxPlatform(binding: unknown, deps: WecomDeps): Platform {
  return createWecom(WecomBinding.parse(binding), deps);
}

/** Which channels go over which long connection. */
export function waysOverConnections(
  platforms: readonly Platform[],
): readonly { readonly tenant: string; readonly channel: string; readonly connection: string | null }[] {
  return platforms.flatMap(({ tenant, channels, connection }) =>
    channels.map(({ id, via }) => ({ tenant, channel: id, connection: via === 'connection' ? (connection?.id ?? null) : null })),
  );
}
