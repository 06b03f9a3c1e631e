/** Scene groups the app makes, e.g. one for an incident: create, change, look (dossier 3.9). They bring the robot along, and it hears there. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PersonId } from '../../core/roster/roster';
import type { Asked, Group, GroupChange, GroupSpec, Groups } from '../../ports/platform';
import { neutralisePlain } from '../wire/neutralise';
import type { Reading } from './answer';
import { asked, type Question } from './asked';
import { GROUP } from './channels/talk';
import type { DingParts } from './parts';

const QUESTION: Question = { channel: 'dingtalk.groups', capability: 'groups' };
const MAX_NAME = 20;
const MAX_MEMBERS = 999;
const PAGE = 100;
const MOST_PAGES = 50;
/** A member is none of the organisation's (any more): the platform does not say which. */
const ILLEGAL_MEMBER: ReadonlySet<string> = new Set(['49004', '49005', '49006', '49007']);

const Made = z.looseObject({ openConversationId: z.string().min(1) });
const Shown = z.looseObject({ title: z.string().catch('') });
const Page = z.looseObject({ memberUserIds: z.array(z.string()).max(5_000), nextToken: z.string().optional().catch(undefined) });
const Done = z.looseObject({});

/** Needs the template of a scene group, which is made in the console. */
export function createGroups(parts: DingParts): Groups {
  return {
    create: (spec, stop) => create(parts, spec, stop),
    change: (address, change, stop) => update(parts, address, change, stop),
    look: (address, stop) => look(parts, address, stop),
  };
}

interface Members {
  readonly userids: readonly string[];
  readonly except: readonly PersonId[];
}

/** `uuid` makes a repeat the same group. It has to have an owner: the first member where nobody is named. */
async function create(parts: DingParts, spec: GroupSpec, stop: AbortSignal): Promise<Asked<Group>> {
  const { binding, api } = parts;
  const wanted = membersOf(parts, spec.owner === null ? spec.members : [spec.owner, ...spec.members]);
  const post = ({ userids }: Members): Promise<Reading> => {
    const body = {
      groupName: nameOf(spec.name),
      groupOwnerId: userids[0],
      userIdList: userids,
      templateId: binding.sceneTemplateId,
      uuid: createHash('sha256').update(spec.key).digest('hex').slice(0, 32),
    };
    return api.now('v1.0/im/sceneGroups', { body }, stop);
  };
  if (wanted.userids.length < 2) return TOO_FEW;
  const first = await post(wanted);
  if (!refusesMember(first)) return made(parts, first, wanted);
  const there = await withoutLost(parts, wanted, stop);
  return there.userids.length < 2 ? TOO_FEW : made(parts, await post(there), there);
}

const TOO_FEW = { is: 'refused', code: 'too_few_members', fault: 'receiver' } as const;

function made(parts: DingParts, reading: Reading, { except }: Members): Asked<Group> {
  return asked(parts, QUESTION, reading, Made, ({ openConversationId }) => ({ route: routeOf(parts, openConversationId), except }));
}

/** In this order: who comes, who goes, and what the group is called and whose it is. The first refusal ends it; it may be asked again. */
async function update(parts: DingParts, address: string, change: GroupChange, stop: AbortSignal): Promise<Asked<Group>> {
  const added = membersOf(parts, change.add ?? []);
  const removed = membersOf(parts, change.remove ?? []);
  const owner = change.owner === undefined ? null : parts.accounts.useridOf(change.owner);
  const fields = {
    ...(change.name === undefined ? {} : { title: nameOf(change.name) }),
    ...(owner === null ? {} : { owner_user_id: owner }),
  };
  const old = async (path: string, body: Readonly<Record<string, unknown>>) => {
    const ask = { body: { open_conversation_id: address, ...body } };
    return parts.api.old(`topapi/im/chat/scenegroup/${path}`, ask, stop);
  };
  const { taken, reading } = await addAll(parts, added, old, stop);
  const steps = [
    ...(reading === null ? [] : [async () => reading]),
    ...(removed.userids.length === 0 ? [] : [() => old('member/delete', { user_ids: removed.userids.join(',') })]),
    ...(Object.keys(fields).length === 0 ? [] : [() => old('update', fields)]),
  ];
  for (const step of steps) {
    const end = asked(parts, QUESTION, await step(), Done, () => null);
    if (end.is !== 'found') return end;
  }
  return { is: 'found', value: { route: routeOf(parts, address), except: taken.except } };
}

interface Added {
  readonly taken: Members;
  /** Null where nobody was to be added. */
  readonly reading: Reading | null;
}
type Old = (path: string, body: Readonly<Record<string, unknown>>) => Promise<Reading>;

/** One whom the platform does not take keeps nobody else out. */
async function addAll(parts: DingParts, members: Members, old: Old, stop: AbortSignal): Promise<Added> {
  if (members.userids.length === 0) return { taken: members, reading: null };
  const first = await old('member/add', { user_ids: members.userids.join(',') });
  if (!refusesMember(first)) return { taken: members, reading: first };
  const taken = await withoutLost(parts, members, stop);
  return { taken, reading: taken.userids.length === 0 ? null : await old('member/add', { user_ids: taken.userids.join(',') }) };
}

async function look(parts: DingParts, address: string, stop: AbortSignal): Promise<Awaited<ReturnType<Groups['look']>>> {
  const { api, accounts } = parts;
  const shown = await api.now('v1.0/im/sceneGroups/query', { body: { openConversationId: address } }, stop);
  const name = asked(parts, QUESTION, shown, Shown, ({ title }) => title);
  if (name.is !== 'found') return name;
  const userids: string[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const body = { openConversationId: address, maxResults: PAGE, ...(nextToken === undefined ? {} : { nextToken }) };
    const reading = await api.now('v1.0/im/sceneGroups/members/batchQuery', { body }, stop);
    const page = asked(parts, QUESTION, reading, Page, (value) => value);
    if (page.is !== 'found') return page;
    userids.push(...page.value.memberUserIds);
    nextToken = page.value.nextToken;
    if (nextToken === undefined || nextToken === '') break;
  }
  const known = userids.map((userid) => ({ userid, person: accounts.personOf(userid) }));
  const people = known.flatMap(({ person }) => (person === null ? [] : [person]));
  const strangers = known.flatMap(({ userid, person }) => (person === null ? [userid] : []));
  return { is: 'found', value: { name: name.value, people, strangers } };
}

function refusesMember(reading: Reading): boolean {
  return reading.is === 'fault' && ILLEGAL_MEMBER.has(reading.fault.code);
}

function membersOf({ accounts }: DingParts, people: readonly PersonId[]): Members {
  const known = [...new Set(people)].map((person) => ({ person, userid: accounts.useridOf(person) }));
  const userids = known.flatMap(({ userid }) => (userid === null ? [] : [userid])).slice(0, MAX_MEMBERS);
  return { userids, except: known.flatMap(({ person, userid }) => (userid === null ? [person] : [])) };
}

/** Asks about each, because the platform does not say whom it would not take. */
async function withoutLost({ accounts, api }: DingParts, members: Members, stop: AbortSignal): Promise<Members> {
  const there: string[] = [];
  const lost: PersonId[] = [];
  for (const userid of members.userids) {
    const reading = await api.old('topapi/v2/user/get', { body: { userid } }, stop);
    const person = accounts.personOf(userid);
    if (reading.is !== 'fault' || !['60121', '33012', '50002'].includes(reading.fault.code)) there.push(userid);
    else if (person !== null) lost.push(person);
  }
  return { userids: there, except: [...members.except, ...lost] };
}

function routeOf({ binding }: DingParts, address: string): Group['route'] {
  return { tenant: binding.tenant, channel: GROUP, address, pages: false };
}

function nameOf(name: string): string {
  return [...neutralisePlain(name, 'person')].slice(0, MAX_NAME).join('') || '…';
}
