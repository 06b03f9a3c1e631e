/** Persons of the roster and their two ids on the platform: the employee code of the directory and the account that messages go to (dossier 6.4). */
import { z } from 'zod';
import type { PersonId } from '../../../core/roster/roster';
import type { Asked } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import type { GovApi } from './api';
import { asked } from './asked';
import type { GovdingBinding } from './settings';

export interface Accounts {
  /** The employee code in place of an account id that is known; everything else stays. */
  normalise(account: string): string;
  /** The person behind an employee code or a known account id. */
  personOf(account: string): PersonId | null;
  /** Where messages to a person go; asks the directory once where the settings do not say. Never throws. */
  accountIdOf(person: PersonId, stop: AbortSignal): Promise<Asked<string>>;
  /** The employee code behind an account id, asking for those the settings leave out; null for a stranger. Never rejects. */
  codeOf(accountId: string): Promise<string | null>;
  /** Are there people whose account id nobody has told yet? */
  isIncomplete(): boolean;
}

const id = z.union([z.string().min(1), z.number()]).transform(String);
const Rows = z.array(z.looseObject({ accountId: id, employeeCode: id }));
/** The most employee codes in one question. */
const MOST_CODES = 100;

/** What the directory has told is remembered until the process ends; account ids do not change. */
export function createAccounts(binding: GovdingBinding, api: GovApi, deps: AdapterDeps): Accounts {
  const codes = new Map(Object.entries(binding.people).map(([person, { employeeCode }]) => [person, employeeCode]));
  const people = new Map([...codes].map(([person, code]) => [code, person]));
  const ids = new Map(
    Object.values(binding.people).flatMap(({ employeeCode, accountId }) => (accountId === undefined ? [] : [[employeeCode, accountId]])),
  );
  const codeByAccount = new Map([...ids].map(([code, account]) => [account, code]));
  const missing = (): readonly string[] => [...people.keys()].filter((code) => !ids.has(code));

  const learn = async (wanted: readonly string[], stop: AbortSignal): Promise<Asked<true>> => {
    const fields = [['tenantId', binding.tenantId] as const, ...wanted.map((code) => ['employeeCodes', code] as const)];
    const reading = await api({ path: '/mozi/employee/listEmployeeAccountIds', fields }, stop);
    return asked(reading, deps.log, Rows, (rows) => {
      for (const { accountId, employeeCode } of rows.filter((row) => people.has(row.employeeCode))) {
        ids.set(employeeCode, accountId);
        codeByAccount.set(accountId, employeeCode);
      }
      return true as const;
    });
  };
  return {
    normalise: (account) => codeByAccount.get(account) ?? account,
    personOf: (account) => people.get(codeByAccount.get(account) ?? account) ?? null,
    isIncomplete: () => missing().length > 0,
    async accountIdOf(person, stop) {
      const code = codes.get(person);
      if (code === undefined) return { is: 'nobody' };
      if (!ids.has(code)) {
        const end = await learn([code, ...missing().filter((one) => one !== code)].slice(0, MOST_CODES), stop);
        if (end.is !== 'found') return end;
      }
      const found = ids.get(code);
      return found === undefined ? { is: 'nobody' } : { is: 'found', value: found };
    },
    async codeOf(accountId) {
      const open = missing();
      const lots = Array.from({ length: Math.ceil(open.length / MOST_CODES) }, (_, at) =>
        open.slice(at * MOST_CODES, (at + 1) * MOST_CODES),
      );
      for (const lot of lots) if (!codeByAccount.has(accountId)) await learn(lot, new AbortController().signal);
      return codeByAccount.get(accountId) ?? null;
    },
  };
}
