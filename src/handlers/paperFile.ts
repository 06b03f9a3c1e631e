/** A paper as the office prints it: its text with number, signer and day. */
import type { Paper } from '../core/incident/papers/paper';
import type { Instant } from '../core/instant';
import type { PaperDraft } from '../core/papers/draft';
import type { OfficialPaper } from '../core/papers/official';
import { officialPaper } from '../core/papers/officialPaper';
import { nameOf, type Roster } from '../core/roster/roster';
import type { PaperDesk } from '../ports/paperDesk';

/** What is not yet given stays empty: nothing is made up. `sentAt`: of the first copy, with which the 版记 is complete. Pure. */
export function officialOf(
  { number, steps, sendings }: Pick<Paper, 'number' | 'steps' | 'sendings'>,
  draft: PaperDraft,
  office: PaperDesk['office'],
  roster: Roster,
  sentAt: Instant | null = sendings[0]?.sentAt ?? null,
): OfficialPaper {
  const signed = steps.find(({ act }) => act === 'sign');
  return officialPaper(draft, {
    ...{ organ: office.organ, masthead: null, urgency: null, attachments: [] },
    printed: sentAt === null ? null : { by: office.organ, at: sentAt },
    number: number === '' ? null : number,
    signer: signed === undefined ? null : nameOf(roster, signed.by),
    signedAt: signed?.at ?? null,
  });
}
