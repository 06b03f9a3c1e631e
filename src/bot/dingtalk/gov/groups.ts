/** Groups made in the sender's name, e.g. one for an incident (dossier 6.4). They are written to as that account and cannot be heard. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PersonId } from '../../../core/roster/roster';
import type { Asked, Group, GroupChange, GroupSpec, Groups } from '../../../ports/platform';
import { neutralisePlain } from '../../wire/neutralise';
import type { Shelf } from '../../wire/shelf';
import type { Reading } from './answer';
import { asked } from './asked';
import { CHAT } from './channels/chat';
import { endOf, type GovParts } from './parts';
import type { Field } from './sign';

const id = z.union([z.string().min(1), z.number()]).transform(String);
const Made = z.looseObject({ chatId: id });
const Users = z.array(z.union([z.looseObject({ accountId: id }).transform((user) => user.accountId), id]));

const MAX_NAME = 20;
/** The platform knows no name of ours for a group, so what a name has become is remembered beyond any incident. */
const REMEMBERED_MS = 400 * 86_400_000;

/** Needs `senderAccountId`, who owns the group and is in it. */
export function createGroups(parts: GovParts, sender: string, shelf: Shelf): Groups {
  return {
    create: (spec, stop) => create(parts, sender, shelf, spec, stop),
    change: (address, change, stop) => update(parts, sender, address, change, stop),
    look: (address, stop) => look(parts, address, stop),
  };
}

interface Members {
  readonly accounts: readonly string[];
  readonly except: readonly PersonId[];
}

/** A group of this key that is remembered is given again, with whoever is named taken in; taking in somebody who is there changes nothing. */
async function create(parts: GovParts, sender: string, shelf: Shelf, spec: GroupSpec, stop: AbortSignal): Promise<Asked<Group>> {
  const name = `group:${createHash('sha256').update(spec.key).digest('hex')}`;
  const had = await shelf.read(name);
  const people = spec.owner === null ? spec.members : [spec.owner, ...spec.members];
  if (had !== null) return update(parts, sender, had.value, { add: people }, stop);
  const members = await membersOf(parts, people, stop);
  if (members.is !== 'found') return members;
  if (members.value.accounts.length === 0) return { is: 'refused', code: 'too_few_members', fault: 'receiver' };
  const reading = await call(parts, '/chat/group/V2/create', stop, [
    ['accountId', sender],
    ['name', nameOf(spec.name)],
    ...members.value.accounts.map((account): Field => ['useridlist', account]),
  ]);
  const made = asked(reading, parts.deps.log, Made, ({ chatId }) => chatId);
  if (made.is !== 'found') return ended(parts, reading, made);
  await shelf.write(name, { value: made.value, until: parts.deps.clock.now() + REMEMBERED_MS });
  return groupOf(parts, made.value, members.value.except);
}

async function update(parts: GovParts, sender: string, chatId: string, change: GroupChange, stop: AbortSignal): Promise<Asked<Group>> {
  const add = await membersOf(parts, change.add ?? [], stop);
  const remove = await membersOf(parts, change.remove ?? [], stop);
  const owner = await membersOf(parts, change.owner === undefined ? [] : [change.owner], stop);
  for (const found of [add, remove, owner]) if (found.is !== 'found') return found;
  if (add.is !== 'found' || remove.is !== 'found' || owner.is !== 'found') return { is: 'nobody' };
  const fields: readonly Field[] = [
    ['accountId', sender],
    ['chatId', chatId],
    ['name', change.name === undefined ? '' : nameOf(change.name)],
    ['newOwnerAccountId', owner.value.accounts[0] ?? ''],
    ...add.value.accounts.map((account): Field => ['addUserIdList', account]),
    ...remove.value.accounts.map((account): Field => ['delUserIdList', account]),
  ];
  const reading = await call(parts, '/chat/group/update', stop, fields);
  return reading.is === 'done' ? groupOf(parts, chatId, add.value.except) : endOf(parts, CHAT, 'chat', reading);
}

/** The platform tells who is in it, and nothing of its name. */
async function look(parts: GovParts, chatId: string, stop: AbortSignal): Promise<Awaited<ReturnType<Groups['look']>>> {
  const reading = await parts.api({ path: '/chat/group/getUsers', fields: [['chatId', chatId]] }, stop);
  return asked(reading, parts.deps.log, Users, (accounts) => {
    const known = accounts.map((account) => ({ account, person: parts.accounts.personOf(account) }));
    const people = known.flatMap(({ person }) => person ?? []);
    return { name: '', people, strangers: known.flatMap(({ account, person }) => (person === null ? [account] : [])) };
  });
}

function call(parts: GovParts, path: string, stop: AbortSignal, fields: readonly Field[]): Promise<Reading> {
  return parts.api({ path, fields: [['tenantId', parts.binding.tenantId], ...fields] }, stop);
}

async function membersOf({ accounts }: GovParts, people: readonly PersonId[], stop: AbortSignal): Promise<Asked<Members>> {
  const found: string[] = [];
  const except: PersonId[] = [];
  for (const person of new Set(people)) {
    const account = await accounts.accountIdOf(person, stop);
    if (account.is === 'found') found.push(account.value);
    else if (account.is === 'nobody') except.push(person);
    else return account;
  }
  return { is: 'found', value: { accounts: found, except } };
}

function ended(parts: GovParts, reading: Reading, made: Exclude<Asked<string>, { is: 'found' }>): Asked<Group> {
  return reading.is === 'done' ? made : endOf(parts, CHAT, 'chat', reading);
}

function groupOf({ binding }: GovParts, address: string, except: readonly PersonId[]): Asked<Group> {
  return { is: 'found', value: { route: { tenant: binding.tenant, channel: CHAT, address, pages: false }, except } };
}

function nameOf(name: string): string {
  return [...neutralisePlain(name, 'person')].slice(0, MAX_NAME).join('') || '…';
}
