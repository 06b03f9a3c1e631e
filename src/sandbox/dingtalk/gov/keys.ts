/** Ids and secrets of the invented tenant on the government edition. */
import { randomBytes, randomInt } from 'node:crypto';

/** What does not depend on port, rooms and people; secrets are random at every start. */
export interface GovKeys {
  readonly tenant: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly tenantId: string;
  readonly robotName: string;
}

/** Everything a bot needs to connect (GET /sandbox/binding). People have a code for contacts and an account for messages (dossier 6.4). */
export interface GovBinding extends GovKeys {
  readonly platform: 'govding';
  readonly base: string;
  readonly rooms: Readonly<Record<string, { readonly chatId: string; readonly robotToken: string }>>;
  readonly people: Readonly<Record<string, { readonly employeeCode: string; readonly accountId: string }>>;
}

/** Fresh ids and secrets for a tenant. */
export function randomGovKeys(tenant: string): GovKeys {
  return {
    tenant,
    appKey: `fenghuo-${randomBytes(16).toString('base64url')}`,
    appSecret: randomBytes(24).toString('base64url'),
    tenantId: String(randomInt(100_000, 999_999)),
    robotName: '烽火值班机器人',
  };
}
