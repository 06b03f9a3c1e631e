/** Signing in on a page by scanning with the government edition (dossier 6.4). Where the page is, each province's console says. */
import { z } from 'zod';
import type { SignIn } from '../../../ports/platform';
import { asked } from './asked';
import { meaningOf } from './codes';
import type { GovParts } from './parts';

const id = z.union([z.string().min(1), z.number()]).transform(String);
const Member = z.looseObject({ employeeCode: id.optional().catch(undefined), accountId: id.optional().catch(undefined) });
const SPENT = /auth[\s_-]?code|授权码/i;

/** `page` throws RangeError on a state that could not come back unchanged. `template` holds `{back}` and `{state}`. */
export function createSignIn({ api, accounts, deps }: GovParts, template: string): SignIn {
  return {
    page(back, state) {
      if (!/^[A-Za-z0-9]{1,128}$/.test(state)) throw new RangeError('state: 1 to 128 letters or digits');
      return template.replace('{back}', encodeURIComponent(back)).replace('{state}', state);
    },
    async who(code, stop) {
      const reading = await api({ path: '/rpc/oauth2/getuserinfo_bycode.json', fields: [['code', code]] }, stop);
      if (reading.is === 'denied' && meaningOf(reading) === 'content' && SPENT.test(`${reading.code} ${reading.words}`))
        return { is: 'nobody' };
      const end = asked(reading, deps.log, Member, ({ employeeCode, accountId }) => employeeCode ?? accountId ?? null);
      if (end.is !== 'found') return end;
      if (end.value === null) return { is: 'nobody' };
      const account = accounts.normalise(end.value);
      return { is: 'found', value: { account, person: accounts.personOf(account) } };
    },
  };
}
