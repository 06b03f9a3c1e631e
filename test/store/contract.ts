/** The contract of the store: whatever stands behind the port, the duty room sees the same. */
import { describe } from '@jest/globals';
import type { Make } from './contract/builders';
import { describeDeliveries } from './contract/deliveries';
import { describeIntake } from './contract/intake';
import { describeLocking } from './contract/locking';
import { describePurge } from './contract/purge';
import { describeSending } from './contract/sending';
import { describeStreams } from './contract/streams';
import { describeTransactions } from './contract/transactions';

/** Runs the whole contract against stores made by `make`: a fresh, empty one for each test. */
export function describeStore(name: string, make: Make): void {
  describe(name, () => {
    describe('hearing', () => describeIntake(make));
    describe('streams', () => describeStreams(make));
    describe('owing', () => describeDeliveries(make));
    describe('calling', () => describeSending(make));
    describe('destroying', () => describePurge(make));
    describe('two workers', () => describeLocking(make));
    describe('one transaction', () => describeTransactions(make));
  });
}
