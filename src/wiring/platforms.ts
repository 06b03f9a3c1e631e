/** The platforms this process speaks: real ones from `platforms.yaml`, with secrets by reference, or the sandbox's. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ZH as GOVDING } from '../bot/dingtalk/gov/name';
import type { GovdingBinding } from '../bot/dingtalk/gov/settings';
import { ZH as DINGTALK } from '../bot/dingtalk/name';
import type { DingtalkBinding } from '../bot/dingtalk/settings';
import { ZH as WECOM } from '../bot/wecom/name';
import type { AdapterDeps } from '../bot/wire/deps';
import { readYaml } from '../config/yamlFile';
import type { Carrier } from '../ports/carrier';
import type { Platform } from '../ports/platform';
import { type CarrierPorts, carrierOf } from './carriers';
import { StartFault, sentencesOf } from './faults';

const entries = z.array(z.record(z.string(), z.unknown())).default([]);
const fileSchema = z
  .strictObject({ wecom: entries, dingtalk: entries, govding: entries, carriers: entries })
  .refine((file) => KINDS.some(({ key }) => file[key].length > 0), { message: 'expected at least one platform' });

/** One kind of platform: its list in the file, and how an entry of it becomes a platform; `faults` hears what is wrong with it. */
interface Kind {
  readonly key: 'wecom' | 'dingtalk' | 'govding';
  open(entry: unknown, deps: AdapterDeps, faults: (issues: readonly z.core.$ZodIssue[]) => void): Platform | null;
}
const KINDS: readonly Kind[] = [kind('wecom', () => wecom()), kind('dingtalk', () => dingtalk()), kind('govding', () => govding())];

/** A tenant of a platform as people call it; the demonstration's says that it is one, a platform nobody knows stands as it is. */
export function tenantZh(platform: string, tenant: string): string {
  const name = NAMES.get(platform) ?? platform;
  return tenant === DEMONSTRATION ? `${name}（演示环境）` : `${name} ${tenant}`;
}
const NAMES: ReadonlyMap<string, string> = new Map([
  ['wecom', WECOM],
  ['dingtalk', DINGTALK],
  ['govding', GOVDING],
]);
const DEMONSTRATION = 'sandbox';

function kind<B>(key: Kind['key'], load: () => Adapter<B>): Kind {
  return {
    key,
    open(entry, deps, faults) {
      const { schema, create } = load();
      const checked = schema.safeParse(entry);
      if (checked.success) return create(checked.data, deps);
      faults(checked.error.issues);
      return null;
    },
  };
}

/** What an adapter brings. Each is loaded with its first tenant: an office on one platform carries no other. */
interface Adapter<B> {
  readonly schema: z.ZodType<B>;
  create(binding: B, deps: AdapterDeps): Platform;
}

function wecom() {
  const { WecomBinding: schema }: typeof import('../bot/wecom/settings') = require('../bot/wecom/settings');
  const { createWecom: create }: typeof import('../bot/wecom') = require('../bot/wecom');
  return { schema, create };
}

function dingtalk() {
  const { DingtalkBinding: schema }: typeof import('../bot/dingtalk/settings') = require('../bot/dingtalk/settings');
  const { createDingtalk: create }: typeof import('../bot/dingtalk') = require('../bot/dingtalk');
  return { schema, create };
}

function govding() {
  const { GovdingBinding: schema }: typeof import('../bot/dingtalk/gov/settings') = require('../bot/dingtalk/gov/settings');
  const { createGovding: create }: typeof import('../bot/dingtalk/gov') = require('../bot/dingtalk/gov');
  return { schema, create };
}

/** Where a secret stands: an environment variable or a file. Values in the file itself are refused for these names. */
const reference = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })]);
const SECRETS = new Set([
  'corpSecret',
  'callbackToken',
  'callbackAesKey',
  'secret',
  'webhookKey',
  'key',
  'signingKey',
  'clientSecret',
  'accessToken',
  'token',
  'aesKey',
  'appSecret',
  'callbackKey',
  'robotToken',
]);

/** Reads, resolves and checks `platforms.yaml`. Throws StartFault with every fault; no sentence repeats a secret. */
export function realPlatforms(
  file: string,
  deps: AdapterDeps,
  ports: CarrierPorts,
): { readonly platforms: readonly Platform[]; readonly carriers: readonly Carrier[] } {
  const read = readYaml(file, fileSchema);
  if (read.is === 'faults') throw new StartFault(sentencesOf(read.faults));
  const faults: string[] = [];
  const platforms = KINDS.flatMap(({ key, open }) =>
    read.value[key].flatMap((entry, i) => {
      const tell = (issues: readonly z.core.$ZodIssue[]): void => {
        for (const { path, message } of issues) {
          const at = path.filter((step) => typeof step !== 'symbol');
          faults.push(`${file}:${read.lineOf([key, i, ...at])} ${at.join('.')}：${message}`);
        }
      };
      return open(resolveSecrets(entry, `${file}:${read.lineOf([key, i])}`, faults), deps, tell) ?? [];
    }),
  );
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
export function sandboxPlatform(binding: unknown, deps: AdapterDeps): Platform {
  const gov = SandboxGov.safeParse(binding);
  if (gov.success) return govding().create(govOf(gov.data), deps);
  if (SandboxDing.safeParse(binding).success) return dingtalk().create(dingOfSandbox(binding), deps);
  const { schema, create } = wecom();
  return create(schema.parse(binding), deps);
}

/** What the simulator tells beside our settings is its own business. */
const SandboxDing = z.looseObject({
  platform: z.literal('dingtalk'),
  rooms: z.record(z.string(), z.looseObject({ webhook: z.looseObject({ accessToken: z.string(), secret: z.string() }) })),
});

/** The settings in what the simulator tells; throws on anything else. */
export function dingOfSandbox(binding: unknown): DingtalkBinding {
  const { platform: _, chatbotUserId: __, rooms, ...rest } = SandboxDing.parse(binding);
  const bound = Object.entries(rooms).map(([room, { webhook, ...ids }]) => {
    return [room, { ...ids, webhook: { accessToken: webhook.accessToken, secret: webhook.secret } }] as const;
  });
  return dingtalk().schema.parse({ ...rest, rooms: Object.fromEntries(bound) });
}

/** What the documents leave open is as the simulator has it, so that the whole road can be walked there. */
const SandboxGov = z.looseObject({
  platform: z.literal('govding'),
  appSecret: z.string(),
});

function govOf({ platform: _, ...rest }: z.infer<typeof SandboxGov>): GovdingBinding {
  const capabilities = { 'robot.hears': 'on', 'session.reply': 'on' };
  return govding().schema.parse({ ...rest, callbackKey: sandboxKey(rest.appSecret), capabilities });
}

function sandboxKey(appSecret: string): string {
  return createHash('sha256').update(`sandbox callback ${appSecret}`).digest('base64url');
}

/** Where the sandbox is told to call, below our own address. */
export function sandboxCallback({ id, tenant, intake }: Platform, binding: unknown): string {
  const gov = SandboxGov.safeParse(binding);
  return `/callback/${id}/${tenant}/${gov.success ? `robot?key=${sandboxKey(gov.data.appSecret)}` : (intake.kinds[0] ?? '')}`;
}

/** Which channels go over which long connection. */
export function waysOverConnections(
  platforms: readonly Platform[],
): readonly { readonly tenant: string; readonly channel: string; readonly connection: string | null }[] {
  return platforms.flatMap(({ tenant, channels, connection }) =>
    channels.map(({ id, via }) => ({ tenant, channel: id, connection: via === 'connection' ? (connection?.id ?? null) : null })),
  );
}
