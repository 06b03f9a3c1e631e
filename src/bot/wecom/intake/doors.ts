/** The two callback addresses of a tenant: XML for the app, JSON for the robot (dossier 1.5). */
import type { Inbound } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import type { Accounts } from '../accounts';
import type { WecomBinding } from '../settings';
import type { Door } from './door';
import { APP_SOURCE, readApp } from './readApp';
import { ROBOT_SOURCE, RobotBody, readRobot } from './readRobot';
import { fieldOf, readXml } from './xml';

/** The platform takes an answer for an hour; some minutes are left for the way. */
const RESPONSE_LIFE_MS = 55 * 60_000;

/** The app's door. Its receive id is the enterprise's. */
export function appDoor(binding: WecomBinding, accounts: Accounts): Door {
  return {
    kind: APP_SOURCE,
    token: binding.callbackToken,
    aesKey: binding.callbackAesKey,
    receiveId: binding.corpId,
    encryptedIn(body) {
      const envelope = readXml(body);
      return envelope === null ? null : fieldOf(envelope, 'Encrypt');
    },
    messageIn(text) {
      const root = readXml(text);
      return root === null ? null : readApp(root, binding.tenant, accounts);
    },
  };
}

/** The robot's door, or null where it is heard over the long connection. A robot of one's own enterprise has no receive id. */
export function robotDoor(binding: WecomBinding, accounts: Accounts, deps: AdapterDeps): Door | null {
  const { callbackToken, callbackAesKey } = binding.robot;
  const isOff = binding.capabilities?.['aibot.url'] === 'off';
  if (isOff || callbackToken === undefined || callbackAesKey === undefined) return null;
  return {
    kind: ROBOT_SOURCE,
    token: callbackToken,
    aesKey: callbackAesKey,
    receiveId: '',
    encryptedIn: encryptedJson,
    messageIn: (text) => robotMessage(text, binding, accounts, deps),
  };
}

/** The name is spelled in several ways on the platform's own pages. */
function encryptedJson(body: string): string | null {
  const envelope = parse(body);
  if (typeof envelope !== 'object' || envelope === null) return null;
  const found = Object.entries(envelope).filter(([key]) => key.toLowerCase() === 'encrypt');
  const value: unknown = found[0]?.[1];
  return found.length === 1 && typeof value === 'string' ? value : null;
}

function robotMessage(text: string, binding: WecomBinding, accounts: Accounts, deps: AdapterDeps): Inbound | 'nothing' | null {
  const body = RobotBody.safeParse(parse(text));
  if (!body.success) return null;
  if (body.data.msgtype === 'stream') return 'nothing';
  const { response_url: responseUrl } = body.data;
  const origin = { responseUrl: responseUrl ?? null, until: String(deps.clock.now() + RESPONSE_LIFE_MS) };
  const message = readRobot(body.data, origin, { tenant: binding.tenant, robotName: binding.robot.name, accounts });
  if (message === null) deps.log.warn({ what: body.data.msgtype.slice(0, 64) }, 'wecom robot: callback without a sender');
  return message ?? 'nothing';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
