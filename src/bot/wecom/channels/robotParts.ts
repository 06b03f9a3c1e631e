/** What the parts of the robot's channel share. */

import type { AdapterDeps } from '../../wire/deps';
import type { Papers } from '../../wire/papers';
import type { Accounts } from '../accounts';
import type { RobotConnection } from '../connection';
import type { Features } from '../features';
import type { WecomBinding } from '../settings';

/** Id of the robot's channel, whichever way it is heard. */
export const ROBOT = 'wecom.robot';

/** One tenant’s robot on its long connection. */
export interface RobotParts {
  readonly binding: WecomBinding;
  readonly accounts: Accounts;
  readonly deps: AdapterDeps;
  readonly features: Features;
  readonly papers: Papers;
  readonly connection: RobotConnection;
}
