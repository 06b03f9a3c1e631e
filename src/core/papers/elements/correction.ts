/** Elements of 更正补报: which paper is put right, and why; what was and what is stands in the elements of changes. */
import { eventsSince, type Filled, type Filler, type IncidentBrief, NOTHING } from '../brief';
import type { Line } from '../draft';
import { minuteZh, quoted, say, told } from '../parts';

/** Fillers of this theme, by the name data use. */
export const CORRECTION: Readonly<Record<string, Filler<IncidentBrief>>> = {
  corrected_paper: correctedPaper,
  correction_why: correctionWhy,
};

function correctedPaper({ since }: IncidentBrief): Filled {
  if (since === null) return NOTHING;
  const from = { is: 'paper' as const, id: since.id };
  const number = since.number === null ? null : { text: `，${since.number}`, from };
  const sent = since.sentAt === null ? null : { text: `，${minuteZh(since.sentAt)}报送`, from };
  return [say`${{ text: `《${since.draft.title}》`, from }}${number}${sent}`];
}

/** The words with which figures or facts were put right. */
function correctionWhy(brief: IncidentBrief): Filled {
  return eventsSince(brief).flatMap(({ version, at, event }): Line[] => {
    const ref =
      event.type === 'FiguresRecorded'
        ? event.source
        : event.type === 'IncidentSupplemented' || event.type === 'FactsVerified'
          ? event.text
          : null;
    const words = quoted(brief, version, ref);
    return words === null ? [] : [say`${words}（${told(brief, version, minuteZh(at))}）`];
  });
}
