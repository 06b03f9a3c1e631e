/** The measured enterprise as an office would write it into `platforms.yaml`, its secrets by reference. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINDING } from '../intake/tenant';

/** Writes the file; `secrets` is what the process must find in its environment. */
export function platformsFile(folder: string): { readonly path: string; readonly secrets: Readonly<Record<string, string>> } {
  const { robot, corpSecret, callbackToken, callbackAesKey, tenant, apiBase, wsUrl, corpId, agentId } = BINDING;
  const entry = {
    ...{ tenant, apiBase, wsUrl, corpId, agentId, rooms: {}, people: {} },
    corpSecret: { env: 'BENCH_CORP_SECRET' },
    callbackToken: { env: 'BENCH_CALLBACK_TOKEN' },
    callbackAesKey: { env: 'BENCH_CALLBACK_KEY' },
    robot: { botId: robot?.botId, name: robot?.name, secret: { env: 'BENCH_ROBOT_SECRET' } },
  };
  const path = join(folder, 'platforms.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ wecom: [entry] }));
  const secrets = {
    ...{ BENCH_CORP_SECRET: corpSecret, BENCH_CALLBACK_TOKEN: callbackToken, BENCH_CALLBACK_KEY: callbackAesKey },
    BENCH_ROBOT_SECRET: robot?.secret ?? '',
  };
  return { path, secrets };
}
