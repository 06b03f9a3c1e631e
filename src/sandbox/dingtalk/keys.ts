/** Ids and secrets of the invented organisation on DingTalk: what a bot needs to connect. */
import { randomBytes, randomInt } from 'node:crypto';

const ROBOT_NAME = '烽火值班机器人';
const LETTERS_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What does not depend on port, rooms and people; secrets are random at every start. */
export interface DingKeys {
  readonly tenant: string;
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly agentId: number;
  readonly robotCode: string;
  readonly robotName: string;
  /** The robot's own id inside `atUsers` (dossier 2.1). */
  readonly chatbotUserId: string;
  readonly event: { readonly token: string; readonly aesKey: string };
  /** The card template that the console holds from the start; its variables are told by GET api/card-templates. */
  readonly cardTemplateId: string;
  readonly sceneTemplateId: string;
}

/** How one group is reached: both its ids, and the custom robot that stands in it. */
export interface GroupBinding {
  readonly openConversationId: string;
  readonly chatId: string;
  readonly webhook: { readonly url: string; readonly accessToken: string; readonly secret: string };
}

/** Everything a bot needs to connect (GET /sandbox/binding): the two hosts, the login page, groups and userids by our ids. */
export interface DingBinding extends DingKeys {
  readonly platform: 'dingtalk';
  readonly apiBase: string;
  readonly oapiBase: string;
  readonly loginBase: string;
  readonly rooms: Readonly<Record<string, GroupBinding>>;
  readonly people: Readonly<Record<string, string>>;
}

/** Fresh ids and secrets for a tenant. An internal app's robot code is its key (dossier 2.1). */
export function randomDingKeys(tenant: string): DingKeys {
  const clientId = `ding${randomText(16).toLowerCase()}`;
  return {
    tenant,
    corpId: `ding${randomBytes(16).toString('hex')}`,
    clientId,
    clientSecret: randomText(64),
    agentId: randomInt(1_000_000_000, 3_999_999_999),
    robotCode: clientId,
    robotName: ROBOT_NAME,
    chatbotUserId: randomSenderId(),
    event: { token: randomText(24), aesKey: randomText(43) },
    cardTemplateId: `${randomBytes(16).toString('hex')}.schema`,
    sceneTemplateId: randomBytes(18).toString('hex'),
  };
}

/** An encrypted sender id, which no call takes (dossier 2.1). */
export function randomSenderId(): string {
  return `$:LWCP_v1:$${randomBytes(24).toString('base64')}`;
}

/** A conversation id; ends in `==` as the real ones do. */
export function randomConversationId(): string {
  return `cid${randomBytes(16).toString('base64')}`;
}

/** Letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS_DIGITS.charAt(randomInt(LETTERS_DIGITS.length))).join('');
}
