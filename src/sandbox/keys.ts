/** Ids and secrets of the invented enterprise: what a bot needs to connect, and what else an administrator could read off the console. */
import { randomBytes, randomInt } from 'node:crypto';

const ROBOT_NAME = '烽火值班机器人';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS_DIGITS = `${LETTERS}${LETTERS.toLowerCase()}0123456789`;

/** Everything a bot needs to connect (GET /sandbox/binding). Secrets are random at every start. */
export interface Binding {
  readonly tenant: string;
  readonly apiBase: string;
  /** Of the pages on which people sign in. */
  readonly oauthBase: string;
  readonly wsUrl: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly corpSecret: string;
  readonly callbackToken: string;
  readonly callbackAesKey: string;
  readonly robot: { readonly botId: string; readonly secret: string; readonly name: string };
  readonly rooms: Readonly<Record<string, { readonly chatId: string; readonly webhookKey: string }>>;
  readonly people: Readonly<Record<string, string>>;
}

/** The part of a binding that does not depend on port, rooms and people. */
export type Keys = Omit<Binding, 'apiBase' | 'oauthBase' | 'wsUrl' | 'rooms' | 'people'>;

/** What a bot does not need on the main road (GET /sandbox/api/keys): a second app, the contact-sync secret, the robot's callback pair. */
export interface FurtherKeys {
  readonly secondApp: { readonly agentId: number; readonly corpSecret: string };
  readonly contactsSecret: string;
  readonly robotCallback: { readonly token: string; readonly aesKey: string };
}

/** Fresh ids and secrets for a tenant. */
export function randomKeys(tenant: string): Keys {
  return {
    tenant,
    corpId: `ww${randomBytes(8).toString('hex')}`,
    agentId: randomInt(1000002, 1000999),
    corpSecret: randomText(43),
    callbackToken: randomText(32),
    callbackAesKey: randomText(43),
    robot: { botId: `aib${randomText(32)}`, secret: randomText(43), name: ROBOT_NAME },
  };
}

/** Fresh further ids and secrets; the second app's id lies outside the range of the first. */
export function randomFurtherKeys(): FurtherKeys {
  return {
    secondApp: { agentId: randomInt(1001002, 1001999), corpSecret: randomText(43) },
    contactsSecret: randomText(43),
    robotCallback: { token: randomText(32), aesKey: randomText(43) },
  };
}

/** Mixed case for certain, so that a lower-cased copy is always a different id. */
export function randomChatId(): string {
  return `wr${LETTERS.charAt(randomInt(LETTERS.length))}${randomText(29)}`;
}

/** An encrypted user id as a robot sees it (dossier 2.4); case matters, so it holds both. */
export function randomOpenUserid(): string {
  return `wo${LETTERS.charAt(randomInt(LETTERS.length))}${randomText(30)}`;
}

function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS_DIGITS.charAt(randomInt(LETTERS_DIGITS.length))).join('');
}
