/** Signing in on a page through WeCom: where the browser goes, and who came back (dossier 5.8). */
import { z } from 'zod';
import type { Asked, SignIn } from '../../ports/platform';
import type { AppParts } from './channels/app';
import { asked } from './contacts';
import { asLacking } from './results';
import { oauthUrl } from './settings';

/** The older call spells its fields in capitals. */
const Member = z.looseObject({
  userid: z.string().min(1).optional().catch(undefined),
  UserId: z.string().min(1).optional().catch(undefined),
});
/** Spent, illegal or too old: a new sign-in is needed. */
const SPENT = [40029, 42003, 42022];
const PATHS = ['auth/getuserinfo', 'user/getuserinfo'] as const;

/** The address of the sign-in page, and the person behind the code it gave. `page` throws RangeError on a state the platform would not return. */
export function createSignIn(parts: AppParts): SignIn {
  const { binding, api, accounts } = parts;
  return {
    page(back, state) {
      if (!/^[A-Za-z0-9]{1,128}$/.test(state)) throw new RangeError('state: 1 to 128 letters or digits');
      const query = {
        appid: binding.corpId,
        redirect_uri: back,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: String(binding.agentId),
      };
      return `${oauthUrl(binding, 'connect/oauth2/authorize', query).href}#wechat_redirect`;
    },
    async who(code, stop) {
      let end: Asked<string | null> = { is: 'nobody' };
      for (const path of PATHS) {
        const reading = asLacking(await api.call(path, { query: { code }, body: null }, stop));
        if (reading.is === 'answer' && SPENT.includes(reading.answer.errcode)) return { is: 'nobody' };
        end = asked(parts, reading, Member, ({ userid, UserId }) => userid ?? UserId ?? null);
        if (!isMissing(end)) break;
      }
      if (end.is !== 'found') return end;
      if (end.value === null) return { is: 'nobody' };
      const account = accounts.normalise(end.value);
      return { is: 'found', value: { account, person: accounts.personOf(account) } };
    },
  };
}

/** An older deployment has the older call only. */
function isMissing(end: Asked<unknown>): boolean {
  return end.is === 'refused' && ['http_404', 'answer_not_json', '48001', '48002'].includes(end.code);
}
