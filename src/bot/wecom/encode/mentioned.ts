/** Texts that really @ people: the group webhook's and those of the app's own group (dossier section 3). */

import type { Cleared } from '../../../core/privacy/clear';
import type { PersonId } from '../../../core/roster/roster';
import type { Frozen } from '../../../ports/platform';
import type { Log } from '../../wire/log';
import type { Accounts } from '../accounts';
import { textParts } from './text';

/** Bodies of type `text`, the people called with the last part. `pages` false: nobody is called. */
export function mentionedTexts(accounts: Accounts, log: Log): (message: Cleared, pages: boolean) => readonly Frozen[] {
  const useridOf = (person: PersonId): readonly string[] => {
    const userid = accounts.useridOf(person);
    if (userid === null) log.error({ person }, 'wecom: person without a userid cannot be mentioned');
    return userid === null ? [] : [userid];
  };
  return (message, pages) => {
    const mentions = pages ? message.mentions.flatMap(useridOf) : [];
    const parts = textParts(message, true);
    return parts.map((content, at) => ({ body: bodyOf(content, at === parts.length - 1 ? mentions : []) }));
  };
}

function bodyOf(content: string, mentions: readonly string[]): string {
  return JSON.stringify({ msgtype: 'text', text: { content, ...(mentions.length === 0 ? {} : { mentioned_list: mentions }) } });
}

/** The platform's fields in what was frozen here; an empty body, which the platform refuses, for anything else. */
export function bodyIn(frozen: Frozen): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(frozen.body);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}
