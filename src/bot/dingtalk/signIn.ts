/** Signing in on a page through DingTalk: where the browser goes, and who came back (dossier 5). */
import { z } from 'zod';
import type { Asked, SignIn } from '../../ports/platform';
import { type Reading, readNew } from './answer';
import { asked, type Question } from './asked';
import type { DingParts } from './parts';
import { apiUrl, loginUrl } from './settings';

const Token = z.looseObject({ accessToken: z.string().min(1), corpId: z.string().optional().catch(undefined) });
const Me = z.looseObject({ unionId: z.string().min(1) });
const Member = z.looseObject({ result: z.looseObject({ userid: z.string().min(1) }) });
const QUESTION: Question = { channel: 'dingtalk.signIn', capability: 'oauth' };

/**
 * The address of the sign-in page, and the person behind the code it gave. A code from a page inside the app (免登) is taken too. `page`
 * throws RangeError on a state that could not come back unchanged.
 */
export function createSignIn(parts: DingParts): SignIn {
  const { binding, accounts } = parts;
  return {
    page(back, state) {
      if (!/^[A-Za-z0-9]{1,128}$/.test(state)) throw new RangeError('state: 1 to 128 letters or digits');
      const query = { response_type: 'code', client_id: binding.clientId, scope: 'openid', state, prompt: 'consent' };
      return loginUrl(binding, 'oauth2/auth', { redirect_uri: back, ...query }).href;
    },
    async who(code, stop) {
      const browser = await byBrowser(parts, code, stop);
      const userid = browser.is === 'not_ours' ? await byApp(parts, code, stop) : browser;
      if (userid.is !== 'found') return userid;
      return { is: 'found', value: { account: userid.value, person: accounts.personOf(userid.value) } };
    },
  };
}

/** The code buys a token of that person alone, which names them; `not_ours` for a code of another kind. */
async function byBrowser(parts: DingParts, code: string, stop: AbortSignal): Promise<Asked<string> | { readonly is: 'not_ours' }> {
  const { binding, api } = parts;
  const { clientId, clientSecret } = binding;
  const bought = await bare(
    parts,
    'v1.0/oauth2/userAccessToken',
    { clientId, clientSecret, code, grantType: 'authorization_code' },
    {},
    stop,
  );
  if (bought.is === 'fault' && bought.fault.status < 500 && !bought.fault.code.includes('QpsLimit')) return { is: 'not_ours' };
  const token = asked(parts, QUESTION, bought, Token, (value) => value);
  if (token.is !== 'found') return token;
  if (token.value.corpId !== undefined && token.value.corpId !== binding.corpId) return { is: 'nobody' };
  const headers = { 'x-acs-dingtalk-access-token': token.value.accessToken };
  const me = asked(parts, QUESTION, await bare(parts, 'v1.0/contact/users/me', null, headers, stop), Me, ({ unionId }) => unionId);
  if (me.is !== 'found') return me;
  const reading = await api.old('topapi/user/getbyunionid', { body: { unionid: me.value } }, stop);
  return asked(parts, QUESTION, reading, Member, ({ result }) => result.userid);
}

async function byApp(parts: DingParts, code: string, stop: AbortSignal): Promise<Asked<string>> {
  const reading = await parts.api.old('topapi/v2/user/getuserinfo', { body: { code } }, stop);
  return asked(parts, QUESTION, reading, Member, ({ result }) => result.userid);
}

/** A call without the app's token. */
async function bare(
  { binding, http }: DingParts,
  path: string,
  body: Readonly<Record<string, unknown>> | null,
  headers: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<Reading> {
  return readNew(await http({ url: apiUrl(binding, path), body: body === null ? null : JSON.stringify(body), headers }, stop));
}
