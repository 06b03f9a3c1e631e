/** The platform's directory, for the console and the roster: people, departments, accounts by mobile number (dossier 5.7). */
import { z } from 'zod';
import type { Asked, Contacts, Entry, SendResult } from '../../ports/platform';
import { createMobiles } from '../wire/mobiles';
import type { AppParts } from './channels/app';
import { asLacking, type Reading, resultOfCode } from './results';

const Person = z.looseObject({
  userid: z.string().min(1),
  name: z.string().catch(''),
  position: z.string().catch(''),
  department: z.array(z.number()).catch([]),
  status: z.number().optional().catch(undefined),
});
const People = z.looseObject({ userlist: z.array(Person) });
const Departments = z.looseObject({ department_id: z.array(z.looseObject({ id: z.number() })) });
const Found = z.looseObject({ userid: z.string().min(1) });

const UNKNOWN = [60111, 46004, 60003, 60123];
const ACTIVE = 1;

/** Questions to the directory, as far as the app sees it (dossier 5.7). None of them changes anything; each may run twice. */
export function createContacts(parts: AppParts): Contacts {
  return {
    async entry(account, stop) {
      return asked(parts, await get(parts, 'user/get', { userid: account }, stop), Person, (person) => entryOf(parts, person));
    },
    async department(id, stop) {
      const reading = await get(parts, 'user/simplelist', { department_id: String(id) }, stop);
      return asked(parts, reading, People, ({ userlist }) => userlist.map((person) => entryOf(parts, person)));
    },
    async departments(root, stop) {
      const reading = await get(parts, 'department/simplelist', { id: String(root) }, stop);
      return asked(parts, reading, Departments, ({ department_id }) => department_id.map(({ id }) => id));
    },
    accountOfMobile: createMobiles(accountOf(parts), Object.keys(parts.binding.people).length, parts.deps.clock),
  };
}

const NO_CONTACTS = { is: 'refused', code: 'no_contacts', fault: 'capability' } as const;

/** Asks for one number; see `createMobiles` for how often. */
function accountOf(parts: AppParts): (mobile: string, stop: AbortSignal) => Promise<Asked<string>> {
  return async (mobile, stop) => {
    if (!parts.features.may('contacts')) return NO_CONTACTS;
    const reading = await parts.api.call('user/getuserid', { body: JSON.stringify({ mobile }) }, stop);
    return asked(parts, reading, Found, ({ userid }) => parts.accounts.normalise(userid));
  };
}

/** A reading as the end of a question: unknown things are nobody, everything else by the table of codes. */
export function asked<S, T>({ deps }: Pick<AppParts, 'deps'>, reading: Reading, schema: z.ZodType<S>, take: (value: S) => T): Asked<T> {
  if (reading.is === 'end') return ended(reading.result);
  const { errcode, errmsg } = reading.answer;
  if (UNKNOWN.includes(errcode)) return { is: 'nobody' };
  if (errcode !== 0) return ended(resultOfCode(errcode, errmsg, { channel: 'wecom.contacts', log: deps.log }));
  const value = schema.safeParse(reading.answer);
  return value.success ? { is: 'found', value: take(value.data) } : { is: 'unknown', what: 'answer_unreadable' };
}

function ended<T>(end: SendResult): Asked<T> {
  return end.is === 'accepted' ? { is: 'unknown', what: 'answer_unreadable' } : end;
}

async function get(
  { features, api }: AppParts,
  path: string,
  query: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<Reading> {
  if (!features.may('contacts')) return { is: 'end', result: NO_CONTACTS };
  const reading = asLacking(await api.call(path, { query, body: null }, stop));
  const code = reading.is === 'answer' ? String(reading.answer.errcode) : 'code' in reading.result ? reading.result.code : '';
  features.lacks('contacts', code);
  return reading;
}

function entryOf({ accounts }: AppParts, person: z.infer<typeof Person>): Entry {
  const { userid, name, position, department, status } = person;
  return {
    account: accounts.normalise(userid),
    name,
    post: position,
    departments: department,
    active: status === undefined ? null : status === ACTIVE,
  };
}
