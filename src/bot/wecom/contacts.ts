/** The platform's directory, for the console and the roster: people, departments, accounts by mobile number (dossier 5.7). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Asked, Contacts, Entry, SendResult } from '../../ports/platform';
import type { AppParts } from './channels/app';
import { asLacking, type Reading, resultOfCode, road } from './results';

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
const DAY_MS = 86_400_000;
/** Above a fifth of the staff in wrong numbers the platform blocks the call for a day; we stop at a tenth, but allow a few. */
const MISSES_SHARE = 0.1;
const MISSES_LEAST = 3;
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
    accountOfMobile: createMobiles(parts),
  };
}

const NO_CONTACTS = { is: 'refused', code: 'no_contacts', fault: 'capability' } as const;

type Known = { readonly account: string | null; readonly until: number };

/** Numbers are remembered by their hash for a day, found or not. */
function createMobiles(parts: AppParts): Contacts['accountOfMobile'] {
  const known = new Map<string, Known>();
  const budget = Math.max(MISSES_LEAST, Math.floor(Object.keys(parts.binding.people).length * MISSES_SHARE));
  let misses: readonly number[] = [];
  return async (mobile, stop) => {
    const now = parts.deps.clock.now();
    const key = createHash('sha256').update(mobile).digest('hex');
    const had = known.get(key);
    if (had !== undefined && now < had.until) return had.account === null ? { is: 'nobody' } : { is: 'found', value: had.account };
    misses = misses.filter((at) => at > now - DAY_MS);
    if (!parts.features.may('contacts')) return NO_CONTACTS;
    if (misses.length >= budget) return road('lookup_budget', (misses[0] ?? now) + DAY_MS - now) as Exclude<Asked<string>, { is: 'found' }>;
    const reading = await parts.api.call('user/getuserid', { body: JSON.stringify({ mobile }) }, stop);
    const end = asked(parts, reading, Found, ({ userid }) => parts.accounts.normalise(userid));
    if (end.is === 'nobody') misses = [...misses, now];
    if (end.is === 'found' || end.is === 'nobody') known.set(key, { account: end.is === 'found' ? end.value : null, until: now + DAY_MS });
    return end;
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
