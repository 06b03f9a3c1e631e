/** Real mentions (dossier 3.2): the platform calls somebody only who is in the list and also named by the same id in the text. */
import type { PersonId } from '../../../core/roster/roster';
import type { Log } from '../../wire/log';

/** How a person is called in a group: by userid, or by mobile where the group knows no userid of theirs. */
export interface Called {
  readonly by: 'userid' | 'mobile';
  readonly id: string;
  readonly person: PersonId;
}

/** The accounts of people as far as a mention needs them. */
export interface CallNames {
  useridOf(person: PersonId): string | null;
  mobileOf(person: PersonId): string | null;
}

/** So many people are called by one message; with more the list would crowd out the words. */
const AT_ONCE = 200;

/** Ids of those to be called, in order; who has none is said in the log. */
export function calledOf(people: readonly PersonId[], names: CallNames, log: Log): readonly Called[] {
  return people.flatMap((person): readonly Called[] => {
    const userid = names.useridOf(person);
    if (userid !== null) return [{ by: 'userid', id: userid, person }];
    const mobile = names.mobileOf(person);
    if (mobile !== null) return [{ by: 'mobile', id: mobile, person }];
    log.error({ person }, 'dingtalk: person without an account cannot be mentioned');
    return [];
  });
}

/** Groups small enough for one message each; one empty group where nobody is called. */
export function inGroups(called: readonly Called[]): readonly (readonly Called[])[] {
  const groups = Array.from({ length: Math.ceil(called.length / AT_ONCE) }, (_, at) => called.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  return groups.length === 0 ? [[]] : groups;
}

/** The line that names them; empty where nobody is called. */
export function atLine(called: readonly Called[]): string {
  return called.map(({ id }) => `@${id}`).join(' ');
}

/** The list that goes beside the text. */
export function atList(called: readonly Called[]): Readonly<Record<string, unknown>> {
  if (called.length === 0) return {};
  const ids = (by: Called['by']) => called.filter((one) => one.by === by).map(({ id }) => id);
  return { at: { atUserIds: ids('userid'), atMobiles: ids('mobile'), isAtAll: false } };
}
