/** Every case of the embedded database in the field, for the tests and for the command that prints one line a fault. */
import { accounts } from './cases/accounts';
import { disks } from './cases/disks';
import { external } from './cases/external';
import { installs } from './cases/installs';
import { kills } from './cases/kills';
import { load } from './cases/load';
import { places } from './cases/places';
import { refusals } from './cases/refusals';
import type { Case } from './scene';

export const cases: readonly Case[] = [...kills, ...load, ...accounts, ...installs, ...places, ...disks, ...refusals, ...external];
