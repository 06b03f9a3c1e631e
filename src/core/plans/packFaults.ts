/** Faults of meaning in a plan pack that its shape alone cannot show, all at once, each with the path of the entry. */
import { clauseFaults } from './faults/clauses';
import type { PlanFault } from './faults/fault';
import { idFaults } from './faults/ids';
import { levelFaults } from './faults/levels';
import { chainFaults, overrideFaults, pathFaults, settingFaults } from './faults/papersOut';
import { rangeFaults } from './faults/ranges';
import { recordFaults } from './faults/records';
import { referenceFaults } from './faults/references';
import type { PlanPack } from './packSchema';
import type { DeadlineProfile } from './profileSchema';

/** Empty for a sound pack. Without a sound profile (null) its steps and columns are not looked at. */
export function packFaults(pack: PlanPack, profile: DeadlineProfile | null): readonly PlanFault[] {
  return [
    ...levelFaults(pack),
    ...idFaults(pack),
    ...clauseFaults(pack),
    ...rangeFaults(pack),
    ...referenceFaults(pack, profile),
    ...recordFaults(pack, profile),
    ...pathFaults(pack),
    ...chainFaults(pack),
    ...settingFaults(pack),
    ...overrideFaults(pack),
  ];
}
