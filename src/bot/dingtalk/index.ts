/** DingTalk behind the platform port: joins intake, long connection and channels of one tenant. */
import type { Platform } from '../../ports/platform';
import type { AdapterDeps } from '../wire/deps';
import { createChannels } from './channels';
import { dingServes } from './channels/ding';
import { createCheckUp } from './checkUp';
import { createContacts } from './contacts';
import { createGroups } from './groups';
import { createUserids } from './identify';
import { createIntake } from './intake/read';
import { createParts } from './parts';
import { createRoutes } from './routes';
import type { DingtalkBinding } from './settings';
import { createSignIn } from './signIn';
import { createStream } from './stream/connection';

/** The platform of one tenant. Connects nowhere before `connection.run` or a `send`; keeps no state that outlives the process. */
export function createDingtalk(binding: DingtalkBinding, deps: AdapterDeps): Platform {
  const parts = createParts(binding, deps);
  const identify = createUserids(parts);
  return {
    id: 'dingtalk',
    tenant: binding.tenant,
    intake: { ...createIntake(parts), identify },
    channels: createChannels(parts),
    serves: dingServes(parts),
    connection: createStream(parts, identify),
    checkUp: createCheckUp(parts),
    ...(binding.sceneTemplateId !== undefined && parts.features.may('groups') ? { groups: createGroups(parts) } : {}),
    ...(parts.features.may('contacts') ? { contacts: createContacts(parts) } : {}),
    ...(parts.features.may('oauth') ? { signIn: createSignIn(parts) } : {}),
    personOf: parts.accounts.personOf,
    ...createRoutes(parts),
  };
}
