/** The platform gives encrypted user ids when the robot's maker is no administrator; this turns them into plain ones (dossier 2.4). */
import { z } from 'zod';
import type { AdapterDeps } from '../wire/deps';
import { createIdentify, type Identify } from '../wire/identify';
import { type Accounts, isEncrypted } from './accounts';
import type { AppApi } from './appApi';

const Pairs = z.looseObject({
  userid_list: z.array(z.looseObject({ open_userid: z.string(), userid: z.string().min(1) })).default([]),
});

/** Asks the platform about one encrypted id at a time. */
export function createDecryption(api: AppApi, accounts: Accounts, deps: AdapterDeps): Identify {
  return createIdentify(
    {
      isForeign: (account) => isEncrypted(account) && accounts.personOf(account) === null,
      async plainOf(id) {
        const ask = { body: JSON.stringify({ open_userid_list: [id] }) };
        const reading = await api.call('batch/openuserid_to_userid', ask, new AbortController().signal);
        const pairs = reading.is === 'answer' && reading.answer.errcode === 0 ? Pairs.safeParse(reading.answer) : null;
        const userid = pairs?.data?.userid_list.find((pair) => pair.open_userid === id)?.userid;
        return userid === undefined ? null : accounts.normalise(userid);
      },
    },
    deps,
  );
}
