/** The directory of the government edition: people by code and by mobile number (dossier 6.4). */
import { z } from 'zod';
import type { Asked, Contacts } from '../../../ports/platform';
import { createMobiles } from '../../wire/mobiles';
import { asked } from './asked';
import { endOf, type GovParts } from './parts';
import type { Field } from './sign';

const Employee = z.looseObject({ employeeCode: z.string().min(1), employeeName: z.string().catch('') });
const Found = z.looseObject({ employeeCode: z.string().min(1) });
const NO_CONTACTS = { is: 'refused', code: 'no_contacts', fault: 'capability' } as const;
/** Units have codes (`GO_…`) here and no numbers, by which our port asks. */
const NO_NUMBERS = { is: 'refused', code: 'units_have_codes', fault: 'capability' } as const;

/** None of these questions changes anything; each may run twice. Post, units and standing are not told by this call. */
export function createContacts(parts: GovParts): Contacts {
  const { binding, deps, features, api } = parts;
  const ask = async <S, T>(
    path: string,
    fields: readonly Field[],
    schema: z.ZodType<S>,
    take: (value: S) => T,
    stop: AbortSignal,
  ): Promise<Asked<T>> => {
    if (!features.may('contacts')) return NO_CONTACTS;
    const reading = await api({ path, fields: [['tenantId', binding.tenantId], ...fields] }, stop);
    const end = asked(reading, deps.log, schema, take);
    return end.is === 'refused' && reading.is !== 'done' ? endOf(parts, 'govding.contacts', 'contacts', reading) : end;
  };
  return {
    entry: (account, stop) =>
      ask(
        '/mozi/employee/getEmployeeByCode',
        [['employeeCode', parts.accounts.normalise(account)]],
        Employee,
        ({ employeeCode, employeeName }) => ({ account: employeeCode, name: employeeName, post: '', departments: [], active: null }),
        stop,
      ),
    department: async () => NO_NUMBERS,
    departments: async () => NO_NUMBERS,
    accountOfMobile: createMobiles(
      (mobile, stop) => {
        const fields: readonly Field[] = [
          ['areaCode', '86'],
          ['namespace', 'local'],
          ['mobile', mobile],
        ];
        return ask('/mozi/employee/get_by_mobile', fields, Found, ({ employeeCode }) => employeeCode, stop);
      },
      Object.keys(binding.people).length,
      deps.clock,
    ),
  };
}
