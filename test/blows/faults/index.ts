/** All blows in the order in which they are struck; without a Redis on the PATH that one is left out. */
import { hasRedis } from '../../support/redis';
import type { Fault } from '../fault';
import { configurationFaults } from './configuration';
import { databaseFaults } from './database';
import { diskFaults } from './disk';
import { momentFaults } from './moments';
import { nightFaults } from './night48';
import { pairFaults } from './pair';
import { platformFaults } from './platform';
import { pointFaults } from './points';
import { redisFault } from './redis';
import { standstillFault } from './standstill';

export const faults: readonly Fault[] = [
  ...pointFaults,
  ...momentFaults,
  ...pairFaults,
  ...(hasRedis ? [redisFault] : []),
  ...platformFaults,
  standstillFault,
  ...configurationFaults,
  ...databaseFaults,
  ...diskFaults,
  ...nightFaults,
];
