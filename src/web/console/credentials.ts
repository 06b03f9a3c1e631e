/** Passwords and one-time codes of people: checked with a lock against guessing, set once through a link. */

import { rolesOf } from '../../core/rights/reach';
import type { PersonId, Roster } from '../../core/roster/roster';
import type { CredentialStore } from '../../ports/sessions';
import { HttpFault, TooSoon } from '../errors';
import { codeKeyUri, hashOf, hashPassword, isPassword, newCodeKey, newToken, stepOf } from './secrets';

export interface CredentialPorts {
  readonly credentials: CredentialStore;
  /** Seals what must be read again, and opens it; null for what is not ours. */
  readonly seal: { close(text: string): string; open(sealed: string): string | null };
  readonly wallMs: () => number;
}

/** So many wrong ones in a row, and the person waits a quarter of an hour. */
const MOST_FAILURES = 5;
const LOCK_MS = 15 * 60_000;
const LINK_MS = 24 * 60 * 60_000;
const SHORTEST_PASSWORD = 12;
/** Whoever holds one of these gives a one-time code as well, however he signs in. */
const WITH_CODE: readonly string[] = ['sysadmin', 'auditor'];

/** Does this person's sign-in need a one-time code? */
export function needsCode(roster: Roster, person: PersonId): boolean {
  return rolesOf(roster, person).some((role) => WITH_CODE.includes(role));
}

/** Throws HttpFault 401 `wrong_password` for anything wrong, without saying what; 429 `locked` after too many. */
export async function checkPassword(ports: CredentialPorts, person: PersonId, password: string): Promise<void> {
  const { credentials, wallMs } = ports;
  const kept = await unlocked(ports, person);
  if (await isPassword(password, kept?.password ?? null)) return;
  await credentials.failed(person, MOST_FAILURES, wallMs() + LOCK_MS);
  throw new HttpFault(401, 'wrong_password', '账号、密码或动态口令不正确。', '连续错误五次将锁定十五分钟');
}

/** Each code counts once. Throws as `checkPassword`, and 409 `no_code_key` where the person has no key yet. */
export async function checkCode(ports: CredentialPorts, person: PersonId, code: string): Promise<void> {
  const { credentials, seal, wallMs } = ports;
  const kept = await unlocked(ports, person);
  const key = kept?.totp == null ? null : seal.open(kept.totp);
  if (key === null) throw new HttpFault(409, 'no_code_key', '还没有绑定身份验证器。', '请用一次性链接绑定');
  const step = stepOf(code, key, wallMs());
  if (step !== null && (await credentials.useStep(person, step))) return credentials.succeeded(person);
  await credentials.failed(person, MOST_FAILURES, wallMs() + LOCK_MS);
  throw new HttpFault(401, 'wrong_password', '账号、密码或动态口令不正确。', '连续错误五次将锁定十五分钟');
}

/** A link that lets the person set password and key once within a day; those before it end. Answers the token. */
export async function giveLink({ credentials, wallMs }: CredentialPorts, person: PersonId): Promise<string> {
  const token = newToken();
  await credentials.giveLink(hashOf(token), person, wallMs() + LINK_MS);
  return token;
}

/** Whose link it is, with a fresh key to be shown. Throws HttpFault 404 `no_link` for a spent or overdue one. */
export async function lookAtLink(
  { credentials, wallMs }: CredentialPorts,
  token: string,
  office: string,
): Promise<{ readonly person: PersonId; readonly key: string; readonly uri: string }> {
  const person = await credentials.lookLink(hashOf(token), wallMs());
  if (person === null) throw noLink();
  const key = newCodeKey();
  return { person, key, uri: codeKeyUri(key, person, office) };
}

/** Sets both when the code fits the key; only then the link is spent. Throws HttpFault 404 `no_link`, 422 `weak_password`, `wrong_code`. */
export async function useLink(
  ports: CredentialPorts,
  token: string,
  given: { readonly password: string; readonly key: string; readonly code: string },
): Promise<PersonId> {
  const { credentials, seal, wallMs } = ports;
  if ([...given.password].length < SHORTEST_PASSWORD)
    throw new HttpFault(422, 'weak_password', `密码至少 ${SHORTEST_PASSWORD} 个字符。`, '可以用一句自己记得住的话', 'password');
  const step = stepOf(given.code, given.key, wallMs());
  if (step === null) throw new HttpFault(422, 'wrong_code', '动态口令与密钥不符。', '请核对手机时间后输入新的六位数字', 'code');
  const password = await hashPassword(given.password);
  const person = await credentials.takeLink(hashOf(token), wallMs());
  if (person === null) throw noLink();
  await credentials.set(person, { password, totp: seal.close(given.key) });
  await credentials.useStep(person, step);
  return person;
}

async function unlocked({ credentials, wallMs }: CredentialPorts, person: PersonId) {
  const kept = await credentials.read(person);
  const waitMs = (kept?.lockedUntil ?? 0) - wallMs();
  if (waitMs > 0)
    throw new TooSoon(waitMs, 'locked', '错误次数过多，已暂时锁定。', () => '请在十五分钟后再试，或请系统管理员重发一次性链接');
  return kept;
}

function noLink(): HttpFault {
  return new HttpFault(404, 'no_link', '这个链接已经用过或已过期。', '请在服务器上运行 fenghuo admin link 重新生成');
}
