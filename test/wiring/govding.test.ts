/** The government edition in `platforms.yaml`: read with its secrets by reference, refused where one stands in the file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StartFault } from '../../src/wiring/faults';
import { realPlatforms, sandboxCallback, sandboxPlatform } from '../../src/wiring/platforms';
import { testDeps } from '../bot/wire/support';

const SECRETS = { GOV_SECRET: 'canary-app-secret', GOV_KEY: 'canary-callback-key-0123456789abcdef', GOV_ROBOT: 'canary-robot-token' };
const FILE = `govding:
  - tenant: city-gov
    base: https://openplatform.dg-work.cn
    appKey: fenghuo
    appSecret: { env: GOV_SECRET }
    tenantId: '100000'
    robotName: 值班机器人
    callbackKey: { env: GOV_KEY }
    rooms:
      duty: { chatId: '501', robotToken: { env: GOV_ROBOT } }
    people:
      duty1: { employeeCode: GE_1 }
    capabilities: { robot.hears: on }
`;
let dir: string;
const deps = testDeps();
const log = { ...deps.log, debug: () => undefined };
const ports = { clock: deps.clock, log, directory: { at: async () => Promise.reject(new Error('no carrier asks')) } };
const read = (text: string) => {
  const file = join(dir, 'platforms.yaml');
  writeFileSync(file, text);
  return realPlatforms(file, deps, ports).platforms;
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-govding-'));
  Object.assign(process.env, SECRETS);
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
  for (const name of Object.keys(SECRETS)) delete process.env[name];
});

function faultsOf(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (fault) {
    if (fault instanceof StartFault) return fault.sentences;
    throw fault;
  }
}

describe('a file with the government edition', () => {
  test('gives its platform, heard at its own callback address', () => {
    expect(read(FILE).map(({ id, tenant, intake }) => [id, tenant, intake.kinds])).toEqual([['govding', 'city-gov', ['robot']]]);
  });

  test.each(['appSecret', 'callbackKey', 'robotToken'])('with %s written out is refused, and the secret is not repeated', (name) => {
    const faults = faultsOf(FILE.replace(new RegExp(`${name}: \\{ env: \\w+ \\}`), `${name}: canary-written-out-0123456789abcdef`));
    expect(faults.join()).toContain(name);
    expect(faults.join()).not.toContain('canary');
  });

  test('with a fault names the line', () => {
    expect(faultsOf(FILE.replace("tenantId: '100000'", 'tenantId: none')).join()).toMatch(/platforms\.yaml:6 tenantId：expected digits/);
  });
});

describe('the sandbox’s government edition', () => {
  const given = {
    ...{ platform: 'govding', tenant: 'sandbox', base: 'http://127.0.0.1:9', appKey: 'k', appSecret: 's', tenantId: '1', robotName: 'r' },
    rooms: { duty: { chatId: '1', robotToken: 't' } },
    people: { duty1: { employeeCode: 'GE_1', accountId: '1' } },
  };

  test('is told our callback address with the secret that the adapter asks for', () => {
    const platform = sandboxPlatform(given, deps);
    const url = new URL(sandboxCallback(platform, given), 'http://127.0.0.1');
    expect(url.pathname).toBe('/callback/govding/sandbox/robot');
    const body = Buffer.from(JSON.stringify({ msgtype: 'text', text: { content: '收到' }, senderId: '1', conversationId: '1' }));
    const ask = (query: Record<string, string>) => platform.intake.read({ method: 'POST', kind: 'robot', query, body });
    expect([ask(Object.fromEntries(url.searchParams)).is, ask({}).is]).toEqual(['taken', 'refused']);
  });
});
