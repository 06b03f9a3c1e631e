/** The platform's directory, for the console and the roster: people, departments, accounts by mobile number (dossier 5). */
import { z } from 'zod';
import type { Asked, Contacts, Entry } from '../../ports/platform';
import { createMobiles } from '../wire/mobiles';
import { asked, type Question } from './asked';
import type { DingParts } from './parts';

const Person = z.looseObject({
  userid: z.string().min(1),
  name: z.string().catch(''),
  title: z.string().catch(''),
  dept_id_list: z.array(z.number()).catch([]),
  active: z.boolean().optional().catch(undefined),
});
const One = z.looseObject({ result: Person });
const Page = z.looseObject({
  result: z.looseObject({ list: z.array(Person), has_more: z.boolean().catch(false), next_cursor: z.number().optional().catch(undefined) }),
});
const Below = z.looseObject({ result: z.looseObject({ dept_id_list: z.array(z.number()) }) });
const Found = z.looseObject({ result: z.looseObject({ userid: z.string().min(1) }) });

const QUESTION: Question = { channel: 'dingtalk.contacts', capability: 'contacts' };
const NO_CONTACTS = { is: 'refused', code: 'no_contacts', fault: 'capability' } as const;
const PAGE = 100;
/** Calls of one question at most: a directory that goes on and on is cut here, and said to be too large. */
const MOST_CALLS = 500;
const TOO_LARGE = { is: 'unknown', what: 'directory_too_large' } as const;

type Ask = <S, T>(
  path: string,
  body: Readonly<Record<string, unknown>>,
  schema: z.ZodType<S>,
  take: (value: S) => T,
  stop: AbortSignal,
) => Promise<Asked<T>>;

/** Questions to the directory, as far as the app sees it. None of them changes anything; each may run twice, and each call is one of the month's. */
export function createContacts(parts: DingParts): Contacts {
  const { api, features, binding, deps } = parts;
  const ask: Ask = async (path, body, schema, take, stop) => {
    if (!features.may('contacts')) return NO_CONTACTS;
    return asked(parts, QUESTION, await api.old(path, { body }, stop), schema, take);
  };
  return {
    entry: (account, stop) => ask('topapi/v2/user/get', { userid: account, language: 'zh_CN' }, One, ({ result }) => entryOf(result), stop),
    department: (id, stop) => everyPage(ask, id, stop),
    departments: (root, stop) => everyDepartment(ask, root, stop),
    accountOfMobile: createMobiles(
      (mobile, stop) => ask('topapi/v2/user/getbymobile', { mobile }, Found, ({ result }) => result.userid, stop),
      Object.keys(binding.people).length,
      deps.clock,
    ),
  };
}

async function everyPage(ask: Ask, department: number, stop: AbortSignal): Promise<Asked<readonly Entry[]>> {
  const people: Entry[] = [];
  let cursor: number | undefined = 0;
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    const body: Readonly<Record<string, unknown>> = { dept_id: department, cursor, size: PAGE };
    const page: Asked<z.infer<typeof Page>['result']> = await ask('topapi/v2/user/list', body, Page, ({ result }) => result, stop);
    if (page.is !== 'found') return page;
    people.push(...page.value.list.map(entryOf));
    cursor = page.value.has_more ? page.value.next_cursor : undefined;
    if (cursor === undefined) return { is: 'found', value: people };
  }
  return TOO_LARGE;
}

/** The platform tells direct children only. */
async function everyDepartment(ask: Ask, root: number, stop: AbortSignal): Promise<Asked<readonly number[]>> {
  const all = new Set([root]);
  let calls = 0;
  for (const id of all) {
    calls += 1;
    if (calls > MOST_CALLS) return TOO_LARGE;
    const children = await ask('topapi/v2/department/listsubid', { dept_id: id }, Below, ({ result }) => result.dept_id_list, stop);
    if (children.is !== 'found') return children;
    for (const child of children.value) all.add(child);
  }
  return { is: 'found', value: [...all] };
}

function entryOf({ userid, name, title, dept_id_list, active }: z.infer<typeof Person>): Entry {
  return { account: userid, name, post: title, departments: dept_id_list, active: active ?? null };
}
