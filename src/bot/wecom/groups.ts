/** Groups the app makes, e.g. one for an incident: create, change, look (dossier 5.5). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PersonId } from '../../core/roster/roster';
import type { Asked, Group, GroupChange, GroupSpec, Groups } from '../../ports/platform';
import { neutralisePlain } from '../wire/neutralise';
import type { AppParts } from './channels/app';
import { APPCHAT } from './channels/appchat';
import { asLacking, type Reading, resultOfCode } from './results';

const MAX_NAME = 50;
const MAX_MEMBERS = 2000;
const TAKEN = 86215;
/** A member is none of the enterprise's (any more): the platform does not say which. */
const ILLEGAL_MEMBER = [86007, 86216];

const Chat = z.looseObject({
  chat_info: z.looseObject({ name: z.string().default(''), owner: z.string().default(''), userlist: z.array(z.string()).max(5000) }),
});

/** Needs the root department in the app's visible range (48002 else). */
export function createGroups(parts: AppParts): Groups {
  const isThere = async (userid: string, stop: AbortSignal): Promise<boolean> => {
    const reading = await parts.api.call('user/get', { query: { userid }, body: null }, stop);
    return reading.is === 'end' || ![60111, 50002, 46004].includes(reading.answer.errcode);
  };
  return {
    create: (spec, stop) => create(parts, spec, isThere, stop),
    change: (address, change, stop) => update(parts, address, change, stop),
    look: (address, stop) => look(parts, address, stop),
  };
}

interface Members {
  readonly userids: readonly string[];
  readonly except: readonly PersonId[];
}
type IsThere = (userid: string, stop: AbortSignal) => Promise<boolean>;

async function create(parts: AppParts, spec: GroupSpec, isThere: IsThere, stop: AbortSignal): Promise<Asked<Group>> {
  const chatid = createHash('sha256').update(spec.key).digest('hex').slice(0, 32);
  const owner = spec.owner === null ? null : parts.accounts.useridOf(spec.owner);
  const members = membersOf(parts, owner === null || spec.owner === null ? spec.members : [spec.owner, ...spec.members]);
  const post = (who: Members) => {
    const keepsOwner = owner !== null && who.userids.includes(owner);
    const body = { name: nameOf(spec.name), ...(keepsOwner ? { owner } : {}), userlist: who.userids, chatid };
    return call(parts, 'appchat/create', body, stop);
  };
  if (members.userids.length < 2) return { is: 'refused', code: 'too_few_members', fault: 'receiver' };
  const first = await post(members);
  if (codeOf(first) === TAKEN) return taken(parts, chatid, members, stop);
  if (!ILLEGAL_MEMBER.includes(codeOf(first))) return groupOf(parts, first, chatid, members.except);
  const there = await withoutLost(parts, members, isThere, stop);
  if (there.userids.length < 2) return groupOf(parts, first, chatid, there.except);
  return groupOf(parts, await post(there), chatid, there.except);
}

/** The same key was used before: the group is ours, unless the platform does not show it to us; whoever is missing is taken in. */
async function taken(parts: AppParts, chatid: string, members: Members, stop: AbortSignal): Promise<Asked<Group>> {
  const found = await chatOf(parts, chatid, stop);
  if (found.is !== 'found') return found;
  const inside = new Set(found.value.userlist.map((userid) => parts.accounts.normalise(userid)));
  const missing = members.userids.filter((userid) => !inside.has(userid));
  if (missing.length === 0) return { is: 'found', value: { route: routeOf(parts, chatid), except: members.except } };
  return groupOf(parts, await call(parts, 'appchat/update', { chatid, add_user_list: missing }, stop), chatid, members.except);
}

async function update(parts: AppParts, chatid: string, change: GroupChange, stop: AbortSignal): Promise<Asked<Group>> {
  const owner = change.owner === undefined ? null : parts.accounts.useridOf(change.owner);
  const add = membersOf(parts, change.add ?? []);
  const remove = membersOf(parts, change.remove ?? []);
  const body = {
    chatid,
    ...(change.name === undefined ? {} : { name: nameOf(change.name) }),
    ...(owner === null ? {} : { owner }),
    ...(add.userids.length === 0 ? {} : { add_user_list: add.userids }),
    ...(remove.userids.length === 0 ? {} : { del_user_list: remove.userids }),
  };
  return groupOf(parts, await call(parts, 'appchat/update', body, stop), chatid, add.except);
}

async function look(parts: AppParts, chatid: string, stop: AbortSignal): Promise<Awaited<ReturnType<Groups['look']>>> {
  const found = await chatOf(parts, chatid, stop);
  if (found.is !== 'found') return found;
  const { name, userlist } = found.value;
  const known = userlist.map((userid) => ({ userid, person: parts.accounts.personOf(userid) }));
  const people = known.flatMap(({ person }) => (person === null ? [] : [person]));
  const strangers = known.flatMap(({ userid, person }) => (person === null ? [userid] : []));
  return { is: 'found', value: { name, people, strangers } };
}

async function chatOf(parts: AppParts, chatid: string, stop: AbortSignal): Promise<Asked<z.infer<typeof Chat>['chat_info']>> {
  const reading = await parts.api.call('appchat/get', { query: { chatid }, body: null }, stop);
  const chat = reading.is === 'answer' && reading.answer.errcode === 0 ? Chat.safeParse(reading.answer) : null;
  if (chat?.success) return { is: 'found', value: chat.data.chat_info };
  return endOf(parts, reading);
}

async function call(parts: AppParts, path: string, body: Readonly<Record<string, unknown>>, stop: AbortSignal): Promise<Reading> {
  return asLacking(await parts.api.call(path, { body: JSON.stringify(body) }, stop));
}

function groupOf(parts: AppParts, reading: Reading, chatid: string, except: readonly PersonId[]): Asked<Group> {
  if (codeOf(reading) === 0) return { is: 'found', value: { route: routeOf(parts, chatid), except } };
  return endOf(parts, reading);
}

function endOf({ deps, features }: AppParts, reading: Reading): Exclude<Asked<never>, { is: 'found' }> {
  const { errcode, errmsg } = reading.is === 'answer' ? reading.answer : { errcode: 0, errmsg: '' };
  const end = reading.is === 'end' ? reading.result : resultOfCode(errcode, errmsg, { channel: APPCHAT, log: deps.log });
  if (end.is === 'refused') features.lacks('app.appchat', end.code);
  return end.is === 'accepted' ? { is: 'unknown', what: 'answer_unreadable' } : end;
}

/** -1 where there is no answer of the platform's. */
function codeOf(reading: Reading): number {
  return reading.is === 'answer' ? reading.answer.errcode : -1;
}

function membersOf({ accounts }: AppParts, people: readonly PersonId[]): Members {
  const known = [...new Set(people)].map((person) => ({ person, userid: accounts.useridOf(person) }));
  const userids = known.flatMap(({ userid }) => (userid === null ? [] : [userid])).slice(0, MAX_MEMBERS);
  return { userids, except: known.flatMap(({ person, userid }) => (userid === null ? [person] : [])) };
}

async function withoutLost({ accounts }: AppParts, members: Members, isThere: IsThere, stop: AbortSignal): Promise<Members> {
  const there: string[] = [];
  const lost: PersonId[] = [];
  for (const userid of members.userids) {
    const person = accounts.personOf(userid);
    if (await isThere(userid, stop)) there.push(userid);
    else if (person !== null) lost.push(person);
  }
  return { userids: there, except: [...members.except, ...lost] };
}

function routeOf({ binding }: AppParts, address: string): Group['route'] {
  return { tenant: binding.tenant, channel: APPCHAT, address, pages: binding.capabilities?.['app.mention'] !== 'off' };
}

function nameOf(name: string): string {
  return [...neutralisePlain(name, 'person')].slice(0, MAX_NAME).join('') || '…';
}
