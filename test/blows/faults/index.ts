/** All blows in the order in which they are struck; without a Redis on the PATH that one is left out. */
import { hasRedis } from '../../support/redis';
import type { Fault } from '../fault';
import { databaseFault } from './database';
import { momentFaults } from './moments';
import { nightFaults } from './night48';
import { pairFaults } from './pair';
import { pointFaults } from './points';
import { redisFault } from './redis';

export const faults: readonly Fault[] = [
  ...pointFaults,
  ...momentFaults,
  ...pairFaults,
  ...(hasRedis ? [redisFault] : []),
  databaseFault,
  ...nightFaults,
];
