/** Puts the plain userid in place of an encrypted one, which the platform gives when the robot's maker is no administrator (dossier 2.4). */
import { z } from 'zod';
import type { Inbound } from '../../ports/platform';
import { type Accounts, isEncrypted } from './accounts';
import type { AppApi } from './appApi';
import type { WecomDeps } from './deps';
import { after } from './timer';

const Pairs = z.looseObject({
  userid_list: z.array(z.looseObject({ open_userid: z.string(), userid: z.string().min(1) })).default([]),
});
/** A message waits no longer; it then counts as a stranger's, and the answer serves the next one. */
const WAIT_MS = 1_000;
/** An id that could not be converted is not asked for again within this time. */
const ASK_AGAIN_MS = 10 * 60_000;
const MAX_KNOWN = 50_000;

/** The same message under its plain account where that can be had within a second; never rejects; may run twice. */
export type Identify = (message: Inbound) => Promise<Inbound>;

/** Keeps each pair it has learned (50,000 at most), and does not ask again for ten minutes where there was no answer. */
export function createIdentify(api: AppApi, accounts: Accounts, deps: WecomDeps): Identify {
  const known = new Map<string, string>();
  const failed = new Map<string, number>();
  const convert = async (id: string): Promise<void> => {
    failed.set(id, deps.clock.now() + ASK_AGAIN_MS);
    const ask = { body: JSON.stringify({ open_userid_list: [id] }) };
    const reading = await api.call('batch/openuserid_to_userid', ask, new AbortController().signal);
    const pairs = reading.is === 'answer' && reading.answer.errcode === 0 ? Pairs.safeParse(reading.answer) : null;
    const userid = pairs?.data?.userid_list.find((pair) => pair.open_userid === id)?.userid;
    if (userid === undefined) return deps.log.warn({}, 'wecom: an encrypted user id was not converted');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(id, accounts.normalise(userid));
    failed.delete(id);
  };
  return async (message) => {
    const { account } = message;
    if (!isEncrypted(account) || accounts.personOf(account) !== null) return message;
    if (!known.has(account) && deps.clock.now() >= (failed.get(account) ?? 0)) await atMost(deps, convert(account));
    const plain = known.get(account);
    return plain === undefined ? message : withAccount(message, plain);
  };
}

/** A single chat keeps the id by which it can be written to. */
function withAccount(message: Inbound, account: string): Inbound {
  return { ...message, account };
}

function atMost(deps: WecomDeps, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = after(deps.pace, WAIT_MS, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
